from tests_programme.models.accord import Accord, PartiePrenante
from tests_programme.models.critere import Critere
from tests_programme.models.evaluation import Enseignement, Evaluation, Voix
from tests_programme.models.journal import EntreeJournal
from tests_programme.models.programme import Programme, Seance
from tests_programme.models.prolongation import Prolongation
from tests_programme.models.test import Test

__all__ = [
    "Accord",
    "Critere",
    "Enseignement",
    "EntreeJournal",
    "Evaluation",
    "PartiePrenante",
    "Programme",
    "Prolongation",
    "Seance",
    "Test",
    "Voix",
]
