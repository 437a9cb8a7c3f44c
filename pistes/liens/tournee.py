"""One round of visits: each link of a public inspiration once a week, few at a time, one at a time per site.

The round goes out every night and looks at what is due, so that two thousand links spread over the week
and a new link waits one night at most.
"""

import datetime as dt
import logging
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db.models import F
from django.utils import timezone

from pistes.liens.reseau import Reseau
from pistes.liens.visite import BUDGET, Constat, visiter
from pistes.models import Inspiration, LienVerifie

journal = logging.getLogger(__name__)
A_LA_FOIS = 4
PAUSE = 2.0  # seconds between two visits of one site
# A round ends well before Celery's limit for a task (300 s): no visit begins after this.
DUREE = 200.0
PAR_TOURNEE = 400
TOUS_LES = dt.timedelta(days=7)
# Fewer than this and nothing is concluded from a round where nobody answered.
ASSEZ_POUR_DOUTER = 5
VERROU = "pistes-liens-tournee"


@dataclass(frozen=True)
class Bilan:
    """What a round did."""

    visites: int = 0
    morts: int = 0
    sans_reseau: bool = False


def recenser() -> None:
    """Make the table hold exactly the links of the public inspirations. Three queries."""
    cites = set(
        Inspiration.objects.filter(edition__etat="publie").exclude(lien="").values_list(
            "lien", flat=True
        )
    )  # fmt: skip
    connus = set(LienVerifie.objects.values_list("adresse", flat=True))
    LienVerifie.objects.filter(adresse__in=connus - cites).delete()
    LienVerifie.objects.bulk_create(
        [LienVerifie(adresse=adresse) for adresse in sorted(cites - connus)],
        ignore_conflicts=True,
        batch_size=500,
    )


def verifier(
    *,
    tous: bool = False,
    at: dt.datetime | None = None,
    reseau: Reseau | None = None,
    pause: float = PAUSE,
) -> Bilan:
    """Visit what is due (``tous``: everything) and write what was seen. Two rounds at once: one is empty."""
    if not cache.add(VERROU, True, timeout=int(DUREE + BUDGET + 30)):
        return Bilan()
    try:
        recenser()
        maintenant = at or timezone.now()
        dus = LienVerifie.objects.all() if tous else LienVerifie.objects.dus(maintenant - TOUS_LES)
        # Never visited first: else they would wait behind all the others.
        ordre = F("verifie_le").asc(nulls_first=True)
        liens = list(dus.order_by(ordre, "pk")[:PAR_TOURNEE])
        return _ecrire(list(_visiter(liens, reseau, pause)), maintenant)
    finally:
        cache.delete(VERROU)


def _visiter(
    liens: list[LienVerifie], reseau: Reseau | None, pause: float
) -> Iterator[tuple[LienVerifie, Constat]]:
    """Threads wait for the network, and never touch the database."""
    par_site: dict[str, list[LienVerifie]] = defaultdict(list)
    for lien in liens:
        par_site[_site(lien.adresse)].append(lien)
    fin = time.monotonic() + DUREE

    def faire_le_tour(site: list[LienVerifie]) -> list[tuple[LienVerifie, Constat]]:
        vus = []
        for rang, lien in enumerate(site):
            if rang:
                time.sleep(pause)
            if time.monotonic() > fin:
                break
            vus.append((lien, visiter(lien.adresse, reseau)))
        return vus

    with ThreadPoolExecutor(A_LA_FOIS, thread_name_prefix="liens") as equipe:
        for vus in equipe.map(faire_le_tour, par_site.values()):
            yield from vus


def _site(adresse: str) -> str:
    """What counts as one site: the name, without its www."""
    try:
        return (urlsplit(adresse).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _ecrire(vus: list[tuple[LienVerifie, Constat]], maintenant: dt.datetime) -> Bilan:
    if len(vus) >= ASSEZ_POUR_DOUTER and all(constat.statut is None for _, constat in vus):
        journal.error(
            "No link answered at all (%d): our own network is down, nothing written", len(vus)
        )
        return Bilan(len(vus), sans_reseau=True)
    for lien, constat in vus:
        lien.constater(constat, at=maintenant)
    LienVerifie.objects.bulk_update(
        [lien for lien, _ in vus], ["verifie_le", "repond_le", "statut", "raison"], batch_size=500
    )
    return Bilan(len(vus), sum(not constat.repond for _, constat in vus))
