from tests_programme.views.accord import accord
from tests_programme.views.actions import (
    arreter,
    demander_accords,
    demarrer,
    iterer,
    renoncer,
    s_inspirer,
)
from tests_programme.views.agenda import agenda
from tests_programme.views.evaluation import (
    evaluation,
    retirer_enseignement,
    soumettre,
)
from tests_programme.views.fiche import test
from tests_programme.views.liste import liste
from tests_programme.views.preparation import etape, nouveau
from tests_programme.views.programmes import programme, programmes
from tests_programme.views.prolongation import prolongation, prolonger
from tests_programme.views.relecture import publier, rendre

__all__ = [
    "accord",
    "agenda",
    "arreter",
    "demander_accords",
    "demarrer",
    "etape",
    "evaluation",
    "iterer",
    "liste",
    "nouveau",
    "programme",
    "programmes",
    "prolongation",
    "prolonger",
    "publier",
    "rendre",
    "renoncer",
    "retirer_enseignement",
    "s_inspirer",
    "soumettre",
    "test",
]
