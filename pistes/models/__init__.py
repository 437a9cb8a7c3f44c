from pistes.models.edition import Detail, EditionPiste, Inspiration, Renvoi
from pistes.models.orientation import EditionOrientation, Orientation
from pistes.models.piste import Piste
from pistes.models.recueil import Recueil

__all__ = [
    "Detail",
    "EditionOrientation",
    "EditionPiste",
    "Inspiration",
    "Orientation",
    "Piste",
    "Recueil",
    "Renvoi",
]
