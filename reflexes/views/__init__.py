from reflexes.views.cartographie import cartographie, comparaison, comparer_versions, version
from reflexes.views.controverse import controverse, terrain
from reflexes.views.enquete import enquete, enquetes

__all__ = [
    "cartographie",
    "comparaison",
    "comparer_versions",
    "controverse",
    "enquete",
    "enquetes",
    "terrain",
    "version",
]
