"""Who keeps the desk of a dispositif: coming in, leaving."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from engagement import rappels_dispositif
from engagement.historique import noter
from engagement.perms import peut_regler
from engagement.refus import ActionRefusee
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif, Mediation

ARRIVEE = "cellule_arrivee"


@transaction.atomic
def ajouter(
    dispositif: "Dispositif",
    utilisateur: "Utilisateur",
    *,
    par: "Utilisateur",
    at: dt.datetime | None = None,
) -> bool:
    """Give a place at the desk, told by mail; False when they have one. Raises PermissionDenied."""
    at = at or timezone.now()
    _verrouiller(dispositif)
    if not peut_regler(par, dispositif):
        raise PermissionDenied
    mediation, nouvelle = dispositif.mediations.get_or_create(
        utilisateur=utilisateur, defaults={"depuis": at}
    )
    if not nouvelle:
        if mediation.jusqu_au is None:
            return False
        mediation.depuis, mediation.jusqu_au = at, None
        mediation.save(update_fields=["depuis", "jusqu_au"])
    _noter(dispositif, "arriver", f"{utilisateur.nom_public} rejoint la cellule", par, at)
    rappels_dispositif.replanifier(dispositif)
    if utilisateur.pk != par.pk:
        boite.planifier(
            genre=ARRIVEE,
            sujet=f"mediation:{mediation.pk}",
            destinataire=utilisateur.email,
            cle=f"{ARRIVEE}:{mediation.pk}:{at:%Y%m%dT%H%M%S%f}",
        )
    return True


@transaction.atomic
def retirer(mediation: "Mediation", *, par: "Utilisateur", at: dt.datetime | None = None) -> None:
    """End a place, one's own or another's; twice changes nothing.

    The last one cannot leave an open dispositif: nobody would answer any more. Raises PermissionDenied,
    ActionRefusee.
    """
    from engagement import paniers

    at = at or timezone.now()
    dispositif = mediation.dispositif
    _verrouiller(dispositif)
    mediation.refresh_from_db(fields=["jusqu_au"])
    if not peut_regler(par, dispositif):
        raise PermissionDenied
    if mediation.jusqu_au is not None:
        return
    autres = dispositif.mediations.actives().exclude(pk=mediation.pk)
    if dispositif.etat == dispositif.Etat.OUVERT and not autres.exists():
        raise ActionRefusee(
            "C'est la dernière personne de la cellule : ajoutez d'abord quelqu'un, ou fermez le dispositif."
        )
    mediation.jusqu_au = at
    mediation.save(update_fields=["jusqu_au"])
    boite.annuler(sujet=f"mediation:{mediation.pk}")
    nom = mediation.utilisateur.nom_public
    _noter(dispositif, "quitter", f"{nom} quitte la cellule", par, at)
    rappels_dispositif.replanifier(dispositif)
    paniers.rendre(dispositif, mediation.utilisateur, par=par, at=at)


def _verrouiller(dispositif: "Dispositif") -> None:
    """Two people may leave at once: one after the other."""
    type(dispositif).objects.select_for_update().get(pk=dispositif.pk)
    dispositif.refresh_from_db(fields=["etat", "fin"])


def _noter(
    dispositif: "Dispositif", action: str, libelle: str, par: "Utilisateur", at: dt.datetime
) -> None:
    noter(dispositif.pk, f"dispositif:{dispositif.pk}", action, libelle, par=par, at=at)
