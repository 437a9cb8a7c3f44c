"""The one extension: a reason, new accords, half of the first duration, shown for ever."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from config.jours import jour_de
from rappels.models import Message
from tests.fabriques import donner_les_accords
from tests_programme.manques import TransitionRefusee
from tests_programme.models import Accord, Prolongation


def dans(jours: int) -> dt.date:
    return jour_de() + dt.timedelta(days=jours)


def test_it_takes_effect_once_everybody_agreed_and_the_reminders_move(en_etat, agent_a, clients):
    test = en_etat("en_cours")  # 60 days
    ancienne = test.date_peremption
    client = clients["agent_a"]
    adresse = reverse("tests_programme:prolongation", args=[test.pk])
    assert "2 messages partiront" in client.get(adresse).content.decode()
    reponse = client.post(adresse, {"nouvelle_date": f"{dans(80):%Y-%m-%d}", "motif": "La neige."})
    assert reponse.status_code == 302
    assert Accord.objects.filter(objet="prolongation", etat="demande").count() == 2
    prolonger = reverse("tests_programme:prolonger", args=[test.pk])
    assert client.post(prolonger).status_code == 409
    test.refresh_from_db()
    assert test.date_peremption == ancienne
    donner_les_accords(test)
    assert client.post(prolonger).status_code == 302
    test.refresh_from_db()
    assert (test.etat, test.date_peremption) == ("en_cours", dans(80))
    messages = Message.objects.filter(sujet=f"test:{test.pk}")
    assert all(
        m.donnees["annonce"] == f"{dans(80):%Y-%m-%d}" for m in messages.filter(etat="prevu")
    )
    assert messages.filter(etat="annule").exists()
    assert [e.action for e in test.journal.all()] == ["demarrer", "demander", "prolonger"]
    assert "Prolongé une fois" in Client().get(test.get_absolute_url()).content.decode()
    test.arreter(par=agent_a, motif="Assez vu.")
    assert "La neige." in Client().get(test.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("jours", "motif", "phrase"),
    [
        (60, "La neige.", "doit venir après"),
        (59, "La neige.", "doit venir après"),
        (91, "La neige.", "moitié de la première durée"),
        (80, "  ", "pourquoi"),
    ],
)
def test_it_is_refused_with_its_reason(en_etat, clients, jours, motif, phrase):
    test = en_etat("en_cours")
    adresse = reverse("tests_programme:prolongation", args=[test.pk])
    reponse = clients["agent_a"].post(
        adresse, {"nouvelle_date": f"{dans(jours):%Y-%m-%d}", "motif": motif}
    )
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode()
    assert not Prolongation.objects.exists()


def test_up_to_half_is_allowed(en_etat, agent_a):
    test = en_etat("en_cours")
    test.demander_prolongation(par=agent_a, nouvelle_date=dans(90), motif="La neige.")
    assert Prolongation.objects.get().nouvelle_date == dans(90)


def test_one_extension_and_no_more(en_etat, agent_a, clients):
    test = en_etat("en_cours")
    test.demander_prolongation(par=agent_a, nouvelle_date=dans(70), motif="La neige.")
    donner_les_accords(test)
    test.prolonger(par=agent_a)
    with pytest.raises(TransitionRefusee, match="déjà été prolongé"):
        test.demander_prolongation(par=agent_a, nouvelle_date=dans(75), motif="Encore.")
    page = clients["agent_a"].get(reverse("tests_programme:prolongation", args=[test.pk]))
    assert "déjà été prolongé" in page.content.decode()


def test_asking_again_with_another_date_asks_everybody_again(en_etat, agent_a):
    test = en_etat("en_cours")
    test.demander_prolongation(par=agent_a, nouvelle_date=dans(70), motif="La neige.")
    donner_les_accords(test)
    plus_tard = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    test.demander_prolongation(par=agent_a, nouvelle_date=dans(75), motif="La neige.", at=plus_tard)
    with pytest.raises(TransitionRefusee, match="attendu"):
        test.prolonger(par=agent_a)
    assert Prolongation.objects.count() == 1


def test_a_test_past_its_date_is_not_extended_even_with_every_accord(
    en_etat, agent_a, time_machine
):
    test = en_etat("en_cours")
    test.demander_prolongation(par=agent_a, nouvelle_date=dans(80), motif="La neige.")
    donner_les_accords(test)
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=61))
    with pytest.raises(TransitionRefusee):
        test.prolonger(par=agent_a)
    test.refresh_from_db()
    assert test.etat_au() == "a_evaluer"
