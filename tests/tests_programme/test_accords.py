"""The accords: on an exact text, by a personal link, freely given and taken back."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from rappels.models import Message
from tests.fabriques import TestFactory, donner_les_accords
from tests_programme.accords import accords_manquants, demander_accords, etat_des_accords
from tests_programme.manques import TransitionRefusee
from tests_programme.models import Accord


def page(accord: Accord) -> str:
    return reverse("tests_programme:accord", args=[accord.jeton])


def il_y_a(*, heures: float) -> dt.datetime:
    return dt.datetime.now(dt.UTC) - dt.timedelta(hours=heures)


@pytest.fixture
def demande(en_etat, agent_a):
    """A complete test whose accords have just been asked again, none given."""
    test = en_etat("pret", at=il_y_a(heures=2))
    test.titre = "Un autre titre"
    test.save(update_fields=["titre"])
    test.demander_accords(par=agent_a)
    return test


def test_an_accord_on_an_older_text_does_not_count(en_etat, agent_a):
    test = en_etat("pret", at=il_y_a(heures=2))
    assert test.manques_pour_demarrer() == []
    test.hypothese += " Et plus vite."
    test.save(update_fields=["hypothese"])
    assert {e.etat for e in etat_des_accords(test, "demarrage")} == {"a_redemander"}
    with pytest.raises(TransitionRefusee) as refus:
        test.demarrer(par=agent_a)
    assert len(refus.value.manques) == 2
    assert test.demander_accords(par=agent_a) == 2
    assert test.demander_accords(par=agent_a) == 0
    assert Accord.objects.filter(etat="caduc").count() == 2
    donner_les_accords(test)
    test.demarrer(par=agent_a)


def test_a_critere_that_changes_asks_for_new_accords(en_etat):
    test = en_etat("pret")
    test.criteres.update(libelle="Autre chose")
    assert len(accords_manquants(test, "demarrage")) == 2


def test_a_text_that_comes_back_is_asked_again(en_etat, agent_a):
    test = en_etat("pret", at=il_y_a(heures=4))
    for heures, titre in ((2, "B"), (0, test.titre)):
        test.titre = titre
        test.save(update_fields=["titre"])
        assert test.demander_accords(par=agent_a, at=il_y_a(heures=heures)) == 2
    assert {e.etat for e in etat_des_accords(test, "demarrage")} == {"demande"}
    donner_les_accords(test)
    assert test.manques_pour_demarrer() == []


def test_nobody_is_asked_to_agree_to_a_blank(agent_a, organisation_a):
    test = TestFactory(organisation=organisation_a)
    test.parties.create(role="porteur", fonction="cheffe", email="cheffe@example.org")
    with pytest.raises(TransitionRefusee):
        test.demander_accords(par=agent_a)
    assert not Message.objects.exists()


def test_an_answer_cancels_the_mail_that_waits(demande):
    accord = Accord.objects.filter(etat="demande").first()
    messages = Message.objects.filter(sujet=f"accord:{accord.pk}")
    genres = ["accord_demande", "accord_relance_1", "accord_relance_2"]
    assert sorted(messages.values_list("genre", flat=True)) == genres
    assert set(messages.values_list("etat", flat=True)) == {"prevu"}
    accord.refuser()
    assert set(messages.filter(genre__in=genres).values_list("etat", flat=True)) == {"annule"}


def test_reading_changes_nothing(demande):
    accord = Accord.objects.filter(etat="demande").first()
    avant = Accord.objects.values().get(pk=accord.pk)
    client = Client()
    for _ in range(2):
        reponse = client.get(page(accord))
        assert reponse.status_code == 200
        assert client.head(page(accord)).status_code == 200
    assert Accord.objects.values().get(pk=accord.pk) == avant
    assert reponse["X-Robots-Tag"].startswith("noindex")
    assert reponse["Referrer-Policy"] == "same-origin"
    assert "no-store" in reponse["Cache-Control"]
    assert "sessionid" not in reponse.cookies
    html = reponse.content.decode()
    assert accord.texte.splitlines()[0] in html
    assert "Ville de l&#x27;Est" in html
    assert "example.org" not in html


def test_one_accepts_takes_back_and_accepts_again_without_an_account(demande):
    accord = Accord.objects.filter(etat="demande").first()
    client = Client(enforce_csrf_checks=True)
    for reponse, etat in [("oui", "donne"), ("retirer", "retire"), ("oui", "donne")]:
        html = client.get(page(accord))
        jeton = html.context["csrf_token"]
        retour = client.post(
            page(accord),
            {"reponse": reponse, "motif": "Réflexion faite.", "csrfmiddlewaretoken": str(jeton)},
        )
        assert retour.status_code == 302
        accord.refresh_from_db()
        assert accord.etat == etat
    assert client.post(page(accord), {"reponse": "oui"}).status_code == 403


def test_one_refuses_with_or_without_a_reason(demande):
    avec, sans = Accord.objects.filter(etat="demande")
    Client().post(page(avec), {"reponse": "non", "motif": "Pas en juillet."})
    Client().post(page(sans), {"reponse": "non"})
    avec.refresh_from_db()
    sans.refresh_from_db()
    assert (avec.etat, avec.motif, sans.etat, sans.motif) == (
        "refuse",
        "Pas en juillet.",
        "refuse",
        "",
    )
    assert "Vous avez refusé" in Client().get(page(sans)).content.decode()
    assert len(accords_manquants(demande, "demarrage")) == 2


@pytest.mark.parametrize("reponse", ["", "peut-etre"])
def test_an_answer_that_is_none_changes_nothing(demande, reponse):
    accord = Accord.objects.filter(etat="demande").first()
    assert Client().post(page(accord), {"reponse": reponse}).status_code == 409
    accord.refresh_from_db()
    assert accord.etat == "demande"


def test_a_lapsed_accord_says_that_the_text_changed(demande):
    accord = Accord.objects.filter(etat="caduc").first()
    assert "Le texte du test a changé" in Client().get(page(accord)).content.decode()
    assert Client().post(page(accord), {"reponse": "oui"}).status_code == 409
    accord.refresh_from_db()
    assert accord.etat == "caduc"


def test_a_text_changed_since_the_mail_is_not_agreed_to(demande):
    accord = Accord.objects.filter(etat="demande").first()
    demande.hypothese = "Tout autre chose"
    demande.save(update_fields=["hypothese"])
    assert Client().post(page(accord), {"reponse": "oui"}).status_code == 409
    accord.refresh_from_db()
    assert accord.etat == "demande"


@pytest.mark.parametrize(
    ("fin", "phrase"),
    [
        ("demarrer", "a déjà démarré"),
        ("renoncer", "a renoncé"),
        ("perime", "est terminé"),
    ],
)
def test_too_late_is_said_in_words(en_etat, agent_a, fin, phrase):
    test = en_etat("pret" if fin != "perime" else "perime")
    if fin == "renoncer":
        test.renoncer(par=agent_a, motif="Trop tôt.")
    elif fin == "demarrer":
        test.demarrer(par=agent_a)
    accord = Accord.objects.filter(etat="donne").first()
    Accord.objects.filter(pk=accord.pk).update(etat="refuse")
    assert phrase in Client().get(page(accord)).content.decode()
    assert Client().post(page(accord), {"reponse": "oui"}).status_code == 409


def test_one_may_take_back_while_the_test_runs_and_the_team_sees_it(en_etat, clients):
    test = en_etat("en_cours")
    accord = Accord.objects.filter(etat="donne").first()
    assert "Je retire mon accord" in Client().get(page(accord)).content.decode()
    assert Client().post(page(accord), {"reponse": "retirer"}).status_code == 302
    test.refresh_from_db()
    assert test.etat == "en_cours"
    assert "Accord retiré" in clients["agent_a"].get(test.get_absolute_url()).content.decode()


@pytest.mark.parametrize("abime", ["x", "1", "MQ:abc:def", "a" * 300])
def test_a_tampered_link_opens_nothing(db, abime):
    reponse = Client().get(reverse("tests_programme:accord", args=[abime]))
    assert reponse.status_code == 404
    assert "aucune demande" in reponse.content.decode()


def test_the_link_of_one_is_not_the_link_of_another(demande):
    un, autre = Accord.objects.filter(etat="demande")
    falsifie = un.jeton.split(":")
    falsifie[0] = autre.jeton.split(":")[0]
    if falsifie[0] != un.jeton.split(":")[0]:
        adresse = reverse("tests_programme:accord", args=[":".join(falsifie)])
        assert Client().get(adresse).status_code == 404


def test_a_person_taken_off_the_list_leaves_nothing(demande, clients):
    partie = demande.parties.first()
    accord = partie.accords.get(etat="demande")
    adresse = page(accord)
    from tests_programme.accords import oublier_partie

    oublier_partie(partie)
    assert Client().get(adresse).status_code == 404
    assert not Message.objects.en_attente().filter(sujet=f"accord:{accord.pk}").exists()


def test_accords_cannot_be_asked_once_the_test_is_over(en_etat):
    from tests_programme.accords import ReponseRefusee

    test = en_etat("perime")
    with pytest.raises(ReponseRefusee):
        demander_accords(test, objet="demarrage", at=dt.datetime.now(dt.UTC))


def changer(test, mot):
    test.hypothese += f" {mot}"
    test.save(update_fields=["hypothese"])


def demander(client, test):
    return client.post(reverse("tests_programme:demander_accords", args=[test.pk]))


def nombre_de_messages() -> int:
    return Message.objects.filter(genre="accord_demande").count()


def test_an_address_is_asked_once_an_hour_and_the_hour_is_said(en_etat, clients, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 23, 9, 12, 30, tzinfo=dt.UTC), tick=False)
    test = en_etat("pret")
    changer(test, "Virgule,")
    time_machine.move_to(dt.datetime(2026, 11, 23, 9, 40, tzinfo=dt.UTC), tick=False)
    refus = demander(clients["agent_a"], test)
    assert refus.status_code == 409
    assert "à partir de 11 h 13 le 23/11" in refus.content.decode()
    assert nombre_de_messages() == 2
    assert Accord.objects.filter(etat="donne").count() == 2  # nothing has changed
    time_machine.move_to(dt.datetime(2026, 11, 23, 10, 13, tzinfo=dt.UTC), tick=False)
    assert demander(clients["agent_a"], test).status_code == 302
    assert nombre_de_messages() == 4


def test_somebody_new_is_asked_at_once(en_etat, clients):
    test = en_etat("pret")
    test.parties.create(role="usager", fonction="parent d'élève", email="parent@example.org")
    assert demander(clients["agent_a"], test).status_code == 302
    assert nombre_de_messages() == 3


def test_taking_somebody_off_and_back_on_does_not_write_to_them_again(en_etat, clients):
    from tests_programme.accords import oublier_partie

    test = en_etat("pret")
    partie = test.parties.get(email="manager@example.org")
    oublier_partie(partie)
    test.parties.create(role="manager", fonction="directeur", email=partie.email)
    assert demander(clients["agent_a"], test).status_code == 409
    assert nombre_de_messages() == 2


def test_an_address_is_asked_ten_times_a_day_and_no_more(en_etat, clients, agent_a):
    test = en_etat("pret", at=il_y_a(heures=20))
    for fois in range(9):
        changer(test, f"{fois}")
        assert test.demander_accords(par=agent_a, at=il_y_a(heures=18 - fois)) == 2
    changer(test, "encore")
    refus = demander(clients["agent_a"], test)
    assert refus.status_code == 409
    assert "au plus 10 demandes par jour" in refus.content.decode()
    assert nombre_de_messages() == 20
    dans_cinq_heures = dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)
    assert test.demander_accords(par=agent_a, at=dans_cinq_heures) == 2


def test_a_new_date_for_the_extension_does_not_write_again_within_the_hour(en_etat, clients):
    test = en_etat("en_cours")
    adresse = reverse("tests_programme:prolongation", args=[test.pk])
    for jours, statut in ((5, 302), (6, 422)):
        date = test.date_peremption + dt.timedelta(days=jours)
        reponse = clients["agent_a"].post(
            adresse, {"nouvelle_date": f"{date:%Y-%m-%d}", "motif": "La neige."}
        )
        assert reponse.status_code == statut
    assert "moins d&#x27;une heure" in reponse.content.decode()
    assert nombre_de_messages() == 4
    assert test.prolongations.get().nouvelle_date < date
