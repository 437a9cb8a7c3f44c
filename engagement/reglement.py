"""Changing the rules of a dispositif that runs (what it touches is said first: consequences.py)."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from engagement import rappels_dispositif
from engagement.historique import noter
from engagement.perms import peut_regler

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif


@transaction.atomic
def changer(
    dispositif: "Dispositif",
    *,
    genres: list[str],
    champs: list[str],
    par: "Utilisateur",
    at: dt.datetime | None = None,
) -> None:
    """Save these fields and its kinds of mission. Raises PermissionDenied."""
    en_base = type(dispositif).objects.select_for_update().get(pk=dispositif.pk)
    if not peut_regler(par, en_base):
        raise PermissionDenied
    dispositif.save(update_fields=[*champs, "territoire"])
    poser_les_genres(dispositif, genres)
    rappels_dispositif.replanifier(dispositif)
    sujet = f"dispositif:{dispositif.pk}"
    noter(dispositif.pk, sujet, "regler", "Règles changées", par=par, at=at or timezone.now())


def poser_les_genres(dispositif: "Dispositif", genres: list[str]) -> None:
    """In this order; one that keeps its name keeps who chose it."""
    par_nom = {g.libelle.casefold(): g for g in dispositif.genres.all()}
    voulus = {g.casefold() for g in genres}
    dispositif.genres.filter(~Q(pk__in=[g.pk for n, g in par_nom.items() if n in voulus])).delete()
    for rang, libelle in enumerate(genres):
        genre = par_nom.get(libelle.casefold())
        if genre is None:
            dispositif.genres.create(libelle=libelle, rang=rang)
        elif (genre.rang, genre.libelle) != (rang, libelle):
            genre.rang, genre.libelle = rang, libelle
            genre.save(update_fields=["rang", "libelle"])
