from tests_programme.forms.etapes import (
    EssentielForm,
    HypotheseForm,
    LimitesForm,
    ObservationForm,
    PartiesForm,
)
from tests_programme.forms.evaluation import EnseignementForm, EvaluationForm, ValeursForm, VoixForm
from tests_programme.forms.lignes import CriteresLignes, PartiesLignes
from tests_programme.forms.prolongation import MotifForm, ProlongationForm

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
