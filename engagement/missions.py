"""Missions beside their life: what their start plans, what a cancellation or an interruption undoes and tells."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from engagement import motifs, places, rappels_pret, rappels_retour, suivi
from engagement.destinataires import de_l_accueil, de_la_personne, du_manager, du_mediateur
from engagement.refus import ActionRefusee
from engagement.transitions import Qui
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import DemiJournee, MiseEnRelation


def prevoir(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> None:
    """Make what follows a mission agree with it: points of follow-up, the return. Harmless twice.

    Called by what starts it, by what changes its half-days, and every morning.
    """
    if mise.est_un_pret:
        rappels_pret.replanifier(mise.pret)
        return
    suivi.replanifier(mise, at=at)
    rappels_retour.replanifier(mise, at=at)


def replanifier(mise: "MiseEnRelation") -> None:
    """``prevoir``, for the nightly task: its rows locked first."""
    mise._verrouiller()
    prevoir(mise)


def dire(
    demi_journee: "DemiJournee",
    geste: str,
    *,
    par: "Utilisateur | None" = None,
    cote: Qui | None = None,
) -> str:
    """What one said of a half-day, by its button; return what to answer. Raises ActionRefusee."""
    if geste == "annulee":
        demi_journee.annuler(par=par, cote=cote)
        return "Demi-journée annulée. Les autres sont prévenu·es."
    if geste not in ("faite", "manquee"):
        raise ActionRefusee("Choisissez une des réponses proposées.")
    demi_journee.dire(faite=geste == "faite", par=par, cote=cote)
    return "C'est noté."


def demi_journee_annulee(
    demi_journee: "DemiJournee", *, cote: Qui, at: dt.datetime | None = None
) -> None:
    """Tell the others, free the place, plan again. Inside the transaction of the cancellation."""
    mise = demi_journee.mise_en_relation
    places.garder_pour_le_premier(mise.besoin, at or timezone.now())
    for dit_a, adresses in _concernes(mise, sauf=cote):
        for adresse in adresses:
            boite.planifier(
                genre="demi_journee_annulee",
                sujet=f"mise_en_relation:{mise.pk}",
                destinataire=adresse,
                cle=f"demi_journee_annulee:{demi_journee.pk}:{adresse}",
                donnees={"demi_journee": demi_journee.pk, "cote": dit_a, "par": cote},
            )
    prevoir(mise, at=at)


def interrompre(
    mise: "MiseEnRelation",
    *,
    par: "Utilisateur | None",
    cote: Qui | None,
    motif: str,
    prive: str,
    at: dt.datetime | None = None,
) -> None:
    """The inside of ``MiseEnRelation.interrompre``, its rows locked. Raises ActionRefusee."""
    at = at or timezone.now()
    dit_par: Qui = cote or "cellule"
    if not prive.strip():
        raise ActionRefusee("Dites pourquoi, à la cellule seule : elle en prendra soin.")
    if mise.est_un_pret and mise.pret.etat != "annule":
        mise.pret.annuler(par=par, at=at)
    motifs.confier(mise, dit_par, prive, at)
    places.liberer(mise, at)
    mise.motif, mise.terminee_le = motif, at
    mise._terminer("interrompre", par=par, at=at, champs=["motif", "terminee_le"])
    prevoir(mise, at=at)
    for dit_a, adresses in _concernes(mise, sauf=dit_par, manager=True):
        for adresse in adresses:
            boite.planifier(
                genre="mission_interrompue",
                sujet=f"mise_en_relation:{mise.pk}",
                destinataire=adresse,
                cle=f"mission_interrompue:mise_en_relation:{mise.pk}:{adresse}",
                donnees={"cote": dit_a, "par": dit_par},
            )


def _concernes(
    mise: "MiseEnRelation", *, sauf: Qui, manager: bool = False
) -> list[tuple[str, list[str]]]:
    """Who hears of it, by side: everybody but whoever did it."""
    tous = [
        ("personne", de_la_personne(mise.personne)),
        ("accueil", de_l_accueil(mise)),
        ("cellule", du_mediateur(mise)),
        ("manager", du_manager(mise) if manager else []),
    ]
    return [(cote, adresses) for cote, adresses in tous if cote != sauf]
