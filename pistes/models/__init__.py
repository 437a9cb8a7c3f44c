from pistes.models.chantier import Chantier, CrashTest, Scenario
from pistes.models.ecoute import Cahier, FicheActeur, Rencontre, TypeActeur
from pistes.models.edition import Detail, EditionPiste, Inspiration, Renvoi
from pistes.models.importation import Importation, PieceImportee
from pistes.models.journal import EntreeEditoriale
from pistes.models.lien import LienVerifie
from pistes.models.orientation import EditionOrientation, Orientation
from pistes.models.piste import Piste
from pistes.models.proposition import Proposition
from pistes.models.recueil import Recueil

__all__ = [
    "Cahier",
    "Chantier",
    "CrashTest",
    "Detail",
    "EditionOrientation",
    "EditionPiste",
    "EntreeEditoriale",
    "FicheActeur",
    "Importation",
    "Inspiration",
    "LienVerifie",
    "Orientation",
    "PieceImportee",
    "Piste",
    "Proposition",
    "Recueil",
    "Rencontre",
    "Renvoi",
    "Scenario",
    "TypeActeur",
]
