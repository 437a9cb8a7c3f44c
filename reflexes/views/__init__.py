from reflexes.views.cartographie import cartographie, comparaison, publier, version
from reflexes.views.controverse import controverse, terrain
from reflexes.views.enquete import enquete

__all__ = [
    "cartographie",
    "comparaison",
    "controverse",
    "enquete",
    "publier",
    "terrain",
    "version",
]
