"""The steps of the preparation: one thing at a time, each with the advice of the sherpa."""

import dataclasses
from typing import TYPE_CHECKING

from tests_programme.hypothese import pieces_manquantes

if TYPE_CHECKING:
    from tests_programme.models import Test


@dataclasses.dataclass(frozen=True)
class Conseil:
    """One piece of advice, in our words; ``source`` says where the idea comes from."""

    texte: str
    source: str = ""


@dataclasses.dataclass(frozen=True)
class Etape:
    """One step."""

    cle: str
    titre: str
    question: str
    conseils: tuple[Conseil, ...]


def _regle(numero: int, texte: str) -> Conseil:
    return Conseil(texte, f"TOPOGUIDE, fiche outil, règle {numero}")


def _sherpa(partie: str, texte: str) -> Conseil:
    return Conseil(texte, f"TOPOGUIDE, conseils du sherpa, « {partie} »")


REUNIR = "Réunir les conditions de réussite"
RYTHME = "Garder le rythme"
MOBILISER = "Mobiliser les agent·es"
AUTONOMIE = "Préparer l'autonomie des équipes"
RECIT = "Mettre en récit"

ETAPES = (
    Etape(
        "essentiel",
        "L'essentiel",
        "De quel test s'agit-il ?",
        (
            _sherpa(REUNIR, "Choisissez qui a envie de jouer le jeu, même si ce n'est pas l'équipe la plus typique."),
            _sherpa(REUNIR, "Dites dès maintenant quelle instance accueillera les résultats : un test sans point de "
                    "chute reste en l'air."),
            _sherpa(REUNIR, "Évitez une réorganisation en cours ou un poste clé vide : il faut un peu de calme."),
        ),
    ),
    Etape(
        "hypothese",
        "L'hypothèse",
        "Que cherchez-vous à vérifier ?",
        (
            _regle(1, "Une phrase suffit : ce que vous faites, ce que vous en attendez, et pourquoi vous y croyez."),
            _regle(2, "Dites aussi ce qui vous montrerait que vous avez tort. Se tromper fait partie du test."),
            _sherpa(MOBILISER, "Mettez-vous d'accord sur le but à plusieurs : qui pilote et qui essaie n'en attendent "
                    "pas toujours la même chose."),
        ),
    ),
    Etape(
        "limites",
        "Les limites",
        "Comment et quand cela s'arrête-t-il ?",
        (
            _regle(2, "Décrivez le geste précis qui remet les choses comme avant."),
            _regle(3, "À sa date de péremption, le test s'arrête, même s'il plaît. Le pire : qu'il reste debout."),
            _regle(5, "Il doit avoir l'air provisoire : une mention « en test », un ruban, une affiche datée. Trop "
                    "soigné, il paraît déjà décidé."),
            _sherpa(AUTONOMIE, "Décidez quand celles et ceux qui pilotent se retirent, et ce que l'équipe fera seule."),
        ),
    ),
    Etape(
        "observation",
        "L'observation",
        "Que regarderez-vous, et qui écouterez-vous ?",
        (
            _regle(4, "Choisissez d'avance ce que vous regarderez, si possible avec les personnes concernées."),
            _regle(4, "La question n'est pas « est-ce que ça marche ? » mais « que s'est-il passé ? »."),
            _sherpa(RECIT, "Racontez avec les mots de celles et ceux qui essaient, surtout si on les entend peu."),
            _sherpa(RYTHME, "Fixez des points courts et réguliers, et gardez du temps pour les tenir."),
        ),
    ),
    Etape(
        "parties",
        "Les personnes",
        "Qui est touché par ce test ?",
        (
            _regle(5, "Toute personne touchée doit savoir que c'est un test et dire clairement qu'elle est d'accord."),
            _sherpa(MOBILISER, "Prévenez les managers : qui participe a besoin de temps pour le faire."),
            _sherpa(REUNIR, "Invitez ces personnes tôt, quand le test peut encore changer grâce à elles."),
            Conseil("Chacune reçoit un lien personnel et répond sans compte. Si le texte change ensuite, son accord "
                    "est à redemander : relisez avant."),
        ),
    ),
    Etape(
        "verification",
        "La vérification",
        "Tout est prêt ?",
        (
            Conseil("Relisez à voix haute avec l'équipe. Ce que vous lisez ici est ce que tout le monde verra."),
            _sherpa(AUTONOMIE, "Gardez de la place pour l'imprévu : tout n'a pas à être écrit d'avance."),
        ),
    ),
)  # fmt: skip
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
        "hypothese": bool(test.hypothese) and not pieces_manquantes(test.cadre_hypothese),
        "limites": bool(test.retour_arriere and test.date_peremption and test.signe_provisoire),
        "observation": bool(test.ecoute_qui and test.ecoute_prevue and test.ecoute_quand)
        and test.criteres.exists(),
        "parties": test.parties.exists(),
    }
    return {cle for cle, pleine in pleines.items() if pleine}
