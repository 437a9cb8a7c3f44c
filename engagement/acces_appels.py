"""Loading a list or a sheet of calls with the right to it, in one act."""

from typing import TYPE_CHECKING

from django.http import Http404

from engagement.models import Dispositif, FicheAppel, ListeAppels

if TYPE_CHECKING:
    from comptes.models import Utilisateur


def liste_du_guichet(user: "Utilisateur", pk: int) -> ListeAppels:
    """A list of a desk this person keeps. Raises Http404 for anybody else. One query."""
    listes = ListeAppels.objects.visible_to(user).select_related("dispositif__organisation")
    liste: ListeAppels | None = listes.filter(pk=pk).first()
    if liste is None:
        raise Http404
    return liste


def fiche_du_guichet(user: "Utilisateur", pk: int) -> FicheAppel:
    """A sheet of a desk this person keeps, while its list is not erased. Raises Http404. One query."""
    siennes = Dispositif.objects.de_la_cellule(user)
    fiches = FicheAppel.objects.filter(liste__dispositif__in=siennes)
    lues = fiches.select_related("liste__dispositif__organisation", "appelant", "territoire")
    fiche: FicheAppel | None = lues.filter(pk=pk).first()
    if fiche is None or fiche.liste.est_effacee():
        raise Http404
    return fiche
