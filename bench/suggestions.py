"""The best twenty offers for a need, with their reasons in words, against a loop over Django objects.

Both rank the same need in turn; another order stops the benchmark.
"""

import random
import statistics

from bench import foule_guichet, rangement_naif
from bench.registre import Resultat, centile_95, chronometrer, mesure
from engagement import suggestions as nous
from engagement.models import Besoin, Offre

BESOINS, OFFRES, BOUCLES = 300, 100, 3


@mesure("suggestions", taille=100_000)
def suggestions(taille: int) -> Resultat:
    """``taille`` offers and a tenth as many needs over the country; prints the 95th percentiles."""
    foule_guichet.remplir(taille, taille // 10)
    tirage = random.Random(27)
    ouverts = Besoin.objects.filter(etat="ouvert").select_related("territoire", "genre")
    actives = Offre.objects.filter(etat="active").select_related("territoire")
    cles = list(ouverts.order_by("pk").values_list("pk", flat=True))
    besoins = list(
        ouverts.filter(pk__in=tirage.sample(cles, min(BESOINS, len(cles)))).order_by("?")
    )
    offres = list(actives.filter(pk__in=tirage.sample(range(1, taille), min(OFFRES, taille - 1))))
    lire(besoins[0])  # what is loaded once, apart
    temps = [chronometrer(lambda: lire(besoin)) for besoin in besoins]  # noqa: B023 - called at once
    inverses = [chronometrer(lambda: lire_l_offre(offre)) for offre in offres]  # noqa: B023
    boucles = [chronometrer(lambda: comparer(besoin)) for besoin in besoins[:BOUCLES]]  # noqa: B023
    fois = statistics.median(boucles) / statistics.median(temps)
    print(
        f"suggestions p95={centile_95(temps) * 1000:.1f} ms, aim 50 ms; loop {fois:.0f} times slower, aim 100"
    )
    print(f"suggestions of needs for an offer: p95={centile_95(inverses) * 1000:.1f} ms")
    return Resultat(statistics.median(temps), statistics.median(boucles))


def lire(besoin: Besoin) -> list[int]:
    """The keys of the twenty, their words built."""
    vus = nous.pour_besoin(besoin)
    if any(not vu.convient and not vu.manque for vu in vus):
        raise RuntimeError(f"need {besoin.pk}: an offer without a reason")
    return [vu.offre.pk for vu in vus]


def lire_l_offre(offre: Offre) -> None:
    """The other way round."""
    for vu in nous.pour_offre(offre):
        _ = vu.convient, vu.manque


def comparer(besoin: Besoin) -> None:
    """The loop, and its order against ours."""
    if rangement_naif.ranger(besoin) != lire(besoin):
        raise RuntimeError(f"need {besoin.pk}: the loop ranks otherwise")
