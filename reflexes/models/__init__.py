from reflexes.models.autodiagnostic import Autodiagnostic, Degre, ReponseAutodiagnostic
from reflexes.models.cartographie import ControverseFigee, TerrainFige, VersionCartographie
from reflexes.models.controverse import Controverse, Terrain
from reflexes.models.enquete import Enquete, Etape
from reflexes.models.livraison import Livrable, empreinte_de
from reflexes.models.temoignage import Pole, Temoignage

__all__ = [
    "Autodiagnostic",
    "Controverse",
    "ControverseFigee",
    "Degre",
    "Enquete",
    "Etape",
    "Livrable",
    "Pole",
    "ReponseAutodiagnostic",
    "Temoignage",
    "Terrain",
    "TerrainFige",
    "VersionCartographie",
    "empreinte_de",
]
