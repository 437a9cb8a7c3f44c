"""Names and addresses of the parties have an end."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.fabriques import un_test_a_evaluer, un_test_demarre, un_test_pret
from tests_programme.models import Test
from tests_programme.tasks import effacer_les_parties

pytestmark = pytest.mark.django_db


def _il_y_a(mois: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=31 * mois)


def test_a_year_after_its_end_a_test_keeps_functions_and_no_names():
    ancien = un_test_a_evaluer(at=_il_y_a(13))
    ancien.parties.update(nom="Une Personne")
    assert effacer_les_parties() == 2
    assert set(ancien.parties.values_list("nom", "email")) == {("", "")}
    assert ancien.parties.filter(fonction="responsable de l'accueil").exists()
    assert effacer_les_parties() == 0


def test_a_test_that_ended_this_year_or_still_runs_keeps_its_addresses():
    recent = un_test_a_evaluer(at=_il_y_a(11))
    en_cours = un_test_demarre(jours=300)
    assert effacer_les_parties() == 0
    assert not recent.parties.filter(email="").exists()
    assert not en_cours.parties.filter(email="").exists()


def test_a_draft_left_for_a_year_names_nobody_any_more():
    laisse, recent = un_test_pret(), un_test_pret()
    Test.objects.filter(pk=laisse.pk).update(modifie_le=_il_y_a(13))
    Test.objects.filter(pk=recent.pk).update(modifie_le=_il_y_a(11))
    assert effacer_les_parties() == 2
    assert set(laisse.parties.values_list("nom", "email")) == {("", "")}
    assert not recent.parties.filter(email="").exists()
    assert "Redonnez l'adresse" in " ".join(m.message for m in laisse.manques_pour_demarrer())


def test_a_test_long_past_its_date_that_no_worker_recorded_is_forgotten_too():
    perime = un_test_demarre(at=_il_y_a(15), jours=20)
    assert effacer_les_parties() == 2
    assert not perime.parties.exclude(email="").exists()


def test_the_page_on_personal_data_says_so(client):
    page = client.get("/donnees-personnelles/").content.decode()
    assert "resté en préparation" in page
    assert "Le public ne voit que la fonction" not in page
    assert "recopiées" in page
