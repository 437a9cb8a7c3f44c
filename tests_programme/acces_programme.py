"""Loading a programme with the right to do something with it, in one act."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from tests_programme.models import Programme, Seance
from tests_programme.perms import est_du_cercle, peut_animer_programme

if TYPE_CHECKING:
    from comptes.models import Utilisateur


def programme_anime(user: "Utilisateur", cle: str) -> Programme:
    """A programme this person animates. Raises Http404, PermissionDenied (everybody may read it)."""
    programme = get_object_or_404(Programme, cle=cle)
    if not peut_animer_programme(user, programme):
        raise PermissionDenied
    return programme


def programme_du_cercle(user: "Utilisateur", cle: str) -> Programme:
    """A programme this person is part of. Raises Http404, PermissionDenied."""
    programme = get_object_or_404(Programme, cle=cle)
    if not est_du_cercle(user, programme):
        raise PermissionDenied
    return programme


def seance_de(programme: Programme, rang: int) -> Seance:
    """One session of it. Raises Http404."""
    seance = get_object_or_404(Seance, programme=programme, rang=rang)
    seance.programme = programme
    return seance
