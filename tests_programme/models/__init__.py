from tests_programme.models.accord import Accord, PartiePrenante
from tests_programme.models.appui import Appui
from tests_programme.models.carnet import Note
from tests_programme.models.commentaire import Commentaire
from tests_programme.models.critere import Critere
from tests_programme.models.echange import Echange
from tests_programme.models.evaluation import Enseignement, Evaluation
from tests_programme.models.flux import FluxAgenda
from tests_programme.models.journal import EntreeJournal
from tests_programme.models.miroir import LecteurMiroir
from tests_programme.models.piece import PieceJointe
from tests_programme.models.point import PointRegulier
from tests_programme.models.programme import EtapeProgramme, Programme
from tests_programme.models.prolongation import Prolongation
from tests_programme.models.question import Question
from tests_programme.models.questionnaire import Questionnaire
from tests_programme.models.reponse import Reponse, ValeurReponse
from tests_programme.models.seance import DocumentSeance, Seance
from tests_programme.models.test import Test
from tests_programme.models.voix import Voix

__all__ = [
    "Accord",
    "Appui",
    "Commentaire",
    "Critere",
    "DocumentSeance",
    "Echange",
    "Enseignement",
    "EntreeJournal",
    "EtapeProgramme",
    "Evaluation",
    "FluxAgenda",
    "LecteurMiroir",
    "Note",
    "PartiePrenante",
    "PieceJointe",
    "PointRegulier",
    "Programme",
    "Prolongation",
    "Question",
    "Questionnaire",
    "Reponse",
    "Seance",
    "Test",
    "ValeurReponse",
    "Voix",
]
