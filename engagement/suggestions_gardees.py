"""Suggestions of a whole dispositif, kept until the next time: computed at night, or when its cellule asks.

What is kept serves to see where nobody answers; a page of suggestions always asks afresh.
"""

import datetime as dt
import json
from collections import Counter
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from engagement import suggestions
from engagement.models import Besoin, Dispositif, Suggestion
from engagement.querysets import BesoinQuerySet

# Keys of the advisory lock: this computation, then the dispositif.
VERROU = 0x5355_4747
# One statement for tens of thousands of rows: ten times as fast as writing them in batches.
ECRIRE = """
INSERT INTO engagement_suggestion (besoin_id, offre_id, rang, convient, manque, calculee_le)
SELECT besoin_id, offre_id, rang, convient, manque, %s FROM jsonb_to_recordset(%s) AS lignes
  (besoin_id bigint, offre_id bigint, rang smallint, convient text[], manque text[])
"""


def calculer(dispositif_id: int, at: dt.datetime | None = None) -> int | None:
    """Keep the best twenty offers of each open need; return how many suggestions.

    None: another worker is at it. Run again, it replaces what was kept.
    """
    at = at or timezone.now()
    with transaction.atomic():
        if not _verrouille(dispositif_id):
            return None
        dispositif = Dispositif.objects.get(pk=dispositif_id)
        Suggestion.objects.filter(besoin__dispositif=dispositif_id).delete()
        if not dispositif.est_ouvert(at):
            return 0
        rangs: Counter[int] = Counter()
        lignes = []
        for vu in suggestions.de_tout_un_dispositif(dispositif_id, at):
            rangs[vu.besoin.pk] += 1
            lignes.append(
                {
                    "besoin_id": vu.besoin.pk, "offre_id": vu.offre.pk, "rang": rangs[vu.besoin.pk],
                    "convient": vu.convient, "manque": vu.manque,
                }
            )  # fmt: skip
        _ecrire(lignes, at)
    return len(lignes)


def calculees_le(dispositif: Dispositif) -> dt.datetime | None:
    """When they were; None: never, or no offer answered any need. One query."""
    gardees = Suggestion.objects.filter(besoin__dispositif=dispositif)
    le: dt.datetime | None = gardees.aggregate(le=Max("calculee_le"))["le"]
    return le


def sans_offre(dispositif: Dispositif, le: dt.datetime) -> BesoinQuerySet:
    """The open needs that no offer answered that day, the oldest first."""
    servis = Suggestion.objects.filter(besoin=OuterRef("pk"))
    ouverts = Besoin.objects.ouverts().filter(dispositif=dispositif, ouvert_le__lte=le)
    sans: BesoinQuerySet = ouverts.filter(~Exists(servis)).order_by("ouvert_le", "pk")
    return sans


def _ecrire(lignes: list[dict[str, Any]], at: dt.datetime) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ECRIRE, [at, json.dumps(lignes)])


def _verrouille(dispositif_id: int) -> bool:
    """Until the transaction ends, nobody else computes for this dispositif."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [VERROU, dispositif_id])
        (obtenu,) = curseur.fetchone()
    return bool(obtenu)
