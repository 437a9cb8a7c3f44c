"""Words written to the team alone have an end; what was ticked keeps counting."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.fabriques import un_test_a_evaluer, un_test_demarre, un_test_evalue
from tests_programme.models import ValeurReponse
from tests_programme.tasks import effacer_les_paroles

pytestmark = pytest.mark.django_db


def _il_y_a(mois: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=31 * mois)


def _avec_des_mots(test):
    questionnaire = test.questionnaire if hasattr(test, "questionnaire") else None
    if questionnaire is None:
        from tests_programme.models import Questionnaire

        questionnaire = Questionnaire.objects.create(test=test, ferme_le=dt.date(2099, 1, 1))
    texte = questionnaire.questions.create(rang=1, type="texte", libelle="Pourquoi ?")
    note = questionnaire.questions.create(rang=2, type="echelle", libelle="Mieux ?")
    reponse = questionnaire.reponses.create(position="desaccord")
    reponse.valeurs.create(question=texte, texte="Entre nous", etiquettes=["a"])
    reponse.valeurs.create(question=note, nombre=4)
    test.voix.create(fonction="agent", texte="À taire", position="desaccord", reponse=reponse)
    test.voix.create(fonction="agente", texte="À citer", consentement=True)
    return test


def _reste(test) -> tuple[list[str], int]:
    mots = [v.texte for v in ValeurReponse.objects.filter(question__questionnaire__test=test)]
    return sorted(m for m in [*mots, *test.voix.values_list("texte", flat=True)] if m), len(mots)


def test_a_year_after_the_evaluation_only_what_may_be_quoted_stays():
    ancien = _avec_des_mots(un_test_evalue(at=_il_y_a(13)))
    assert effacer_les_paroles() == 2
    assert _reste(ancien) == (["On m'a expliqué.", "À citer"], 2)
    assert ancien.questionnaire.reponses.get().position == "desaccord"
    assert ancien.voix.filter(position="desaccord").get().fonction == ""
    assert effacer_les_paroles() == 0


@pytest.mark.parametrize("etat", [un_test_a_evaluer, un_test_demarre])
def test_a_test_nobody_evaluated_forgets_too(etat):
    laisse = _avec_des_mots(etat(at=_il_y_a(15), jours=20))
    assert effacer_les_paroles() == 2
    assert _reste(laisse)[0] == ["À citer"]


def test_what_is_recent_or_runs_is_kept():
    recent = _avec_des_mots(un_test_evalue(at=_il_y_a(11)))
    en_cours = _avec_des_mots(un_test_demarre(jours=300))
    assert effacer_les_paroles() == 0
    assert len(_reste(recent)[0]) == 4
    assert len(_reste(en_cours)[0]) == 3


def test_the_page_on_personal_data_says_so():
    page = Client().get("/donnees-personnelles/").content.decode()
    assert "Réponse à un questionnaire" in page
    assert "12 mois après l'évaluation" in page
