"""After the asking: what changed, reminders, bounces, a message sent again, a no that is told."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from config.jours import instant_de
from rappels.models import Message
from tests.fabriques import donner_les_accords
from tests_programme.accords import etat_des_accords
from tests_programme.models import Accord

LUNDI = instant_de(dt.date(2026, 11, 23), 9)


def page(accord: Accord) -> str:
    return reverse("tests_programme:accord", args=[accord.jeton])


def lire(accord: Accord) -> str:
    return Client().get(page(accord)).content.decode().replace("&#x27;", "'")


@pytest.fixture
def redemande(en_etat, agent_a):
    """Agreed to, then changed and asked again an hour later."""
    with time_machine.travel(LUNDI - dt.timedelta(hours=2)):
        test = en_etat("pret")
        test.hypothese = test.hypothese.replace(
            "deux dossiers sur trois", "trois dossiers sur quatre"
        )
        test.retour_arriere = "Tout autre chose, sans un mot commun."
        test.save(update_fields=["hypothese", "retour_arriere"])
    with time_machine.travel(LUNDI):
        test.demander_accords(par=agent_a)
    return test


def test_asking_again_says_what_changed_on_the_page(redemande):
    html = lire(Accord.objects.filter(etat="demande").first())
    assert "Ce qui a changé depuis votre dernière réponse" in html
    assert 'class="masque">[retiré : </span>deux<' in html
    assert 'class="masque">[ajouté : </span>trois<' in html
    assert "<ins>" in html.partition("Le texte exact")[0]
    assert "Cinq entretiens" not in html.partition("Le texte exact")[0]


def test_asking_again_says_what_changed_in_the_mail(redemande):
    with time_machine.travel(LUNDI + dt.timedelta(minutes=1)):
        call_command("envoyer_rappels")
    courriel = mail.outbox[0]
    assert "Ce qui a changé depuis votre dernière réponse" in courriel.body
    assert "[retiré : deux]" in courriel.body
    assert "[ajouté : trois]" in courriel.body
    html = str(courriel.alternatives[0][0])
    assert "<del>" in html
    assert "<ins>" in html


def test_a_first_asking_has_nothing_to_compare(en_etat):
    test = en_etat("pret")
    assert "Ce qui a changé" not in lire(test.parties.first().accords.get())


def test_the_old_link_leads_to_the_new_text(redemande):
    vieux = Accord.objects.filter(etat="caduc").first()
    nouveau = vieux.partie.accords.get(etat="demande")
    html = lire(vieux)
    assert "Le texte du test a changé" in html
    assert page(nouveau) in html


def test_an_agreement_whose_text_changed_says_so_at_once(en_etat):
    test = en_etat("pret")
    test.titre = "Un autre titre"
    test.save(update_fields=["titre"])
    html = lire(Accord.objects.filter(etat="donne").first())
    assert "Le texte du test a changé" in html


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("ecoute_qui", "D'autres personnes"),
        ("ecoute_quand", "Jamais"),
        ("rythme_points", "mois"),
        ("changement", "L'heure des appels"),
    ],
)
def test_every_material_word_is_in_the_text(en_etat, champ, valeur):
    test = en_etat("pret")
    setattr(test, champ, valeur)
    test.save(update_fields=[champ])
    assert {e.etat for e in etat_des_accords(test, "demarrage")} == {"a_redemander"}


@pytest.mark.parametrize("champ", ["unite", "valeur_depart", "attendu", "surprise"])
def test_the_details_of_a_critere_are_in_the_text(en_etat, champ):
    test = en_etat("pret")
    test.criteres.update(**{champ: "autre chose"})
    assert {e.etat for e in etat_des_accords(test, "demarrage")} == {"a_redemander"}


def test_saving_a_step_tells_how_many_accords_it_voids(en_etat, clients):
    test = en_etat("pret")
    adresse = reverse("tests_programme:etape", args=[test.pk, "hypothese"])
    version = clients["agent_a"].get(adresse).context["version"]
    reponse = clients["agent_a"].post(
        adresse, {"version": version, "hypothese": "Autre.", "echec": ""}, follow=True
    )
    assert "2 accords ne valent plus" in reponse.content.decode()


# --- Reminders ---------------------------------------------------------------------------------------


def partir() -> None:
    """The askings of that Monday leave."""
    with time_machine.travel(LUNDI + dt.timedelta(hours=1)):
        call_command("envoyer_rappels")


def envoyes_le(jour: dt.date) -> list[str]:
    mail.outbox.clear()
    with time_machine.travel(instant_de(jour, 9)):
        call_command("envoyer_rappels")
    return sorted(
        f"{message.to[0]}" for message in mail.outbox if "Toujours attendu" in message.subject
    )


def test_reminders_reach_only_those_still_missing_three_and_eight_working_days_after(redemande):
    qui_repond = Accord.objects.filter(etat="demande").first()
    partir()
    with time_machine.travel(LUNDI + dt.timedelta(days=1)):
        qui_repond.donner()
    attendu = ["manager@example.org"]
    assert envoyes_le(dt.date(2026, 11, 25)) == []
    assert envoyes_le(dt.date(2026, 11, 26)) == attendu
    lien = re.search(r"https?://[^/\s]+(/accords/\S+)", str(mail.outbox[0].body))
    assert lien
    assert "J'accepte" in Client().get(lien[1]).content.decode().replace("&#x27;", "'")
    assert envoyes_le(dt.date(2026, 12, 2)) == []
    assert envoyes_le(dt.date(2026, 12, 3)) == attendu
    assert envoyes_le(dt.date(2026, 12, 10)) == []


@pytest.mark.parametrize("etat", ["prevu", "echoue"])
def test_no_reminder_of_an_asking_that_did_not_arrive(redemande, etat):
    partir()
    partir()
    Message.objects.filter(genre="accord_demande").update(etat=etat, envoye_le=None)
    assert envoyes_le(dt.date(2026, 11, 26)) == []


def test_after_an_outage_one_reminder_is_enough(redemande):
    partir()
    assert envoyes_le(dt.date(2026, 12, 4)) == ["manager@example.org", "porteuse@example.org"]


@pytest.mark.parametrize("cause", ["texte", "retire", "renonce"])
def test_a_reminder_without_a_reason_does_not_leave(redemande, agent_a, cause):
    partir()
    with time_machine.travel(LUNDI + dt.timedelta(days=1)):
        if cause == "texte":
            redemande.titre = "Encore un autre"
            redemande.save(update_fields=["titre"])
        elif cause == "renonce":
            redemande.renoncer(par=agent_a, motif="Trop tôt.")
        else:
            for accord in Accord.objects.filter(etat="demande"):
                accord.donner()
                accord.retirer()
    assert envoyes_le(dt.date(2026, 11, 26)) == []


def test_no_reminder_past_the_date_of_the_test(en_etat, agent_a):
    with time_machine.travel(LUNDI):
        en_etat("pret", jours=3)
        assert not Message.objects.filter(genre__startswith="accord_relance").exists()


# --- Bounces, and a message sent again -----------------------------------------------------------------


@pytest.fixture
def attendu(en_etat, agent_a):
    """One accord still waited for, asked two hours ago."""
    test = en_etat("pret", at=dt.datetime.now(dt.UTC) - dt.timedelta(hours=4))
    test.titre = "Autre"
    test.save(update_fields=["titre"])
    test.demander_accords(par=agent_a, at=dt.datetime.now(dt.UTC) - dt.timedelta(hours=2))
    return Accord.objects.filter(etat="demande").first()


def rebondir(accord: Accord) -> None:
    Message.objects.filter(sujet=f"accord:{accord.pk}", genre="accord_demande").update(
        etat="echoue", derniere_erreur="550 5.1.1 <adresse> inconnue"
    )


def renvoyer(client: Client, accord: Accord):
    return client.post(
        reverse("tests_programme:renvoyer_accord", args=[accord.partie.test_id, accord.pk])
    )


@pytest.mark.parametrize("ou", ["parties", "verification", "page"])
def test_a_bounce_is_shown_to_the_team(attendu, clients, ou):
    rebondir(attendu)
    test = attendu.partie.test
    adresse = (
        test.get_absolute_url()
        if ou == "page"
        else reverse("tests_programme:etape", args=[test.pk, ou])
    )
    html = clients["agent_a"].get(adresse).content.decode()
    assert f"n'arrive pas à {attendu.partie.email}" in html
    assert "550 5.1.1 &lt;adresse&gt; inconnue" in html


def test_the_message_is_sent_again_and_the_bounce_goes(attendu, clients):
    rebondir(attendu)
    assert renvoyer(clients["agent_a"], attendu).status_code == 302
    call_command("envoyer_rappels")
    assert [message.to for message in mail.outbox if "Votre accord" in message.subject].count(
        [attendu.partie.email]
    ) == 1
    etats = etat_des_accords(attendu.partie.test, "demarrage")
    assert not any(etat.echec for etat in etats)


def test_a_double_click_sends_once_and_the_pause_is_said(attendu, clients):
    assert renvoyer(clients["agent_a"], attendu).status_code == 302
    deux = renvoyer(clients["agent_a"], attendu)
    assert deux.status_code == 409
    assert "moins d&#x27;une heure" in deux.content.decode()
    sujet = f"accord:{attendu.pk}"
    assert Message.objects.en_attente().filter(sujet=sujet, genre="accord_demande").count() == 1


def test_nothing_is_sent_again_to_who_has_answered_or_on_an_old_text(attendu, clients):
    attendu.refuser()
    assert renvoyer(clients["agent_a"], attendu).status_code == 409
    autre = Accord.objects.filter(etat="demande").first()
    test = autre.partie.test
    test.titre = "Changé"
    test.save(update_fields=["titre"])
    assert renvoyer(clients["agent_a"], autre).status_code == 409


@pytest.mark.parametrize("role", ["habitant", "agent_b", "curateur"])
def test_a_stranger_sends_nothing_again(attendu, clients, role):
    avant = Message.objects.count()
    assert renvoyer(clients[role], attendu).status_code in {403, 404}
    assert Message.objects.count() == avant


def test_an_accord_of_another_test_is_not_found(attendu, clients, en_etat):
    autre = en_etat("pret")
    adresse = reverse("tests_programme:renvoyer_accord", args=[autre.pk, attendu.pk])
    assert clients["agent_a"].post(adresse).status_code == 404


# --- A no is told ---------------------------------------------------------------------------------------


def test_a_withdrawal_stops_nothing_and_is_told_and_recorded(en_etat, agent_a, clients):
    test = en_etat("en_cours", cree_par=agent_a)
    accord = Accord.objects.get(etat="donne", partie__role="manager")
    Client().post(page(accord), {"reponse": "retirer", "motif": "Trop de charge."})
    test.refresh_from_db()
    assert test.etat == "en_cours"
    assert "Le test ne s'arrête pas de lui-même" in lire(accord)
    assert "n'est plus attendue" not in lire(accord)
    ligne = test.journal.get(action="accord_retire")
    assert ligne.libelle == "Accord retiré : directeur de l'action sociale"
    assert ligne.motif == ""
    html = clients["agent_a"].get(test.get_absolute_url()).content.decode()
    assert "par la personne elle-même" in html
    assert "Trop de charge." in html
    call_command("envoyer_rappels")
    recus = [m for m in mail.outbox if m.subject.startswith("Accord retiré")]
    assert sorted(m.to[0] for m in recus) == sorted([agent_a.email, "porteuse@example.org"])
    assert "Trop de charge." in recus[0].body
    assert "ne s'arrête pas pour autant" in recus[0].body


def test_a_refusal_is_told_once_and_never_to_who_refuses(attendu):
    for _ in range(2):
        Client().post(page(attendu), {"reponse": "non", "motif": "Non merci."})
    test = attendu.partie.test
    assert test.journal.filter(action="accord_refuse").count() == 1
    dits = Message.objects.filter(genre="accord_refuse")
    assert dits.exclude(destinataire=attendu.partie.email).count() == dits.count()


def test_a_change_of_mind_before_the_mail_leaves_cancels_it(en_etat):
    en_etat("en_cours")
    accord = Accord.objects.get(etat="donne", partie__role="manager")
    accord.retirer()
    assert Message.objects.filter(genre="accord_retire", etat="prevu").exists()


def test_a_yes_tells_nobody(en_etat):
    en_etat("pret")
    assert not Message.objects.filter(genre__in=["accord_refuse", "accord_retire"]).exists()


# --- Links ------------------------------------------------------------------------------------------------


def test_a_link_warns_who_got_it_forwarded(attendu):
    assert "ne répondez pas à sa place" in lire(attendu)


def test_a_link_whose_person_was_erased_says_that_it_expired(attendu):
    attendu.partie.email = ""
    attendu.partie.save()
    assert "Ce lien a expiré" in lire(attendu)
    assert Client().post(page(attendu), {"reponse": "oui"}).status_code == 409


def test_one_comes_back_after_a_withdrawal_by_the_same_link(attendu):
    for reponse in ("oui", "retirer"):
        Client().post(page(attendu), {"reponse": reponse})
    html = lire(attendu)
    assert "Vous avez retiré votre accord" in html
    assert "J'accepte" in html
    donner_les_accords(attendu.partie.test)
