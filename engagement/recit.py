"""The words of a récit: quoted when somebody agreed to it and the cellule chose them."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Bilan, Dispositif


def mots(dispositif: "Dispositif") -> "QuerySet[Bilan]":
    """What somebody agreed to see quoted, today: who takes it back or is erased is quoted no more."""
    from engagement.models import Bilan

    effaces = Q(cote="personne", mise_en_relation__personne__effacee_le__isnull=False)
    effaces |= Q(cote="accueil", mise_en_relation__besoin__demandeur__effacee_le__isnull=False)
    dits = Bilan.objects.filter(mise_en_relation__dispositif=dispositif.pk, consent=True)
    return dits.exclude(mot_public="").exclude(effaces).order_by("le", "pk")


def mots_choisis(dispositif: "Dispositif") -> "QuerySet[Bilan]":
    """Those the cellule chose to show."""
    return mots(dispositif).exclude(choisi_le=None)


@transaction.atomic
def choisir(
    dispositif: "Dispositif",
    pk: int,
    *,
    montrer: bool,
    par: "Utilisateur",
    at: dt.datetime | None = None,
) -> None:
    """Quote a word in the récit, or no longer. Raises ActionRefusee."""
    mot = mots(dispositif).select_for_update(of=("self",)).filter(pk=pk).first()
    if mot is None or not tient_le_guichet(par, dispositif):
        raise ActionRefusee("Ce mot n'est plus à citer : la personne a retiré son accord.")
    mot.choisi_le = (at or timezone.now()) if montrer else None
    mot.save(update_fields=["choisi_le"])
