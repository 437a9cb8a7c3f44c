"""What is said between both sides and the cellule, the meeting, and saying no."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from engagement.liens import jeton_de_conversation
from engagement.models import MotifPrive
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import MiseEnRelationFactory, un_mediateur, une_mission

pytestmark = pytest.mark.django_db


@pytest.fixture
def mise():
    return MiseEnRelationFactory()


@pytest.fixture
def guichet(mise):
    return client_de(un_mediateur(mise.dispositif, nom="Médiatrice"))


def page(mise, cote="personne"):
    return reverse("engagement:conversation", args=[jeton_de_conversation(mise, cote)])


def rediger(genre, destinataire=None):
    messages = Message.objects.filter(genre=genre, etat="prevu")
    if destinataire:
        messages = messages.filter(destinataire=destinataire)
    message = messages.latest("pk")
    return redacteur_de(genre)(message)


def fixer(guichet, mise, le, lieu="Sur place"):
    envoi = {
        "geste": "fixer_rencontre",
        "jour": le.date().isoformat(),
        "heure": f"{le:%H:%M}",
        "lieu": lieu,
    }
    return guichet.post(mise.get_absolute_url(), envoi)


def test_an_answer_by_link_begins_the_discussion_and_tells_whoever_follows_it(
    client, mise, guichet
):
    assert (
        client.post(
            page(mise), {"geste": "repondre", "texte": "Oui, <b>volontiers</b>"}
        ).status_code
        == 302
    )
    mise.refresh_from_db()
    assert (mise.etat, mise.attend) == ("en_discussion", "cellule")
    assert Message.objects.filter(genre="reponse_recue").count() == 1
    dit = guichet.get(mise.get_absolute_url()).content.decode()
    assert "Oui, &lt;b&gt;volontiers&lt;/b&gt;" in dit
    client.post(page(mise), {"geste": "repondre", "texte": "Autre chose"})
    assert Message.objects.filter(genre="reponse_recue").count() == 1


def test_a_message_of_the_desk_leaves_for_one_side_which_alone_reads_it(client, mise, guichet):
    envoi = {
        "geste": "ecrire",
        "canal": "courriel",
        "avec": "accueil",
        "texte": "Une personne pourrait venir.",
    }
    guichet.post(mise.get_absolute_url(), envoi)
    courriel = rediger("mot_du_guichet", mise.besoin.accueil_email)
    assert "pourrait venir" in courriel.texte
    assert page(mise, "accueil")[:40] in courriel.texte
    assert "pourrait venir" in client.get(page(mise, "accueil")).content.decode()
    assert "pourrait venir" not in client.get(page(mise)).content.decode()


def test_a_call_noted_begins_the_discussion_and_is_read_by_the_cellule_alone(client, mise, guichet):
    envoi = {"geste": "ecrire", "canal": "appel", "avec": "personne", "texte": "Hésite un peu."}
    guichet.post(mise.get_absolute_url(), envoi)
    mise.refresh_from_db()
    assert mise.etat == "en_discussion"
    assert "Hésite un peu" not in client.get(page(mise)).content.decode()
    assert "Hésite un peu" in guichet.get(mise.get_absolute_url()).content.decode()


def test_addresses_stay_masked_until_everybody_has_agreed(client, mise, guichet):
    le = timezone.localtime(timezone.now() + dt.timedelta(days=3))
    fixer(guichet, mise, le)
    for cote, autre in (("personne", mise.besoin.accueil_email), ("accueil", mise.personne.email)):
        dit = client.get(page(mise, cote)).content.decode()
        assert autre not in dit
        assert mise.personne.telephone not in dit
    convenue = une_mission()
    assert convenue.personne.email in client.get(page(convenue, "accueil")).content.decode()
    assert convenue.besoin.accueil_email in client.get(page(convenue)).content.decode()


def test_the_page_of_the_cellule_shows_no_coordinates(mise, guichet):
    dit = guichet.get(mise.get_absolute_url()).content.decode()
    assert mise.personne.email not in dit
    assert mise.personne.telephone not in dit
    assert mise.besoin.accueil_email not in dit


def test_a_meeting_moved_or_cancelled_keeps_its_uid_and_its_sequence_grows(mise, guichet):
    le = timezone.localtime(timezone.now() + dt.timedelta(days=3))
    entrees = []
    for decalage in (0, 1):
        fixer(guichet, mise, le + dt.timedelta(days=decalage))
        courriel = rediger("rencontre_fixee", mise.personne.email)
        entrees.append(Calendar.from_ical(courriel.pieces[0].contenu).walk("VEVENT")[0])
    assert "déplacée" in courriel.objet
    guichet.post(mise.get_absolute_url(), {"geste": "annuler_rencontre"})
    annulee = rediger("rencontre_annulee", mise.besoin.accueil_email)
    entrees.append(Calendar.from_ical(annulee.pieces[0].contenu).walk("VEVENT")[0])
    assert len({str(e["UID"]) for e in entrees}) == 1
    sequences = [int(e["SEQUENCE"]) for e in entrees]
    assert sequences == sorted(set(sequences))
    assert [str(e["STATUS"]) for e in entrees] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert not Message.objects.filter(genre="rencontre_fixee", etat="prevu").exists()


@pytest.mark.parametrize(
    ("jour", "heure", "lieu"),
    [("2020-01-01", "10:00", "Ici"), ("2027-02-31", "10:00", "Ici"), ("2099-01-04", "25:00", "Ici"),
     ("2099-01-04", "10:00", ""), ("", "", ""), ("2099-01-04", "10:00", "a\x00b")],
)  # fmt: skip
def test_a_meeting_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    mise, guichet, jour, heure, lieu
):
    envoi = {"geste": "fixer_rencontre", "jour": jour, "heure": heure, "lieu": lieu}
    reponse = guichet.post(mise.get_absolute_url(), envoi)
    assert reponse.status_code in (409, 422)
    mise.refresh_from_db()
    assert mise.rencontre_le is None
    if jour and "\x00" not in lieu:
        assert f'value="{jour}"' in reponse.content.decode()


def test_saying_no_by_link_tells_each_one_what_is_for_them(client, mise, guichet):
    le = timezone.localtime(timezone.now() + dt.timedelta(days=3))
    fixer(guichet, mise, le)
    envoi = {"geste": "decliner", "motif": "Trop loin de chez moi", "prive": "Mal à l'aise"}
    client.post(page(mise), envoi)
    client.post(page(mise), envoi)
    mise.refresh_from_db()
    assert (mise.etat, mise.declinee_par, mise.motif) == (
        "declinee",
        "personne",
        "Trop loin de chez moi",
    )
    assert MotifPrive.objects.get().texte == "Mal à l'aise"
    courriel = rediger("mise_declinee", mise.besoin.accueil_email)
    assert "Trop loin" in courriel.texte
    assert b"STATUS:CANCELLED" in courriel.pieces[0].contenu
    dit = client.get(page(mise, "accueil")).content.decode()
    assert "Mal à" not in dit
    assert "Plus rien n" in guichet.get(mise.get_absolute_url()).content.decode()


def test_whoever_welcomes_and_never_heard_of_it_is_not_told_that_it_stops(mise):
    mise.decliner(cote="personne")
    assert not Message.objects.filter(genre="mise_declinee").exists()


def test_nothing_is_written_after_the_end_and_what_was_typed_is_kept(client, mise):
    mise.decliner(cote="accueil")
    reponse = client.post(page(mise), {"geste": "repondre", "texte": "Mes mots"})
    assert reponse.status_code == 409
    assert not mise.echanges.exists()


def test_strangers_of_any_role_meet_no_page(mise):
    for role in ("administrateur", "curateur", "agent"):
        autre = client_de(
            UtilisateurFactory(role=role) if role != "agent" else UtilisateurFactory()
        )
        assert autre.get(mise.get_absolute_url()).status_code == 404
        assert autre.post(mise.get_absolute_url(), {"geste": "decliner"}).status_code == 404


def test_a_link_cut_or_of_somebody_erased_leads_to_one_clear_page(client, mise):
    assert client.get(page(mise)[:-5] + "/").status_code == 404
    mise.personne.email = mise.personne.telephone = mise.personne.manager_email = ""
    mise.personne.manager_nom = ""
    mise.personne.effacee_le = timezone.now()
    mise.personne.save()
    assert client.get(page(mise)).status_code == 404


def test_opening_the_link_says_nothing_and_keeps_out_of_search_engines(client, mise):
    reponse = client.get(page(mise))
    assert reponse["X-Robots-Tag"].startswith("noindex")
    mise.refresh_from_db()
    assert mise.etat == "proposee"
