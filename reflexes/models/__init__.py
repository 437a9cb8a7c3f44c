from reflexes.models.cartographie import ControverseFigee, TerrainFige, VersionCartographie
from reflexes.models.controverse import Controverse, Terrain
from reflexes.models.enquete import Enquete, Etape
from reflexes.models.livraison import Livrable, empreinte_de

__all__ = [
    "Controverse",
    "ControverseFigee",
    "Enquete",
    "Etape",
    "Livrable",
    "Terrain",
    "TerrainFige",
    "VersionCartographie",
    "empreinte_de",
]
