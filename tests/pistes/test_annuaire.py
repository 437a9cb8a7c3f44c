"""The annuaire: nobody is in it without their consent, and what is refused is gone."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from pistes.models import FicheActeur
from pistes.obstacles_annuaire import PAR_ADRESSE, PAR_JOUR
from pistes.tasks import effacer_les_fiches
from rappels.models import Message
from rappels.registre import attend_le_matin, peut_se_refuser, redacteur_de
from tests.conftest import client_de
from tests.fabriques import (
    CahierFactory,
    OrganisationFactory,
    TerritoireFactory,
    UtilisateurFactory,
    un_membre,
)

ADRESSE = "fournil@example.org"


@pytest.fixture
def territoire(db):
    return TerritoireFactory(nom="Vizille")


def _proposer(user, suite="", **champs):
    donnees = {
        "nom": "Le fournil commun",
        "type": "entreprise",
        "territoire_nom": "Vizille",
        "activite": "Du pain à prix libre.",
        "contact": "Le jeudi, halle du marché",
        "email": ADRESSE,
        "organisation": user.adhesions.get().organisation_id,
        **champs,
    }
    return client_de(user).post(reverse("pistes:proposer_fiche") + suite, donnees)


@pytest.fixture
def fiche(agent_a, territoire):
    _proposer(agent_a)
    return FicheActeur.objects.get()


def _lien(fiche):
    return reverse("pistes:accord_annuaire", args=[fiche.jeton_signe])


def _oui(client, fiche, **corrections):
    champs = {nom: getattr(fiche, nom) for nom in ("nom", "type", "activite", "contact")}
    return client.post(_lien(fiche), champs | {"reponse": "oui"} | corrections)


def _annuaire(user, **filtre):
    return client_de(user).get(reverse("pistes:annuaire"), filtre).content.decode()


def test_the_owner_is_asked_by_a_mail_with_the_exact_words(fiche, habitant):
    assert (fiche.etat, fiche.email) == ("demande", ADRESSE)
    assert "fournil" not in _annuaire(habitant)
    maintenant, relance = Message.objects.order_by("prevu_le")
    assert (maintenant.genre, maintenant.destinataire) == ("annuaire_accord", ADRESSE)
    assert (relance.prevu_le - maintenant.prevu_le).days == 15
    assert not peut_se_refuser("annuaire_accord")
    assert attend_le_matin("annuaire_relance")
    courriel = redacteur_de("annuaire_accord")(maintenant)
    for mot in ("Le fournil commun", "Du pain à prix libre.", "halle du marché", _lien(fiche)):
        assert mot in courriel.texte, mot
    assert "Du pain à prix libre." in courriel.html


def test_the_page_shows_what_would_be_shown_and_opening_it_answers_nothing(fiche, client):
    page = client.get(_lien(fiche))
    html = page.content.decode()
    assert "Du pain à prix libre." in html
    assert ADRESSE not in html
    assert page["X-Robots-Tag"].startswith("noindex")
    fiche.refresh_from_db()
    assert fiche.etat == "demande"


def test_accepted_it_is_in_the_annuaire_for_people_signed_in(fiche, client, habitant):
    assert _oui(client, fiche).status_code == 302
    html = _annuaire(habitant)
    assert "Le fournil commun" in html
    assert ADRESSE not in html
    assert reverse("account_login") in client.get(reverse("pistes:annuaire")).url
    assert not Message.objects.filter(etat="prevu").exists()
    _oui(client, fiche)
    assert FicheActeur.objects.get().etat == "accepte"


def test_the_owner_corrects_before_and_after_their_yes(fiche, client, habitant):
    _oui(client, fiche, activite="Du pain et de la soupe.", contact="")
    html = _annuaire(habitant)
    assert "Du pain et de la soupe." in html
    assert "halle du marché" not in html
    fiche.refresh_from_db()
    _oui(client, fiche, nom="Le four commun")
    assert "Le four commun" in _annuaire(habitant)


def test_a_faulty_correction_is_refused_and_kept(fiche, client):
    for faute in ({"nom": ""}, {"nom": "x" * 161}, {"activite": "nul \x00"}, {"type": "x"}):
        reponse = _oui(client, fiche, **faute)
        assert reponse.status_code == 422, faute
    fiche.refresh_from_db()
    assert fiche.etat == "demande"


@pytest.mark.parametrize("apres_un_oui", [False, True])
def test_a_no_erases_every_word_and_the_address_at_once(fiche, client, habitant, apres_un_oui):
    if apres_un_oui:
        _oui(client, fiche)
    client.post(_lien(fiche), {"reponse": "non"})
    client.post(_lien(fiche), {"reponse": "non"})
    efface = FicheActeur.objects.get()
    assert efface.etat == ("retire" if apres_un_oui else "refuse")
    assert [efface.nom, efface.activite, efface.contact, efface.email] == [""] * 4
    assert efface.cahier is None
    assert "fournil" not in _annuaire(habitant)
    assert not Message.objects.filter(etat="prevu").exists()
    assert "12 mois" in client.get(_lien(fiche)).content.decode()
    assert _oui(client, fiche).status_code == 422


def test_who_said_no_is_not_asked_again_unless_they_want_it(fiche, client, agent_a, agent_b):
    client.post(_lien(fiche), {"reponse": "non"})
    reponse = _proposer(agent_b, nom="Autre nom")
    assert reponse.status_code == 422
    assert "a dit non" in reponse.content.decode()
    assert "Autre nom" in reponse.content.decode()
    client.post(_lien(fiche), {"reponse": "oublier"})
    assert not FicheActeur.objects.exists()
    assert client.get(_lien(fiche)).status_code == 404
    assert _proposer(agent_b).status_code == 302


def test_a_damaged_link_opens_nothing(client, db):
    for jeton in ("x", "a:b:c", "%00"):
        assert client.get(f"/annuaire/accord/{jeton}/").status_code == 404


def test_an_answer_nobody_offered_changes_nothing(fiche, client):
    assert client.post(_lien(fiche), {"reponse": "peut-etre"}).status_code == 422
    assert client.post(_lien(fiche), {"reponse": "oublier"}).status_code == 422
    fiche.refresh_from_db()
    assert fiche.etat == "demande"


def test_the_same_proposal_sent_twice_asks_once(fiche, agent_a, agent_b):
    _proposer(agent_a)
    assert FicheActeur.objects.count() == 1
    assert Message.objects.count() == 2
    reponse = _proposer(agent_b)
    assert reponse.status_code == 422
    assert "déjà proposé" in reponse.content.decode()


def test_nobody_is_flooded(agent_a, territoire):
    for n in range(PAR_ADRESSE):
        _proposer(agent_a, nom=f"Acteur {n}")
    reponse = _proposer(agent_a, nom="De trop")
    assert reponse.status_code == 422
    assert "plusieurs demandes" in reponse.content.decode()
    for n in range(PAR_JOUR - PAR_ADRESSE):
        _proposer(agent_a, nom="Un autre", email=f"p{n}@example.org")
    reponse = _proposer(agent_a, email="encore@example.org")
    assert "24 heures" in reponse.content.decode()
    assert FicheActeur.objects.count() == PAR_JOUR


@pytest.mark.parametrize(
    "faute",
    [
        {"nom": ""},
        {"email": "pas une adresse"},
        {"territoire_nom": "Nulle-Part"},
        {"territoire_nom": ""},
        {"activite": "x" * 2001},
        {"organisation": "999999"},
        {"nom": "nul \x00"},
    ],
)
def test_a_faulty_proposal_is_refused_and_asks_nobody(agent_a, territoire, faute):
    reponse = _proposer(agent_a, **faute)
    assert reponse.status_code == 422
    assert "est perdu" in reponse.content.decode()
    assert not FicheActeur.objects.exists()
    assert not Message.objects.exists()


def test_one_proposed_from_a_cahier_is_named_there_once_accepted(
    agent_a, agent_b, organisation_a, territoire, client
):
    cahier = CahierFactory(organisation=organisation_a)
    _proposer(agent_b, suite=f"?cahier={cahier.pk}", nom="D'ailleurs")
    assert FicheActeur.objects.get().cahier is None  # not their cahier
    _proposer(agent_a, suite=f"?cahier={cahier.pk}", email="autre@example.org")
    fiche = FicheActeur.objects.get(cahier=cahier)
    lecture = client_de(agent_b)
    assert "fournil" not in lecture.get(cahier.get_absolute_url()).content.decode()
    _oui(client, fiche)
    assert "fournil" in lecture.get(cahier.get_absolute_url()).content.decode()
    assert "fournil" not in client.get(cahier.get_absolute_url()).content.decode()


def test_an_organisation_takes_its_proposal_back(fiche, agent_a, agent_b, client):
    adresse = reverse("pistes:retirer_fiche", args=[fiche.pk])
    assert "fournil" in client_de(agent_a).get(reverse("pistes:fiches_proposees")).content.decode()
    client_de(agent_b).post(adresse)
    assert FicheActeur.objects.exists()
    client_de(agent_a).post(adresse)
    assert not FicheActeur.objects.exists()
    assert not Message.objects.filter(etat="prevu").exists()
    page = client_de(agent_a).post(adresse, follow=True).content.decode()
    assert "plus, à votre organisation" in page


def test_a_refusal_is_not_taken_back_by_who_asked(fiche, agent_a, client):
    client.post(_lien(fiche), {"reponse": "non"})
    client_de(agent_a).post(reverse("pistes:retirer_fiche", args=[fiche.pk]))
    assert FicheActeur.objects.get().etat == "refuse"


def test_silence_ends_after_sixty_days_and_the_trace_of_a_no_after_a_year(fiche, agent_a, client):
    maintenant = timezone.now()
    _proposer(agent_a, nom="Qui tarde", email="tarde@example.org")
    client.post(_lien(fiche), {"reponse": "non"})
    FicheActeur.objects.filter(nom="Qui tarde").update(
        demande_le=maintenant - dt.timedelta(days=59)
    )
    assert effacer_les_fiches() == 0
    FicheActeur.objects.filter(nom="Qui tarde").update(
        demande_le=maintenant - dt.timedelta(days=61)
    )
    assert effacer_les_fiches() == 1
    assert not Message.objects.filter(etat="prevu", destinataire="tarde@example.org").exists()
    FicheActeur.objects.update(repondu_le=maintenant - dt.timedelta(days=367))
    assert effacer_les_fiches() == 1
    assert effacer_les_fiches() == 0
    assert not FicheActeur.objects.exists()


def test_an_accepted_entry_does_not_end_by_itself(fiche, client):
    _oui(client, fiche)
    longtemps = timezone.now() - dt.timedelta(days=900)
    FicheActeur.objects.update(demande_le=longtemps, repondu_le=longtemps)
    assert effacer_les_fiches() == 0


def test_a_mail_whose_reason_is_gone_does_not_leave(fiche, client):
    _oui(client, fiche)
    for message in Message.objects.all():
        assert redacteur_de(message.genre)(message) is None


def test_it_is_searched_by_words_type_and_territory_with_what_it_contains(fiche, client, habitant):
    isere = TerritoireFactory(nom="Isère", niveau="departement")
    fiche.territoire.departement = isere
    fiche.territoire.save()
    TerritoireFactory(nom="Le Havre")
    _oui(client, fiche)
    for filtre in (
        {"q": "pains"},
        {"type": "entreprise"},
        {"territoire": "isère"},
        {"territoire": "vizille"},
    ):
        assert "Le fournil commun" in _annuaire(habitant, **filtre), filtre
    for filtre in (
        {"q": "girafe"},
        {"type": "elu"},
        {"territoire": "le havre"},
        {"territoire": "Nulle-Part"},
        {"type": "\x00"},
    ):
        assert "Le fournil commun" not in _annuaire(habitant, **filtre), filtre


def test_the_annuaire_costs_the_same_with_many(
    territoire, organisation_a, django_assert_max_num_queries
):
    client = client_de(UtilisateurFactory())
    compte = []
    for combien in (1, 45):
        FicheActeur.objects.bulk_create(
            FicheActeur(
                organisation=organisation_a,
                territoire=territoire,
                type="agent",
                nom=f"Acteur {combien}-{n}",
                email=f"a{combien}-{n}@example.org",
                etat="accepte",
            )
            for n in range(combien)
        )
        client.get(reverse("pistes:annuaire"))
        with django_assert_max_num_queries(10) as requetes:
            page = client.get(reverse("pistes:annuaire"))
        compte.append(len(requetes))
    assert compte[0] == compte[1]
    assert len(page.context["page"].object_list) == 30


@pytest.mark.django_db(transaction=True)
def test_one_actor_proposed_by_two_organisations_at_once_is_asked_once():
    TerritoireFactory(nom="Vizille")
    membres = [un_membre(OrganisationFactory()) for _ in range(2)]
    depart, statuts = threading.Barrier(2), []

    def envoyer(user):
        try:
            depart.wait()
            statuts.append(_proposer(user).status_code)
        finally:
            connection.close()

    clics = [threading.Thread(target=envoyer, args=[user]) for user in membres]
    for clic in clics:
        clic.start()
    for clic in clics:
        clic.join(timeout=20)
    assert sorted(statuts) == [302, 422]
    assert FicheActeur.objects.count() == 1
