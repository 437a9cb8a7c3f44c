"""The steps of the preparation: one thing at a time, each with a piece of advice and its source."""

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests_programme.models import Test


@dataclasses.dataclass(frozen=True)
class Etape:
    """One step. ``conseils`` are in our words; ``source`` says where the idea comes from."""

    cle: str
    titre: str
    question: str
    conseils: tuple[str, ...]
    source: str


REGLES = "TOPOGUIDE, annexe « fiche outil » (mars 2022)"
SHERPA = "TOPOGUIDE, partie 1, « Les conseils du sherpa »"

ETAPES = (
    Etape(
        "essentiel",
        "L'essentiel",
        "De quel test s'agit-il ?",
        (
            "Choisissez un terrain où des personnes ont envie d'essayer : l'envie compte plus que la taille.",
            "Dites dès maintenant quelle instance recevra les résultats, pour qu'ils ne restent pas en l'air.",
        ),
        SHERPA,
    ),
    Etape(
        "hypothese",
        "L'hypothèse",
        "Que cherchez-vous à vérifier ?",
        (
            "Écrivez-la en une phrase : « si nous faisons ceci, alors il se passera cela ».",
            "Dites aussi ce qui vous montrerait que vous avez tort. Se tromper fait partie du test.",
        ),
        f"{REGLES}, règle 1",
    ),
    Etape(
        "limites",
        "Les limites",
        "Comment et quand cela s'arrête-t-il ?",
        (
            "Un test est léger et réversible : décrivez le geste précis qui remet les choses comme avant.",
            "À la date de péremption, le test s'arrête, même s'il plaît. Le pire serait de l'oublier debout.",
            "Il doit se voir que c'est provisoire : une mention « en test », un ruban, une affiche datée.",
        ),
        f"{REGLES}, règles 2, 3 et 5",
    ),
    Etape(
        "observation",
        "L'observation",
        "Que regarderez-vous, et qui écouterez-vous ?",
        (
            "Décidez avant de commencer ce que vous regarderez, si possible avec les personnes concernées.",
            "Prévoyez d'entendre celles et ceux qui vivent le test : entretiens, questionnaire, carnet de bord.",
            "La question n'est pas de savoir si « ça marche », mais de comprendre ce qui s'est passé.",
        ),
        f"{REGLES}, règle 4",
    ),
    Etape(
        "parties",
        "Les personnes",
        "Qui est touché par ce test ?",
        (
            "Toute personne touchée doit savoir que c'est un test et dire clairement qu'elle est d'accord.",
            "La plateforme écrit à chacune un lien personnel : aucun compte n'est nécessaire pour répondre.",
            "Si le texte change ensuite, les accords déjà donnés ne valent plus : relisez avant de demander.",
        ),
        f"{REGLES}, règle 5",
    ),
    Etape(
        "verification",
        "La vérification",
        "Tout est prêt ?",
        (
            "Relisez à voix haute avec l'équipe. Ce que vous lisez ici est ce que tout le monde verra.",
        ),
        "Notre conseil",
    ),
)
PAR_CLE = {etape.cle: etape for etape in ETAPES}


def suivante(cle: str) -> str:
    """The key of the step after this one; the last one has itself."""
    cles = list(PAR_CLE)
    return cles[min(cles.index(cle) + 1, len(cles) - 1)]


def remplies(test: "Test | None") -> set[str]:
    """The steps where nothing is left blank that the start asks for. Two queries."""
    if test is None:
        return set()
    pleines = {
        "essentiel": True,
        "hypothese": bool(test.hypothese),
        "limites": bool(test.retour_arriere and test.date_peremption and test.signe_provisoire),
        "observation": bool(test.ecoute_prevue) and test.criteres.exists(),
        "parties": test.parties.exists(),
    }
    return {cle for cle, pleine in pleines.items() if pleine}
