"""An autodiagnostic beside the others, drawn from the same figures as its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reflexes.agregat import Agregat
from reflexes.models import Degre, ReponseAutodiagnostic, TerrainFige

LARGEUR = 360
BARRE = 16
COLONNE = 68
HAUT = 44


@dataclass(frozen=True)
class Comparaison:
    """One terrain: what the organisation says, what all say, and the picture of both."""

    terrain: TerrainFige
    reponse: ReponseAutodiagnostic | None
    ensemble: Agregat

    largeur = LARGEUR
    barre = BARRE

    @property
    def vecu(self) -> float:
        """Length of the bar of those who lived it."""
        return round(LARGEUR * self.ensemble.vecus / max(self.ensemble.repondants, 1), 1)

    @property
    def hauteur(self) -> int:
        """Of the whole picture: the bar alone, or with the columns of the degrees."""
        return BARRE + (HAUT + 34 if self.ensemble.degres_de else 0)

    @property
    def colonnes(self) -> list[tuple[str, int, float, float, float, bool]]:
        """For each degree: words, number, x, y and height of its column, whether it is ours."""
        plus_haut = max([*self.ensemble.degres.values(), 1])
        pas = (LARGEUR - COLONNE) / (len(Degre.values) - 1)
        notre = self.reponse.degre if self.reponse else None
        colonnes = []
        for rang, (degre, nombre) in enumerate(self.ensemble.degres.items()):
            h = round(HAUT * nombre / plus_haut, 1)
            x, y = round(rang * pas, 1), round(BARRE + 18 + HAUT - h, 1)
            colonnes.append((Degre(degre).label, nombre, x, y, h, degre == notre))
        return colonnes


def comparer(
    terrains: Sequence[TerrainFige],
    reponses: Mapping[int, ReponseAutodiagnostic],
    ensemble: Mapping[int, Agregat],
) -> list[Comparaison]:
    """One comparison a terrain, in the order given."""
    return [Comparaison(t, reponses.get(t.terrain_id), ensemble[t.terrain_id]) for t in terrains]
