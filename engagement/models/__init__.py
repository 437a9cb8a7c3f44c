from engagement.models.accord import AccordMission
from engagement.models.appels import Appel, FicheAppel, ListeAppels
from engagement.models.besoin import Besoin, Creneau
from engagement.models.dispositif import Dispositif, GenreMission, Mediation
from engagement.models.historique import Ligne
from engagement.models.mission import Attente, Bilan, DemiJournee, PointSuivi, Retour
from engagement.models.offre import Nature, Offre, PhotoOffre
from engagement.models.personne import Absence, ConsultationContact, Personne
from engagement.models.pret import PhotoPret, Pret
from engagement.models.relation import Cote, Echange, MiseEnRelation, MotifPrive
from engagement.models.suggestion import Suggestion

__all__ = [
    "Absence",
    "AccordMission",
    "Appel",
    "Attente",
    "Besoin",
    "Bilan",
    "ConsultationContact",
    "Cote",
    "Creneau",
    "DemiJournee",
    "Dispositif",
    "Echange",
    "FicheAppel",
    "GenreMission",
    "Ligne",
    "ListeAppels",
    "Mediation",
    "MiseEnRelation",
    "MotifPrive",
    "Nature",
    "Offre",
    "Personne",
    "PhotoOffre",
    "PhotoPret",
    "PointSuivi",
    "Pret",
    "Retour",
    "Suggestion",
]
