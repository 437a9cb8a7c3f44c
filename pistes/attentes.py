"""What waits for the curation: the figures of ``/mon-espace/``."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pistes.models import EditionOrientation, EditionPiste, PieceImportee, Proposition
from pistes.perms import peut_relire
from reflexes.models import Temoignage

if TYPE_CHECKING:
    from comptes.models import Utilisateur


@dataclass(frozen=True)
class Curation:
    """How much waits, and since when the oldest proposal does."""

    a_relire: int
    propositions: int = 0
    plus_ancienne: dt.datetime | None = None
    pieces: int = 0
    temoignages: int = 0


def curation_de(user: "Utilisateur") -> Curation | None:
    """For who curates, or stands in for a second reader; None for the others. Five queries at most."""
    if not (user.est_curateur or user.est_administrateur) or not peut_relire(user):
        return None
    a_relire = sum(m.objects.a_relire_par(user).count() for m in (EditionPiste, EditionOrientation))
    if not user.est_curateur:
        return Curation(a_relire) if a_relire else None
    attente = Proposition.objects.en_attente()
    premiere = attente.order_by("deposee_le").values_list("deposee_le", flat=True).first()
    return Curation(
        a_relire,
        attente.count() if premiere else 0,
        premiere,
        PieceImportee.objects.filter(etat=PieceImportee.Etat.A_VOIR).count(),
        Temoignage.objects.a_lire().count(),
    )
