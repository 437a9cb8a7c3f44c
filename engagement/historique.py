"""Writing the history of a dispositif."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from comptes.models import Utilisateur


def noter(
    dispositif_id: int,
    sujet: str,
    action: str,
    libelle: str,
    *,
    de: str = "",
    vers: str = "",
    par: "Utilisateur | None" = None,
    at: dt.datetime | None = None,
) -> None:
    """One line. ``par`` None: somebody without an account, or the date."""
    from engagement.models import Ligne

    Ligne.objects.create(
        dispositif_id=dispositif_id,
        sujet=sujet,
        action=action,
        libelle=libelle[:200],
        de=de,
        vers=vers,
        par=par if par is not None and par.is_authenticated else None,
        le=at or timezone.now(),
    )


def compter(sujet: str, actions: list[str]) -> int:
    """How many lines say one of these actions of a subject. One query."""
    from engagement.models import Ligne

    return Ligne.objects.filter(sujet=sujet, action__in=actions).count()
