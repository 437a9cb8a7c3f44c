"""The answers as numbers: counted by the database, drawn by the server, the same in a table."""

import dataclasses
from typing import TYPE_CHECKING

from django.db.models import Count

from tests_programme.models.reponse import PositionSurHypothese, Reponse, ValeurReponse

if TYPE_CHECKING:
    from tests_programme.models import Question, Questionnaire, Test

# Under this number an answer might be recognised: nothing is shown to the public.
PUBLIC_A_PARTIR_DE = 5
ECHELLE = ("1 · pas du tout", "2", "3", "4", "5 · tout à fait")
LARGEUR = 250  # of a full bar, in the units of the drawing
HAUTEUR = 42  # of a bar and its words
POSITIONS = (
    (PositionSurHypothese.ACCORD, "D'accord"),
    (PositionSurHypothese.NUANCE, "En partie"),
    (PositionSurHypothese.DESACCORD, "Pas d'accord"),
    (PositionSurHypothese.SANS_AVIS, "Sans avis"),
)


@dataclasses.dataclass(frozen=True)
class Barre:
    """One answer: how many, which share in whole percent, and where it is drawn."""

    libelle: str
    nombre: int
    part: int
    largeur: int
    y: int

    @property
    def y_texte(self) -> int:
        """The line its words stand on."""
        return self.y + 14

    @property
    def y_barre(self) -> int:
        """The top of the bar."""
        return self.y + 20

    @property
    def y_nombre(self) -> int:
        """The line its number stands on."""
        return self.y + 32


@dataclasses.dataclass(frozen=True)
class Graphique:
    """One question counted. ``question`` is None for the one on the hypothesis."""

    titre: str
    barres: tuple[Barre, ...]
    total: int
    question: "Question | None" = None
    moyenne: float | None = None

    @property
    def hauteur(self) -> int:
        """Of the whole drawing."""
        return HAUTEUR * len(self.barres)

    @property
    def est_publiable(self) -> bool:
        """Whether enough people answered, and the team shows this question."""
        masquee = self.question is not None and self.question.masquee
        return self.total >= PUBLIC_A_PARTIR_DE and not masquee


def dessiner(
    titre: str, comptes: list[tuple[str, int]], question: "Question | None" = None
) -> Graphique:
    """A drawing of (words, how many)."""
    total = sum(nombre for _, nombre in comptes)
    plus_haute = max((nombre for _, nombre in comptes), default=0) or 1
    barres = tuple(
        Barre(
            mot, n, round(100 * n / total) if total else 0, LARGEUR * n // plus_haute, HAUTEUR * i
        )
        for i, (mot, n) in enumerate(comptes)
    )
    moyenne = None
    if question is not None and question.type == "echelle" and total:
        moyenne = round(sum(note * n for note, (_, n) in enumerate(comptes, 1)) / total, 1)
    return Graphique(titre, barres, total, question, moyenne)


def sur_l_hypothese(test: "Test") -> Graphique:
    """What people say of the hypothesis. One query."""
    par_position = (
        Reponse.objects.filter(questionnaire__test=test).order_by().values_list("position")
    )
    nombres = dict(par_position.annotate(nombre=Count("pk")))
    comptes = [(mot, nombres.get(position.value, 0)) for position, mot in POSITIONS]
    return dessiner("L'hypothèse se vérifie-t-elle pour vous ?", comptes)


def par_question(questionnaire: "Questionnaire") -> list[Graphique]:
    """Each question with numbers; free texts are only counted. Two queries, however many answers."""
    comptees = ValeurReponse.objects.filter(question__questionnaire=questionnaire).order_by()
    nombres: dict[int, dict[int | None, int]] = {}
    for question, valeur, combien in comptees.values_list("question", "nombre").annotate(
        combien=Count("pk")
    ):
        nombres.setdefault(question, {})[valeur] = combien
    return [
        dessiner(question.libelle, _comptes(question, nombres.get(question.pk, {})), question)
        for question in questionnaire.questions.all()
    ]


def publics(questionnaire: "Questionnaire") -> list[Graphique]:
    """What every reader may see: numbers only, and enough of them. Three queries."""
    tous = [sur_l_hypothese(questionnaire.test), *par_question(questionnaire)]
    return [
        graphique
        for graphique in tous
        if graphique.est_publiable
        and (graphique.question is None or graphique.question.type != "texte")
    ]


def _comptes(question: "Question", nombres: dict[int | None, int]) -> list[tuple[str, int]]:
    if question.type == "texte":
        return [("Réponses en quelques mots", nombres.get(None, 0))]
    mots = ECHELLE if question.type == "echelle" else question.choix
    return [(mot, nombres.get(rang, 0)) for rang, mot in enumerate(mots, 1)]
