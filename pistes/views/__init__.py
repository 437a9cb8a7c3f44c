from pistes.views.brouillons import brouillon, brouillon_orientation, brouillons
from pistes.views.liste import liste, mot_cle, orientation, recueil
from pistes.views.piste import piste
from pistes.views.redaction import modifier

__all__ = [
    "brouillon",
    "brouillon_orientation",
    "brouillons",
    "liste",
    "modifier",
    "mot_cle",
    "orientation",
    "piste",
    "recueil",
]
