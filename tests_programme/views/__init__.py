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
    publier,
    retirer_enseignement,
    retirer_voix,
)
from tests_programme.views.fiche import test
from tests_programme.views.liste import liste
from tests_programme.views.preparation import etape, nouveau
from tests_programme.views.programmes import programme, programmes
from tests_programme.views.prolongation import prolongation, prolonger

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
    "renoncer",
    "retirer_enseignement",
    "retirer_voix",
    "s_inspirer",
    "test",
]
