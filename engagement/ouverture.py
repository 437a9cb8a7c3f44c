"""Opening a dispositif from a model: in one act, and once."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from comptes.models import Organisation
from engagement import cellule
from engagement.modeles import MODELES
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif

# The same person opening the same thing again within this time: a double click, not a second dispositif.
DOUBLE_CLIC = dt.timedelta(minutes=10)


@transaction.atomic
def ouvrir(
    dispositif: "Dispositif",
    *,
    guichet: "Iterable[Utilisateur]",
    par: "Utilisateur",
    en_preparation: bool = False,
    at: dt.datetime | None = None,
) -> "tuple[Dispositif, bool]":
    """Save a filled dispositif with its model's kinds of mission and its cellule, then open it.

    Return it and True; or the one that was opened just before by the same click, and False. Raises
    PermissionDenied, ActionRefusee (the name is taken by a dispositif of this organisation; nobody at the desk).
    """
    at = at or timezone.now()
    # Two clicks at the same instant: one after the other.
    organisation = Organisation.objects.select_for_update().get(pk=dispositif.organisation_id)
    if not par.has_perm("engagement.ouvrir_dispositif", organisation):
        raise PermissionDenied
    if deja := du_meme_nom(organisation, dispositif.nom):
        if deja.cree_par_id == par.pk and at - deja.cree_le < DOUBLE_CLIC:
            return deja, False
        raise ActionRefusee(
            "Votre organisation a déjà un dispositif de ce nom. Donnez-en un autre à celui-ci."
        )
    dispositif.cree_par, dispositif.cree_le = par, at
    dispositif.save()
    for rang, libelle in enumerate(MODELES[dispositif.modele].genres):
        dispositif.genres.create(libelle=libelle, rang=rang)
    for utilisateur in guichet:
        cellule.ajouter(dispositif, utilisateur, par=par, at=at)
    if not en_preparation:
        dispositif.ouvrir(par=par, at=at)
    return dispositif, True


def du_meme_nom(organisation: Organisation, nom: str) -> "Dispositif | None":
    """The dispositif of this organisation that bears this name and is not closed."""
    siens = organisation.dispositifs.exclude(etat="clos")
    return cast("Dispositif | None", siens.filter(nom__iexact=nom).first())
