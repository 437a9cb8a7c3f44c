from tests_programme.forms.etapes import (
    EssentielForm,
    ObservationForm,
    PartiesForm,
)
from tests_programme.forms.evaluation import EnseignementForm, EvaluationForm, ValeursForm
from tests_programme.forms.hypothese import HypotheseForm
from tests_programme.forms.lignes import CriteresLignes, PartiesLignes
from tests_programme.forms.limites import LimitesForm
from tests_programme.forms.prolongation import MotifForm, ProlongationForm
from tests_programme.forms.voix import VoixForm

__all__ = [
    "CriteresLignes",
    "EnseignementForm",
    "EssentielForm",
    "EvaluationForm",
    "HypotheseForm",
    "LimitesForm",
    "MotifForm",
    "ObservationForm",
    "PartiesForm",
    "PartiesLignes",
    "ProlongationForm",
    "ValeursForm",
    "VoixForm",
]
