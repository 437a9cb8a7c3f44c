"""The list of benchmarks, and how one of them times things."""

import dataclasses
import statistics
import time
from collections.abc import Callable
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Resultat:
    """Two times in seconds, measured in the same run, on the same rows."""

    nous: float
    plancher: float

    def ligne(self, nom: str, taille: int) -> str:
        """The last line of a benchmark; its floor is in milliseconds."""
        ratio = self.nous / self.plancher
        decimales = 2 if ratio >= 0.1 else 4  # far under its floor
        return f"{nom} ratio={ratio:.{decimales}f} floor={self.plancher * 1000:.2f} size={taille}"


Mesurer = Callable[[int], Resultat]


@dataclasses.dataclass(frozen=True)
class Mesure:
    """One benchmark and the size it has when none is asked."""

    nom: str
    mesurer: Mesurer
    taille: int


MESURES: dict[str, Mesure] = {}


def mesure(
    nom: str, *, taille: int
) -> Callable[[Callable[[int], Resultat]], Callable[[int], Resultat]]:
    """Register a benchmark under a name."""

    def inscrire(fonction: Mesurer) -> Mesurer:
        MESURES[nom] = Mesure(nom, fonction, taille)
        return fonction

    return inscrire


def chronometrer(action: Callable[[], object]) -> float:
    """The seconds one call takes."""
    debut = time.perf_counter()
    action()
    return time.perf_counter() - debut


def comparer(nous: Callable[[], object], plancher: Callable[[], object], fois: int) -> Resultat:
    """Both in turn, so that a passing load weighs on both; the median of each."""
    temps = [(chronometrer(nous), chronometrer(plancher)) for _ in range(fois)]
    return Resultat(statistics.median(t[0] for t in temps), statistics.median(t[1] for t in temps))


def memoire_de(action: Callable[[], int]) -> str:
    """What the action wrote, and the memory it took at its highest, in words (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")  # forget the highest so far
    avant = _megaoctets("VmRSS")
    octets = action()
    sommet = _megaoctets("VmHWM")
    return f"{octets / 1e6:.1f} MB written, memory {avant:.0f} MB before, {sommet:.0f} MB at most"


def _megaoctets(ligne: str) -> float:
    etat = Path("/proc/self/status").read_text()
    return int(etat.partition(f"{ligne}:")[2].split()[0]) / 1024


def centile_95(temps: list[float]) -> float:
    """The time that nineteen calls in twenty do not exceed."""
    return statistics.quantiles(temps, n=20)[-1]
