"""Where a mise en relation stands, and the one next step that is the cellule's, in words."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from engagement.accords import EtatAccord, etat_des_accords
from engagement.lettre import instant_en_mots
from engagement.manques_lettre import manques_pour_demander
from engagement.transitions import TRANSITIONS

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation


@dataclasses.dataclass(frozen=True)
class Suite:
    """``geste``: the form of the page that does it (its anchor), or « lettre », or "" when one only waits."""

    titre: str
    texte: str = ""
    geste: str = ""
    manques: tuple[str, ...] = ()


def gestes_permis(mise: "MiseEnRelation") -> set[str]:
    """What the table lets the cellule do now: the buttons of its page."""
    return {
        action
        for action, transition in TRANSITIONS.items()
        if "cellule" in transition.qui and mise.etat in transition.de
    }


def suite(mise: "MiseEnRelation", at: dt.datetime | None = None) -> Suite:
    """The next step. Five queries at most."""
    at = at or timezone.now()
    if mise.etat in ("proposee", "en_discussion"):
        return _avant_la_rencontre(mise, at)
    if mise.etat == "rencontree":
        return _apres_la_rencontre(mise, at)
    if mise.etat_au(at) == "en_mission":
        return Suite("La mission est convenue", "Son suivi se fait sur la page de la mission.")
    if mise.etat_au(at) == "retour":
        return Suite("Le retour est à faire", "Il se note sur la page de la mission.")
    fins = {
        "close": Suite("C'est terminé", "Les deux côtés ont été remerciés."),
        "interrompue": Suite(
            "La mission a été interrompue", "Ses demi-journées à venir sont libérées."
        ),
    }
    return fins.get(
        mise.etat, Suite("La mise en relation a été déclinée", "Plus rien n'est attendu.")
    )


def _avant_la_rencontre(mise: "MiseEnRelation", at: dt.datetime) -> Suite:
    if mise.rencontre_le is not None and mise.rencontre_le > at:
        quand = instant_en_mots(mise.rencontre_le)
        texte = f"Rendez-vous {quand} : {mise.rencontre_lieu}. Ensuite, notez ce qui s'y est dit."
        return Suite("La rencontre est fixée", texte)
    if mise.rencontre_le is not None:
        return Suite(
            "Noter la rencontre", "Son heure est passée : a-t-elle eu lieu ?", "noter_rencontre"
        )
    if mise.etat == "proposee":
        return Suite(
            "Attendre la réponse de la personne, ou l'appeler",
            "Notez l'appel ici : la conversation commence.",
            "ecrire",
        )
    return Suite(
        "Organiser la rencontre", "Un jour, une heure, un lieu : chacun·e le reçoit dans son agenda.",
        "fixer_rencontre",
    )  # fmt: skip


def _apres_la_rencontre(mise: "MiseEnRelation", at: dt.datetime) -> Suite:
    manques = tuple(manques_pour_demander(mise, at))
    if manques:
        return Suite("Finir la lettre", "Avant de demander les accords :", "lettre", manques)
    etats = etat_des_accords(mise)
    refuses = [e.qui for e in etats if e.etat == "refuse"]
    a_demander = {e.etat for e in etats} & {"a_demander", "a_redemander"}
    if refuses:
        return Suite(
            f"Un accord est refusé : {', '.join(refuses).lower()}",
            "Parlez-en, changez la lettre, ou arrêtez là.",
            "ecrire",
        )
    if a_demander == {"a_demander"}:
        return Suite(
            "Relire la lettre, puis demander les accords", "Elle est complète.", "demander_accords"
        )
    if a_demander:
        return Suite(
            "Redemander les accords", "Le texte a changé depuis la demande.", "demander_accords"
        )
    return _pendant_les_accords(mise, etats)


def _pendant_les_accords(mise: "MiseEnRelation", etats: list[EtatAccord]) -> Suite:
    attendus = [e for e in etats if e.etat == "demande"]
    if attendus:
        qui = ", ".join(e.qui for e in attendus).lower()
        sans = [e.qui for e in attendus if e.sans_adresse]
        if sans:
            return Suite(
                f"Recueillir un accord : {', '.join(sans).lower()}",
                "Sans adresse e-mail, il se demande par téléphone ou au guichet, le texte lu à voix haute.",
                "recueillir",
            )
        return Suite(f"Accords attendus : {qui}", "Deux rappels partent d'eux-mêmes.")
    attente = getattr(mise, "attente", None)
    if attente is not None and attente.etat == "tenue" and attente.tenue_jusqua is not None:
        texte = f"Jusqu'au {instant_en_mots(attente.tenue_jusqua)}. Par téléphone, confirmez ici."
        return Suite("Une place est gardée", texte, "confirmer_place")
    if attente is not None and attente.etat == "attend":
        texte = "Dès qu'une place se libère, elle lui est gardée 48 heures."
        return Suite(f"En liste d'attente, en position {attente.position}", texte)
    return Suite(
        "Tous les accords sont donnés, mais quelque chose empêche",
        _dernier_empechement(mise) or "Changez les dates de la lettre, ou réessayez.",
        "commencer",
    )


def _dernier_empechement(mise: "MiseEnRelation") -> str:
    from engagement.models import Ligne

    lignes = Ligne.objects.filter(sujet=f"mise_en_relation:{mise.pk}", action="empecher")
    libelle = lignes.order_by("-pk").values_list("libelle", flat=True).first() or ""
    return libelle.partition(" : ")[2]
