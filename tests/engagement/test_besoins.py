"""The life of a need: qualified, set aside, closed; its half-days, its places; its pages and mails."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from config.jours import instant_de
from engagement.accords import BESOIN_CLOS
from engagement.models import Besoin, ConsultationContact, Ligne
from engagement.refus import ActionRefusee
from engagement.semaine import APRES_MIDI, MATIN
from rappels.models import Message
from rappels.tasks import envoyer
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    PersonneFactory,
    un_mediateur,
    une_mise_en_relation_en_accords,
    une_mission,
)

pytestmark = pytest.mark.django_db
LUNDI = dt.date(2027, 1, 4)
MARDI, MERCREDI = LUNDI + dt.timedelta(days=8), LUNDI + dt.timedelta(days=9)


@pytest.fixture(autouse=True)
def _lundi_matin():
    with time_machine.travel(instant_de(LUNDI, 9), tick=False):
        yield


@pytest.fixture
def dispositif():
    return DispositifFactory(debut=dt.date(2027, 1, 1))


@pytest.fixture
def mediateur(dispositif):
    return un_mediateur(dispositif, nom="Médiatrice")


def un_besoin(dispositif, **champs):
    champs = {"etat": "a_qualifier", "lieu": "1 rue du Port", "genre": dispositif.genres.first(),
              "creneaux": [(MARDI, MATIN)], **champs}  # fmt: skip
    return BesoinFactory(dispositif=dispositif, **champs)


def saisie(besoin, **champs):
    return {
        "titre": besoin.titre, "description": besoin.description, "genre": besoin.genre_id or "",
        "places": besoin.places, "urgence": besoin.urgence, "commune": besoin.territoire.nom,
        "lieu": besoin.lieu, "accueil_fonction": besoin.accueil_fonction, "accueil_nom": besoin.accueil_nom,
        "accueil_email": besoin.accueil_email, "binome": besoin.binome, "apprend": besoin.apprend,
        **champs,
    }  # fmt: skip


def version(client, besoin):
    page = client.get(reverse("engagement:qualifier", args=[besoin.pk])).content.decode()
    return page.partition('name="version" value="')[2].partition('"')[0]


def lignes(besoin):
    siennes = Ligne.objects.filter(sujet=f"besoin:{besoin.pk}")
    return list(siennes.order_by("pk").values_list("action", flat=True))


# --- Qualifying


def test_a_need_opens_only_once_complete_and_all_that_is_missing_is_named(dispositif, mediateur):
    besoin = un_besoin(
        dispositif,
        genre=None,
        lieu="",
        accueil_fonction="",
        creneaux=[(LUNDI - dt.timedelta(7), 0)],
    )
    with pytest.raises(ActionRefusee) as refus:
        besoin.qualifier(par=mediateur)
    dits = " ".join(refus.value.obstacles)
    assert len(refus.value.obstacles) == 4
    assert all(mot in dits for mot in ("genre de mission", "à venir", "qui accueille", "où"))
    page = client_de(mediateur).get(besoin.get_absolute_url()).content.decode()
    assert "Choisissez le genre de mission" in page
    besoin.refresh_from_db()
    assert besoin.etat == "a_qualifier"


def test_the_cellule_completes_and_opens_in_one_page_and_who_asked_is_told(dispositif, mediateur):
    besoin = un_besoin(dispositif, lieu="")
    client, adresse = client_de(mediateur), reverse("engagement:qualifier", args=[besoin.pk])
    vue = version(client, besoin)
    reponse = client.post(
        adresse, saisie(besoin, lieu="2 quai Sud", places="3", version=vue, ouvrir="1")
    )
    assert reponse["Location"] == besoin.get_absolute_url()
    besoin.refresh_from_db()
    assert (besoin.etat, besoin.lieu, besoin.places) == ("ouvert", "2 quai Sud", 3)
    assert besoin.mediateur == mediateur
    assert besoin.ouvert_le is not None
    assert lignes(besoin) == ["completer", "changer_places", "qualifier"]
    assert ConsultationContact.objects.filter(personne=besoin.demandeur, par=mediateur).exists()
    envoyer()
    assert [m.subject for m in mail.outbox] == [f"Nous cherchons : {besoin.titre}"]


def test_saved_without_what_opens_it_the_words_are_kept(dispositif, mediateur):
    besoin = un_besoin(dispositif, lieu="", accueil_fonction="")
    client = client_de(mediateur)
    reponse = client.post(
        reverse("engagement:qualifier", args=[besoin.pk]),
        saisie(besoin, titre="Mieux dit", version=version(client, besoin), ouvrir="1"),
    )
    assert reponse.status_code == 409
    assert "Dites qui accueille" in reponse.content.decode()
    besoin.refresh_from_db()
    assert (besoin.titre, besoin.etat) == ("Mieux dit", "a_qualifier")


def test_two_people_who_complete_the_same_need_see_each_other(dispositif, mediateur):
    besoin = un_besoin(dispositif)
    client, adresse = client_de(mediateur), reverse("engagement:qualifier", args=[besoin.pk])
    vue = version(client, besoin)
    client.post(adresse, saisie(besoin, titre="La première", version=vue))
    reponse = client.post(adresse, saisie(besoin, titre="La seconde", version=vue))
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "La première" in page
    assert "La seconde" in page
    besoin.refresh_from_db()
    assert besoin.titre == "La première"
    neuve = page.partition('name="version" value="')[2].partition('"')[0]
    client.post(adresse, saisie(besoin, titre="La seconde", version=neuve))
    besoin.refresh_from_db()
    assert besoin.titre == "La seconde"


def test_what_is_typed_wrong_while_completing_is_refused_in_words(dispositif, mediateur):
    besoin = un_besoin(dispositif)
    client = client_de(mediateur)
    reponse = client.post(
        reverse("engagement:qualifier", args=[besoin.pk]),
        saisie(besoin, commune="Nulle-Part", places="-3", accueil_email="x", version=""),
    )
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Aucune commune" in page
    assert "Au moins une personne" in page
    assert "adresse e-mail" in page


def test_a_need_opens_once(dispositif, mediateur):
    besoin = un_besoin(dispositif)
    besoin.qualifier(par=mediateur)
    with pytest.raises(ActionRefusee, match="ouvert"):
        besoin.qualifier(par=mediateur)
    with pytest.raises(PermissionDenied):
        un_besoin(dispositif).qualifier(par=UtilisateurFactory())


# --- Setting aside, closing


def test_set_aside_with_a_reason_for_who_asked(dispositif, mediateur):
    besoin = un_besoin(dispositif)
    client, adresse = client_de(mediateur), reverse("engagement:ecarter_besoin", args=[besoin.pk])
    assert client.post(adresse, {"motif": " "}).status_code == 422
    client.post(adresse, {"motif": "Le CCAS fait déjà ces courses."})
    besoin.refresh_from_db()
    assert (besoin.etat, besoin.motif) == ("ecarte", "Le CCAS fait déjà ces courses.")
    assert client.post(adresse, {"motif": "Encore"}).status_code == 409
    envoyer()
    assert "Le CCAS fait déjà ces courses." in mail.outbox[0].body
    suivi = client.get(reverse("engagement:suivre_besoin", args=[besoin.jeton])).content.decode()
    assert "Le CCAS fait déjà ces courses." in suivi
    assert lignes(besoin) == ["ecarter"]


def test_closing_declines_what_waits_and_tells_everybody_once(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert", places=1)
    en_mission = une_mission(mediateur, besoin=besoin)
    en_attente = une_mission(mediateur, besoin=besoin)
    proposee = MiseEnRelationFactory(besoin=besoin)
    assert en_attente.attente.etat == "attend"
    client, adresse = client_de(mediateur), reverse("engagement:clore_besoin", args=[besoin.pk])
    page = client.get(adresse).content.decode()
    assert "2 propositions en cours seront déclinées" in page
    client.post(adresse, {"motif": "L'épicerie ferme."})
    for mise in (en_mission, en_attente, proposee):
        mise.refresh_from_db()
    assert (en_mission.etat, en_attente.etat, proposee.etat) == (
        "en_mission",
        "declinee",
        "declinee",
    )
    assert (proposee.motif, proposee.declinee_par) == ("L'épicerie ferme.", "cellule")
    en_attente.attente.refresh_from_db()
    assert en_attente.attente.etat == "retiree"
    avant = lignes(besoin)
    assert (
        "déjà fermé" in client.post(adresse, {"motif": "Deux fois"}, follow=True).content.decode()
    )
    besoin.refresh_from_db()
    assert (besoin.etat, besoin.motif) == ("clos", "L'épicerie ferme.")
    assert lignes(besoin) == avant
    mail.outbox.clear()
    envoyer()
    pour = {m.to[0]: m.body for m in mail.outbox}
    assert "L'épicerie ferme." in pour[besoin.demandeur.email]
    assert "L'épicerie ferme." in pour[proposee.personne.email]


def test_an_accord_that_comes_once_the_need_is_closed_meets_clear_words(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert")
    mise = une_mise_en_relation_en_accords(mediateur, besoin=besoin)
    accord = mise.accords.filter(etat="demande").first()
    besoin.clore(par=mediateur, motif="Plus besoin.")
    page = client_de(None).post(
        reverse("engagement:accord", args=[accord.jeton]), {"reponse": "oui"}, follow=True
    )
    assert page.status_code in (200, 409)
    mise.refresh_from_db()
    assert mise.etat == "declinee"
    assert not mise.demi_journees.exclude(etat="annulee").exists()
    assert escape(BESOIN_CLOS) in page.content.decode()


def test_who_asked_takes_it_back_by_their_link(dispositif, mediateur, client):
    besoin = un_besoin(dispositif, etat="ouvert")
    mise = MiseEnRelationFactory(besoin=besoin)
    adresse = reverse("engagement:suivre_besoin", args=[besoin.jeton])
    assert "Ne plus chercher personne" in client.get(adresse).content.decode()
    page = client.post(adresse, {"motif": "Trouvé\x00 ailleurs"}, follow=True)
    assert "Trouvé ailleurs" in page.content.decode()
    mise.refresh_from_db()
    assert mise.etat == "declinee"
    assert "Ne plus chercher personne" not in page.content.decode()


def test_strangers_neither_close_nor_qualify(dispositif, administrateur):
    besoin = un_besoin(dispositif)
    for nom in ("qualifier", "ecarter_besoin", "clore_besoin", "creneaux_besoin", "besoin"):
        client = client_de(administrateur)
        assert client.get(reverse(f"engagement:{nom}", args=[besoin.pk])).status_code == 404, nom
    with pytest.raises(PermissionDenied):
        besoin.clore(par=UtilisateurFactory(), motif="Non")


# --- Half-days and places


def test_half_days_are_added_later_and_the_same_ones_once(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert")
    client, adresse = client_de(mediateur), reverse("engagement:creneaux_besoin", args=[besoin.pk])
    ajout = {"quand": "jours", "jours": "12/01/2027\n13/01/2027", "moments": ["0"]}
    assert client.post(adresse, ajout).status_code == 302
    assert "y étaient déjà" in client.post(adresse, ajout, follow=True).content.decode()
    besoin.refresh_from_db()
    assert besoin.creneaux.count() == 2
    assert (besoin.debut, besoin.fin) == (MARDI, MERCREDI)
    refus = client.post(adresse, {"quand": "jour", "jour": "2027-01-01", "moments": ["0"]})
    assert "Déjà passé" in refus.content.decode()


def test_a_half_day_nobody_has_is_taken_off_in_one_click(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert", creneaux=[(MARDI, MATIN), (MERCREDI, APRES_MIDI)])
    creneau = besoin.creneaux.get(jour=MERCREDI)
    client = client_de(mediateur)
    adresse = reverse("engagement:retirer_creneau", args=[besoin.pk, creneau.pk])
    client.post(adresse)
    besoin.refresh_from_db()
    assert besoin.fin == MARDI
    assert client.post(adresse).status_code == 404
    seul = besoin.creneaux.get()
    page = client.post(
        reverse("engagement:retirer_creneau", args=[besoin.pk, seul.pk]), follow=True
    )
    assert "la seule demi-journée" in page.content.decode()


def test_a_half_day_somebody_has_is_not_taken_off_without_telling(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert", creneaux=[(MARDI, MATIN), (MERCREDI, MATIN)])
    mise = une_mise_en_relation_en_accords(mediateur, besoin=besoin)
    mise.creneaux.set(besoin.creneaux.all())
    mise = une_mission(mediateur, besoin=besoin)
    creneau = mise.demi_journees.first().creneau
    adresse = reverse("engagement:retirer_creneau", args=[besoin.pk, creneau.pk])
    client = client_de(mediateur)
    with pytest.raises(ActionRefusee, match="dites d'abord pourquoi"):
        besoin.retirer_creneau(creneau, par=mediateur)
    reponse = client.post(adresse)
    assert reponse.status_code == 422
    assert mise.personne.nom in reponse.content.decode()
    assert besoin.creneaux.filter(pk=creneau.pk).exists()
    client.post(adresse, {"motif": "Travaux ce jour-là."})
    assert not besoin.creneaux.filter(pk=creneau.pk).exists()
    message = Message.objects.get(genre="creneau_retire", destinataire=mise.personne.email)
    assert message.donnees["motif"] == "Travaux ce jour-là."
    envoyer()
    assert "Travaux ce jour-là." in next(m.body for m in mail.outbox if "retirée" in m.subject)
    assert Ligne.objects.filter(
        sujet=f"mise_en_relation:{mise.pk}", action="retirer_creneau"
    ).exists()


def test_a_letter_that_named_a_half_day_taken_off_comes_back_to_the_cellule(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert", creneaux=[(MARDI, MATIN), (MERCREDI, MATIN)])
    mise = une_mise_en_relation_en_accords(mediateur, besoin=besoin)
    creneau = besoin.creneaux.get(jour=MERCREDI)
    mise.creneaux.set([creneau, besoin.creneaux.get(jour=MARDI)])
    assert besoin.retirer_creneau(creneau, par=mediateur) == 0
    mise.refresh_from_db()
    assert mise.attend == "cellule"
    sujet = f"mise_en_relation:{mise.pk}"
    assert Ligne.objects.filter(sujet=sujet, action="retirer_creneau").exists()


def test_a_half_day_said_done_is_not_taken_off(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert", creneaux=[(LUNDI, MATIN), (MARDI, MATIN)])
    mise = une_mission(mediateur, besoin=besoin)
    mise.demi_journees.update(etat="faite")
    with pytest.raises(ActionRefusee, match="a déjà dit"):
        besoin.retirer_creneau(mise.demi_journees.first().creneau, par=mediateur)


def test_fewer_places_than_people_coming_is_refused_and_more_serves_the_waiting_list(
    dispositif, mediateur
):
    besoin = un_besoin(dispositif, etat="ouvert", places=2)
    _, seconde, troisieme = [une_mission(mediateur, besoin=besoin) for _ in range(3)]
    assert (seconde.etat, troisieme.attente.etat) == ("en_mission", "attend")
    with pytest.raises(ActionRefusee, match="trop peu"):
        besoin.changer_places(1, par=mediateur)
    client, adresse = client_de(mediateur), reverse("engagement:changer_places", args=[besoin.pk])
    for faux in ("-1", "0", "beaucoup", "9" * 30, "501"):
        assert (
            "Entre 1 et 500" in client.post(adresse, {"places": faux}, follow=True).content.decode()
        )
    client.post(adresse, {"places": "3"})
    troisieme.attente.refresh_from_db()
    assert troisieme.attente.etat == "tenue"
    page = client.get(besoin.get_absolute_url()).content.decode()
    assert "place gardée" in page
    assert "3 sur 3, complet" in page
    assert "changer_places" in lignes(besoin)


def test_places_taken_move_to_the_first_numbers_when_there_are_fewer(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert", places=3)
    missions = [une_mission(mediateur, besoin=besoin) for _ in range(3)]
    missions[0].interrompre(par=mediateur, motif="Souci", prive="Souci")
    besoin.refresh_from_db()
    besoin.changer_places(2, par=mediateur)
    numeros = [m.demi_journees.get().numero for m in missions[1:]]
    assert sorted(numeros) == [1, 2]


def test_a_closed_need_no_longer_changes(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert")
    besoin.clore(par=mediateur, motif="Fini")
    for geste in (
        lambda: besoin.changer_places(4, par=mediateur),
        lambda: besoin.ajouter_creneaux([(MERCREDI, MATIN)], par=mediateur),
        lambda: besoin.retirer_creneau(besoin.creneaux.get(), par=mediateur),
    ):
        with pytest.raises(ActionRefusee, match="clos"):
            geste()
    client = client_de(mediateur)
    assert client.get(reverse("engagement:qualifier", args=[besoin.pk])).status_code == 302


# --- Pages


def test_who_asked_sees_where_it_stands_in_plain_words_and_nobody_s_name(dispositif, mediateur):
    user = UtilisateurFactory()
    demandeur = PersonneFactory(dispositif=dispositif, utilisateur=user, email=user.email)
    besoin = un_besoin(dispositif, etat="ouvert", demandeur=demandeur, places=2)
    client = client_de(user)
    assert "Nous cherchons quelqu&#x27;un" in client.get(besoin.get_absolute_url()).content.decode().replace(
        "Nous cherchons quelqu'un", "Nous cherchons quelqu&#x27;un"
    )  # fmt: skip
    mise = une_mission(mediateur, besoin=besoin)
    page = client.get(besoin.get_absolute_url()).content.decode()
    assert "Une personne est trouvée" in page
    assert "1 sur 2" in page
    assert mise.personne.nom not in page
    assert mise.personne.email not in page


def test_the_page_of_the_cellule_shows_no_coordinates(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert", accueil_nom="Nom d'accueil")
    une_mission(mediateur, besoin=besoin)
    page = client_de(mediateur).get(besoin.get_absolute_url()).content.decode()
    for cache in (besoin.accueil_email, besoin.demandeur.email, besoin.demandeur.telephone):
        assert cache not in page


def test_the_one_who_asked_hears_that_somebody_is_found_unless_they_are_the_host(
    dispositif, mediateur
):
    besoin = un_besoin(dispositif, etat="ouvert", places=2)
    une_mission(mediateur, besoin=besoin)
    trouves = Message.objects.filter(genre="besoin_trouve")
    assert trouves.get().destinataire == besoin.demandeur.email
    envoyer()
    assert any("Quelqu'un est trouvé" in m.subject for m in mail.outbox)
    Besoin.objects.filter(pk=besoin.pk).update(accueil_email="")
    une_mission(mediateur, besoin=Besoin.objects.get(pk=besoin.pk))
    assert trouves.count() == 1


def test_the_list_filters_and_costs_the_same_with_one_need_or_many(dispositif, mediateur):
    client, adresse = client_de(mediateur), reverse("engagement:besoins", args=[dispositif.pk])
    un_besoin(dispositif, titre="Distribuer des repas", urgence="1")

    def requetes():
        with CaptureQueriesContext(connection) as lues:
            reponse = client.get(adresse)
        return len(lues), reponse.content.decode()

    client.get(adresse)
    avant, _ = requetes()
    for rang in range(24):
        un_besoin(dispositif, titre=f"Accueil {rang}", etat="ouvert", mediateur=mediateur)
    un_besoin(dispositif, etat="a_confirmer", titre="Pas encore confirmé")
    apres, page = requetes()
    assert apres == avant <= 10
    assert "Pas encore confirmé" not in page
    assert "Besoins suivants" in page
    suite = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "Distribuer des repas" in client.get(adresse + suite).content.decode()
    for filtre, trouve in [
        ({"etat": "a_qualifier"}, True), ({"urgence": "1"}, True), ({"q": "repas"}, True),
        ({"suivi": "personne"}, True), ({"suivi": "moi"}, False), ({"etat": "clos"}, False),
        ({"nature": "lieu"}, False), ({"genre": "999999"}, False), ({"etat": "n'importe"}, False),
    ]:  # fmt: skip
        page = client.get(adresse, filtre).content.decode()
        assert ("Distribuer des repas" in page) is trouve, filtre
    assert client.get(adresse, {"apres": "x\x00y", "q": "\x00"}).status_code == 200


def test_the_page_of_a_need_costs_the_same_with_few_or_many_people(dispositif, mediateur):
    besoin = un_besoin(dispositif, etat="ouvert", places=10)
    client = client_de(mediateur)

    def requetes():
        with CaptureQueriesContext(connection) as lues:
            assert client.get(besoin.get_absolute_url()).status_code == 200
        return len(lues)

    MiseEnRelationFactory(besoin=besoin)
    client.get(besoin.get_absolute_url())
    avant = requetes()
    for _ in range(6):
        MiseEnRelationFactory(besoin=besoin, mediateur=mediateur)
    assert requetes() == avant <= 10
