"""Asking: with an account, without one, by the cellule for somebody; when, in half-days."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from config.jours import instant_de
from engagement import tasks
from engagement.confirmation_besoin import jeton_de_confirmation
from engagement.models import Besoin, Ligne, Personne
from rappels.models import Message
from rappels.tasks import envoyer
from tests.conftest import client_de
from tests.fabriques import TerritoireFactory
from tests.fabriques_engagement import DispositifFactory, PersonneFactory, un_mediateur

pytestmark = pytest.mark.django_db
LUNDI = dt.date(2027, 1, 4)
MARDI = "2027-01-12"


@pytest.fixture(autouse=True)
def _lundi_matin():
    with time_machine.travel(instant_de(LUNDI, 9), tick=False):
        yield


@pytest.fixture
def dispositif():
    TerritoireFactory(nom="Vigny-sur-Mer", codes_postaux="99100")
    return DispositifFactory(debut=dt.date(2027, 1, 1))


def demande(**champs):
    return {
        "nature": "temps", "titre": "Renfort à l'accueil", "description": "Accueillir.", "places": "2",
        "urgence": "3", "commune": "Vigny-sur-Mer", "quand": "jour", "jour": MARDI, "moments": ["0"],
        "structure": "Épicerie solidaire", "nom": "Une responsable", "fonction": "responsable",
        "email": "epicerie@example.org", "telephone": "0600000001", "consent": "on", **champs,
    }  # fmt: skip


def poster(client, dispositif, page="demander", **champs):
    return client.post(reverse(f"engagement:{page}", args=[dispositif.pk]), demande(**champs))


def jours(besoin):
    return [(c.jour.isoformat(), c.moment) for c in besoin.creneaux.order_by("jour", "moment")]


def test_somebody_without_an_account_asks_then_confirms_by_the_link(client, dispositif):
    reponse = poster(client, dispositif)
    assert reponse.status_code == 302
    besoin = Besoin.objects.get()
    assert besoin.etat == "a_confirmer"
    assert besoin.demandeur.telephone == "06 00 00 00 01"
    assert besoin.demandeur.statut == "organisation"
    assert jours(besoin) == [(MARDI, 0)]
    assert (besoin.debut, besoin.fin, besoin.semaine) == (dt.date(2027, 1, 12),) * 2 + (1 << 2,)
    envoyer()
    adresse = reverse("engagement:confirmer_besoin", args=[jeton_de_confirmation(besoin)])
    assert adresse in mail.outbox[0].body
    page = client.get(adresse)
    assert "Renfort" in page.content.decode()
    besoin.refresh_from_db()
    assert besoin.etat == "a_confirmer", "a GET changes nothing"
    suivi = client.post(adresse, follow=True)
    assert (
        "Nous l&#x27;avons reçue" in suivi.content.decode()
        or "l'avons reçue" in suivi.content.decode()
    )
    besoin.refresh_from_db()
    assert besoin.etat == "a_qualifier"
    assert besoin.demandeur.confirmee_le is not None
    assert Ligne.objects.filter(sujet=f"besoin:{besoin.pk}", action="deposer").count() == 1
    assert client.post(adresse, follow=True).status_code == 200, (
        "a second click says where it stands"
    )
    envoyer()
    assert "bien reçu" in mail.outbox[1].body


def test_an_address_somebody_else_typed_changes_nothing_of_its_owner(client, dispositif):
    connue = PersonneFactory(dispositif=dispositif, email="epicerie@example.org", nom="La vraie")
    poster(client, dispositif, nom="Une autre")
    connue.refresh_from_db()
    assert connue.nom == "La vraie"
    assert connue.statut == "agent"
    assert Besoin.objects.get(demandeur=connue).etat == "a_confirmer"


def test_signed_in_the_need_is_received_at_once_and_an_agent_stays_one(dispositif, agent_a):
    connue = PersonneFactory(dispositif=dispositif, utilisateur=agent_a, email=agent_a.email)
    reponse = poster(client_de(agent_a), dispositif)
    besoin = Besoin.objects.get()
    assert reponse["Location"] == besoin.get_absolute_url()
    assert besoin.etat == "a_qualifier"
    assert besoin.demandeur == connue
    connue.refresh_from_db()
    assert (connue.statut, connue.structure) == ("agent", "Épicerie solidaire")
    assert Message.objects.filter(genre="besoin_recu", destinataire=agent_a.email).exists()
    assert client_de(agent_a).get(besoin.get_absolute_url()).status_code == 200


def test_the_same_need_sent_twice_is_one_need(dispositif, agent_a):
    client = client_de(agent_a)
    poster(client, dispositif)
    page = client.post(reverse("engagement:demander", args=[dispositif.pk]), demande(), follow=True)
    assert "une fois" in page.content.decode()
    assert Besoin.objects.count() == 1
    assert Personne.objects.filter(utilisateur=agent_a).count() == 1


def test_a_lost_mail_leaves_again_and_signing_in_confirms(client, dispositif, agent_a):
    poster(client, dispositif, email=agent_a.email)
    envoyer()
    with time_machine.travel(instant_de(LUNDI, 11), tick=False):
        poster(client, dispositif, email=agent_a.email)
        envoyer()
        assert [m.to for m in mail.outbox] == [[agent_a.email]] * 2
        poster(client_de(agent_a), dispositif)
    besoin = Besoin.objects.get()
    assert besoin.etat == "a_qualifier"
    assert besoin.demandeur.utilisateur == agent_a


def test_a_need_nobody_confirmed_is_forgotten(client, dispositif):
    poster(client, dispositif)
    with time_machine.travel(instant_de(LUNDI + dt.timedelta(days=7), 9), tick=False):
        assert tasks.oublier_les_besoins() == 0
    with time_machine.travel(instant_de(LUNDI + dt.timedelta(days=9), 9), tick=False):
        assert tasks.oublier_les_besoins() == 1
        assert tasks.oublier_les_besoins() == 0
    assert not Besoin.objects.exists()


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"commune": "Trifouillis-les-Oies"}, "Aucune commune de France"),
        ({"places": "-1"}, "Au moins une personne"),
        ({"places": "501"}, "500 personnes au plus"),
        ({"places": "beaucoup"}, "nombre entier"),
        ({"jour": "2027-01-03"}, "Déjà passé : dimanche 3 janvier 2027, matin"),
        ({"jour": "2027-02-31"}, "Cette date n&#x27;existe pas"),
        ({"jour": "20270-01-01"}, "Cette date n&#x27;existe pas"),
        ({"jour": "2031-01-01"}, "Trois ans au plus"),
        ({"jour": ""}, "Dites quel jour"),
        ({"moments": []}, "Dites le matin"),
        ({"moments": ["7"]}, "Sélectionnez un choix valide"),
        ({"quand": "jours", "jours": "12/01/2027\n31/02/2027\nbientôt"}, "« 31/02/2027 », « bientôt »"),
        ({"quand": "jours", "jours": ""}, "Écrivez au moins un jour"),
        ({"quand": "semaines", "jours_semaine": []}, "Cochez au moins un jour"),
        ({"quand": "semaines", "jours_semaine": ["1"], "debut": "2027-02-01", "fin": "2027-01-11"},
         "La fin vient après le début"),
        ({"quand": "semaines", "jours_semaine": ["1"], "debut": "2027-01-13", "fin": "2027-01-14"},
         "Aucun de ces jours"),
        ({"quand": "semaines", "jours_semaine": list("0123456"), "debut": "2027-01-11",
          "fin": "2028-12-31", "moments": ["0", "1"]}, "600 au plus"),
        ({"titre": ""}, "en une ligne"),
        ({"titre": "x\x00y"}, "caract"),
        ({"consent": ""}, "Sans votre accord"),
        ({"structure": ""}, "au nom de qui"),
        ({"email": "pas une adresse"}, "adresse e-mail"),
        ({"demande": ["week_end"]}, "Sélectionnez un choix valide"),
        ({"nature": "argent"}, "Sélectionnez un choix valide"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    client, dispositif, champs, dit
):
    reponse = poster(client, dispositif, **champs)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert dit in page
    assert "Une responsable" in page, "what was typed is still there"
    assert not Besoin.objects.exists()


def test_a_morning_is_past_at_one_o_clock_and_the_afternoon_is_not(client, dispositif):
    with time_machine.travel(instant_de(LUNDI, 13), tick=False):
        refus = poster(client, dispositif, jour=LUNDI.isoformat())
        assert "Déjà passé" in refus.content.decode()
        assert poster(client, dispositif, jour=LUNDI.isoformat(), moments=["1"]).status_code == 302


def test_a_list_of_days_says_its_halves(dispositif, agent_a):
    poster(
        client_de(agent_a), dispositif, quand="jours",
        jours="mardi 12/01/2027\n14/01/2027 après-midi ; 2027-01-16 matin\n12/01/2027",
        moments=["0", "1"],
    )  # fmt: skip
    besoin = Besoin.objects.get()
    assert jours(besoin) == [(MARDI, 0), (MARDI, 1), ("2027-01-14", 1), ("2027-01-16", 0)]
    assert besoin.demande == []


def test_every_week_steps_over_bank_holidays_and_says_so(dispositif, agent_a):
    # Easter Monday is 29 March 2027.
    regle = {
        "quand": "semaines",
        "jours_semaine": ["0"],
        "debut": "2027-03-22",
        "fin": "2027-04-05",
    }
    page = client_de(agent_a).post(
        reverse("engagement:demander", args=[dispositif.pk]), demande(**regle), follow=True
    )
    assert "Lundi de Pâques" in page.content.decode()
    besoin = Besoin.objects.get()
    assert jours(besoin) == [("2027-03-22", 0), ("2027-04-05", 0)]
    poster(client_de(agent_a), dispositif, **regle, feries="on", titre="Aussi férié")
    assert len(jours(Besoin.objects.get(titre="Aussi férié"))) == 3


def test_a_need_only_on_week_ends_asks_for_the_week_end(dispositif, agent_a):
    poster(client_de(agent_a), dispositif, quand="jours", jours="16/01/2027\n17/01/2027")
    assert Besoin.objects.get().demande == ["week_end"]


def test_a_loan_has_a_period_and_no_half_days(dispositif, agent_a):
    poster(
        client_de(agent_a), dispositif, nature="lieu", titre="Une salle", debut="2027-01-12",
        fin="2027-01-13", quand="", jour="", moments=[], places="40",
    )  # fmt: skip
    besoin = Besoin.objects.get()
    assert (besoin.nature, besoin.places, jours(besoin)) == ("lieu", 1, [])
    assert (besoin.debut, besoin.fin) == (dt.date(2027, 1, 12), dt.date(2027, 1, 13))
    assert besoin.semaine == 0b1111 << 2
    refus = poster(
        client_de(agent_a), dispositif, nature="lieu", debut="2027-01-01", fin="2027-01-02"
    )
    assert "Ce jour est déjà passé" in refus.content.decode()


def test_two_communes_of_one_name_are_chosen_between(client, dispositif):
    autre = TerritoireFactory(nom="Vigny-sur-Mer")
    reponse = poster(client, dispositif)
    assert reponse.status_code == 422
    assert "choisissez la bonne" in reponse.content.decode()
    assert poster(client, dispositif, commune_choix=str(autre.pk)).status_code == 302
    assert Besoin.objects.get().territoire == autre


def test_a_closed_or_hidden_dispositif_takes_no_need(client, dispositif, agent_a):
    dispositif.etat = "clos"
    dispositif.save()
    reponse = poster(client, dispositif)
    assert "ne prend plus de besoins" in reponse.content.decode()
    dispositif.etat = "preparation"
    dispositif.save()
    assert poster(client, dispositif).status_code == 404
    assert poster(client_de(agent_a), dispositif).status_code == 404
    assert not Besoin.objects.exists()


def test_too_many_demands_for_one_address_wait_and_nothing_is_lost(client, dispositif):
    for rang in range(3):
        assert poster(client, dispositif, titre=f"Besoin {rang}").status_code == 302
    reponse = poster(client, dispositif, titre="Besoin de trop")
    assert reponse.status_code == 429
    assert "Besoin de trop" in reponse.content.decode()
    assert Besoin.objects.count() == 3


def test_a_programme_that_fills_the_hidden_box_writes_nothing(client, dispositif):
    assert poster(client, dispositif, site_web="https://example.org").status_code == 302
    assert not Besoin.objects.exists()


def test_a_forged_cut_or_late_link_says_so(client, dispositif):
    poster(client, dispositif)
    besoin = Besoin.objects.get()
    for nom, jeton in [
        ("confirmer_besoin", "n-importe-quoi"),
        ("confirmer_besoin", besoin.jeton),  # of another page
        ("suivre_besoin", jeton_de_confirmation(besoin)),
        ("suivre_besoin", besoin.jeton),  # not confirmed yet
    ]:
        reponse = client.get(reverse(f"engagement:{nom}", args=[jeton]))
        assert reponse.status_code == 404
        assert "mène plus nulle part" in reponse.content.decode()
    jeton = jeton_de_confirmation(besoin)
    with time_machine.travel(instant_de(LUNDI + dt.timedelta(days=8), 9), tick=False):
        assert client.get(reverse("engagement:confirmer_besoin", args=[jeton])).status_code == 404


def test_a_need_cannot_be_confirmed_once_the_dispositif_is_closed(client, dispositif):
    poster(client, dispositif)
    besoin = Besoin.objects.get()
    dispositif.etat = "clos"
    dispositif.save()
    adresse = reverse("engagement:confirmer_besoin", args=[jeton_de_confirmation(besoin)])
    reponse = client.post(adresse)
    assert reponse.status_code == 409
    assert "ne prend plus de besoins" in reponse.content.decode()


def test_the_cellule_writes_for_an_inhabitant_without_an_address(dispositif):
    mediateur = un_mediateur(dispositif)
    champs = {"statut": "habitant", "email": "", "structure": "", "consentement": "telephone",
              "consenti_le": "2027-01-04"}  # fmt: skip
    reponse = poster(client_de(mediateur), dispositif, "demander_pour", **champs)
    assert reponse.status_code == 302
    besoin = Besoin.objects.get()
    assert besoin.etat == "a_qualifier"
    assert (besoin.demandeur.statut, besoin.demandeur.recueilli_par) == ("habitant", mediateur)
    assert besoin.demandeur.consentement == "telephone"
    assert not Message.objects.exists()
    ligne = Ligne.objects.get(sujet=f"besoin:{besoin.pk}")
    assert ligne.par == mediateur


def test_without_their_consent_nothing_is_written(dispositif):
    mediateur = un_mediateur(dispositif)
    reponse = poster(
        client_de(mediateur), dispositif, "demander_pour", statut="habitant", consent="",
        consentement="", consenti_le="2027-01-04",
    )  # fmt: skip
    assert reponse.status_code == 422
    assert not Besoin.objects.exists()
    assert not Personne.objects.exists()


def test_only_the_cellule_writes_for_others(dispositif, agent_a):
    assert poster(client_de(agent_a), dispositif, "demander_pour").status_code == 404
