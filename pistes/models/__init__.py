from pistes.models.annuaire import FicheActeur
from pistes.models.chantier import Chantier
from pistes.models.crash_test import CrashTest, Scenario
from pistes.models.ecoute import Cahier, Rencontre, TypeActeur
from pistes.models.edition import Detail, EditionPiste, Inspiration, Renvoi
from pistes.models.importation import Importation, PieceImportee
from pistes.models.journal import EntreeEditoriale
from pistes.models.lien import LienVerifie
from pistes.models.orientation import EditionOrientation, Orientation
from pistes.models.piste import Piste
from pistes.models.proposition import Proposition
from pistes.models.recueil import Recueil
from pistes.models.suivi import EntreeSuivi

__all__ = [
    "Cahier",
    "Chantier",
    "CrashTest",
    "Detail",
    "EditionOrientation",
    "EditionPiste",
    "EntreeEditoriale",
    "EntreeSuivi",
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
