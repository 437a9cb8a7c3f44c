from reflexes.models.cartographie import ControverseFigee, TerrainFige, VersionCartographie
from reflexes.models.controverse import Controverse, Terrain
from reflexes.models.enquete import Enquete, Etape

__all__ = [
    "Controverse",
    "ControverseFigee",
    "Enquete",
    "Etape",
    "Terrain",
    "TerrainFige",
    "VersionCartographie",
]
