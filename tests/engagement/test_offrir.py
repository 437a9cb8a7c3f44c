"""Offering: by a visitor, by somebody with an account, by the cellule for somebody."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from config.jours import jour_de
from engagement.models import Ligne, Offre, Personne
from rappels.models import Message
from tests.fabriques import OrganisationFactory, UtilisateurFactory, un_membre
from tests.fabriques_engagement import (
    DispositifFactory,
    OffreFactory,
    PersonneFactory,
    un_mediateur,
)
from tests.territoires_engagement import un_coin_de_pays

pytestmark = pytest.mark.django_db


@pytest.fixture
def pays():
    return un_coin_de_pays()


@pytest.fixture
def dispositif(pays):
    return DispositifFactory(territoire=pays["epci"], aux_organisations=True)


def saisie(**champs):
    """What an inhabitant types."""
    return {
        "nature": "temps", "envies": "Cuisiner, accueillir", "demi_journees": ["0", "3"],
        "commune": "Lambersart", "rayon": "epci", "debut": f"{jour_de():%Y-%m-%d}", "fin": "",
        "statut": "habitant", "nom": "Habitante", "email": "Habitante@Example.org", "telephone": "0600000001",
        "consent": "on", **champs,
    }  # fmt: skip


def offrir(client, dispositif, **champs):
    return client.post(reverse("engagement:offrir", args=[dispositif.pk]), saisie(**champs))


def page_de(personne):
    return reverse("engagement:mon_engagement", args=[personne.jeton])


def test_a_visitor_offers_time_and_nothing_counts_before_their_address_is_confirmed(
    client, dispositif, pays
):
    reponse = offrir(client, dispositif)
    assert reponse.status_code == 302
    assert reponse["Location"] == reverse("engagement:offre_recue", args=[dispositif.pk])
    offre = Offre.objects.get()
    assert (offre.etat, offre.personne.email, offre.personne.telephone) == (
        "a_confirmer", "habitante@example.org", "06 00 00 00 01",
    )  # fmt: skip
    assert (offre.territoire, offre.epci, offre.quand) == (
        pays["Lambersart"], pays["epci"], "lundi matin, mardi après-midi",
    )  # fmt: skip
    assert not offre.personne.joignable
    assert not Offre.objects.actives().exists()
    message = Message.objects.get()
    assert (message.genre, message.destinataire) == ("offre_a_confirmer", "habitante@example.org")


def test_the_link_of_the_mail_confirms_only_when_it_is_pressed(client, dispositif):
    offrir(client, dispositif)
    offre = Offre.objects.get()
    lu = client.get(page_de(offre.personne))
    assert "Oui, je confirme" in lu.content.decode()
    offre.refresh_from_db()
    assert offre.etat == "a_confirmer"
    client.post(page_de(offre.personne), {"geste": "confirmer", "numero": offre.pk})
    client.post(page_de(offre.personne), {"geste": "confirmer", "numero": offre.pk})
    offre.refresh_from_db()
    assert offre.etat == "active"
    assert offre.personne.joignable
    assert list(Message.objects.filter(genre="offre_bienvenue").values_list("destinataire", flat=True)) == [
        "habitante@example.org"
    ]  # fmt: skip
    lignes = Ligne.objects.filter(sujet=f"offre:{offre.pk}").values_list("action", flat=True)
    assert list(lignes) == ["deposer", "confirmer"]


def test_an_offer_made_in_somebody_else_s_name_is_erased_by_them(client, dispositif):
    offrir(client, dispositif)
    offre = Offre.objects.get()
    client.post(page_de(offre.personne), {"geste": "pas_moi", "numero": offre.pk})
    assert not Offre.objects.exists()


def test_a_known_address_typed_by_a_stranger_changes_nothing_of_that_person(client, dispositif):
    connue = PersonneFactory(dispositif=dispositif, email="habitante@example.org", nom="La vraie")
    nouvelle = offrir(client, dispositif, nom="Autre", telephone="0611111111")
    connue.refresh_from_db()
    assert nouvelle["Location"] == reverse("engagement:offre_recue", args=[dispositif.pk])
    assert (connue.nom, connue.telephone) == ("La vraie", "06 00 00 00 01")
    assert connue.offres.get().etat == "a_confirmer"


def test_the_same_offer_sent_twice_is_there_once(client, dispositif):
    offrir(client, dispositif)
    offrir(client, dispositif)
    assert Offre.objects.count() == Personne.objects.count() == Message.objects.count() == 1
    habitante = UtilisateurFactory()
    client.force_login(habitante)
    offrir(client, dispositif)
    reponse = client.post(reverse("engagement:offrir", args=[dispositif.pk]), saisie(), follow=True)
    assert "elle n'y est qu'une fois" in " ".join(
        reponse.content.decode().replace("&#x27;", "'").split()
    )
    assert habitante.personnes.get().offres.count() == 1


def test_an_agent_signed_in_offers_at_once_with_their_manager(client, dispositif):
    organisation = OrganisationFactory()
    agente = un_membre(organisation)
    client.force_login(agente)
    page = client.get(reverse("engagement:offrir", args=[dispositif.pk]), {"nature": "temps"})
    assert agente.nom in page.content.decode()
    reponse = offrir(
        client, dispositif, statut="agent", organisation=organisation.pk, fonction="agente d'accueil",
        manager_nom="Responsable", manager_email="Chef@example.org", refuse=["week_end", "port_de_charge"],
        raccourcis=["week_end", "matins"],
    )  # fmt: skip
    personne = agente.personnes.get()
    assert reponse["Location"] == page_de(personne)
    assert (personne.statut, personne.manager_email, personne.organisation) == (
        "agent", "chef@example.org", organisation,
    )  # fmt: skip
    offre = personne.offres.get()
    assert offre.etat == "active"
    assert "samedi" not in offre.quand
    assert "vendredi matin" in offre.quand
    assert offre.refuse == ["week_end", "port_de_charge"]


def test_somebody_known_by_their_address_is_joined_to_their_account(client, dispositif):
    connue = PersonneFactory(dispositif=dispositif, statut="habitant")
    client.force_login(UtilisateurFactory(email=connue.email))
    offrir(client, dispositif)
    connue.refresh_from_db()
    assert connue.utilisateur.email == connue.email
    assert connue.offres.count() == 1


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"demi_journees": []}, "Cochez au moins une demi-journée"),
        ({"demi_journees": ["10"], "refuse": ["week_end"]}, "gardez l'un des deux"),
        ({"commune": "Nulleparville"}, "Aucune commune"),
        ({"commune": "Saint-Martin"}, "choisissez la bonne"),
        ({"debut": "2020-01-01"}, "Cette date est passée"),
        ({"debut": "31/02/2027"}, "Cette date n'existe pas"),
        ({"debut": "2027-03-02", "fin": "2027-03-01"}, "La fin vient avant le début"),
        ({"email": "pas une adresse"}, "n'est pas valide"),
        ({"telephone": "12"}, "pas complet"),
        ({"consent": ""}, "Sans votre accord"),
        ({"statut": "agent"}, "agent"),
        ({"nom": ""}, "obligatoire"),
        ({"nom": "a\x00b"}, "nul"),
        ({"envies": "a" * 20_001}, "20000"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, dispositif, champs, dit):
    reponse = offrir(client, dispositif, **{"contraintes": "Sortie d'école à 16 h", **champs})
    html = reponse.content.decode().replace("&#x27;", "'")
    assert reponse.status_code == 422
    assert dit in html
    assert "Sortie d'école à 16 h" in html
    assert not Offre.objects.exists()


def test_two_communes_of_one_name_are_chosen_between(client, dispositif, pays):
    choisie = pays["Saint-Martin du Sud"]
    reponse = offrir(client, dispositif, commune="Saint-Martin", commune_choix=choisie.pk)
    assert reponse.status_code == 302
    assert Offre.objects.get().territoire == choisie


def test_no_more_kinds_than_the_dispositif_lets_one_prefer(client, pays):
    dispositif = DispositifFactory(genres=["A", "B", "C"], genres_preferes=2)
    genres = [g.pk for g in dispositif.genres.all()]
    assert "2 au plus" in offrir(client, dispositif, genres=genres).content.decode()
    offrir(client, dispositif, genres=genres[:2])
    assert Offre.objects.get().genres.count() == 2


def test_a_room_is_offered_with_its_conditions(client, dispositif):
    offrir(
        client, dispositif, nature="lieu", titre="Salle de 40 places", conditions="Ménage fait",
        lieu="Place de la mairie", demi_journees=[], statut="organisation",
    )  # fmt: skip
    offre = Offre.objects.get()
    assert (offre.titre, offre.quand, offre.personne.statut) == (
        "Salle de 40 places", "toute la semaine", "organisation",
    )  # fmt: skip
    message = Message.objects.get()
    from rappels.registre import redacteur_de

    courriel = redacteur_de(message.genre)(message)
    assert "Salle" not in courriel.texte, "words of a stranger leave to nobody's letter box"


def test_only_what_the_dispositif_takes_may_be_offered(client, pays):
    dispositif = DispositifFactory(du_materiel=False, des_lieux=False)
    assert offrir(client, dispositif, nature="materiel", titre="Vélo").status_code == 302
    assert Offre.objects.get().nature == "temps"  # the only one there is
    agents = DispositifFactory(aux_habitants=False)
    page = client.get(reverse("engagement:offrir", args=[agents.pk]), {"nature": "temps"})
    assert "Me connecter" in page.content.decode()
    assert offrir(client, agents).status_code == 409


def test_a_closed_dispositif_takes_nothing_and_says_so(client, dispositif):
    dispositif.etat = "clos"
    dispositif.save()
    reponse = offrir(client, dispositif)
    assert reponse.status_code == 409
    assert "ne prend plus d" in reponse.content.decode()
    assert not Offre.objects.exists()


def test_one_not_opened_yet_is_unknown_to_visitors(client, pays):
    dispositif = DispositifFactory(etat="preparation")
    assert offrir(client, dispositif).status_code == 404


def test_a_machine_that_fills_the_hidden_box_thinks_it_won(client, dispositif):
    assert offrir(client, dispositif, site_web="x").status_code == 302
    assert not Offre.objects.exists()


def test_a_flood_is_slowed_and_loses_nothing(client, dispositif):
    reponses = [offrir(client, dispositif, envies=f"Envie {n}") for n in range(4)]
    assert [r.status_code for r in reponses] == [
        302,
        302,
        302,
        429,
    ]  # one address, three mails an hour
    assert "Envie 3" in reponses[3].content.decode()
    assert reponses[3]["Retry-After"]


def test_the_cellule_writes_for_somebody_without_an_address(client, dispositif):
    mediateur = un_mediateur(dispositif)
    client.force_login(mediateur)
    adresse = reverse("engagement:saisir_offre", args=[dispositif.pk])
    donnees = saisie(
        email="",
        consentement="telephone",
        consenti_le="2020-01-02",
        autres_mots="Permis B, cuisine",
    )
    reponse = client.post(adresse, donnees)
    offre = Offre.objects.get()
    personne = offre.personne
    assert reponse["Location"] == reverse("engagement:offre", args=[offre.pk])
    assert (offre.etat, offre.etiquettes) == ("active", ["permis b", "cuisine"])
    assert (personne.consentement, personne.recueilli_par, jour_de(personne.consenti_le)) == (
        "telephone", mediateur, dt.date(2020, 1, 2),
    )  # fmt: skip
    assert not Message.objects.exists()
    client.post(adresse, donnees)
    assert Offre.objects.count() == Personne.objects.count() == 1


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"consent": ""}, "Sans l'accord de la personne"),
        ({"consentement": "en_ligne"}, "en_ligne"),
        ({"consenti_le": "2098-01-01"}, "pas encore venue"),
        ({"email": "", "telephone": ""}, "par qui joindre la personne"),
    ],
)
def test_the_cellule_writes_nothing_without_a_consent_and_a_way_to_reach(
    client, dispositif, champs, dit
):
    client.force_login(un_mediateur(dispositif))
    donnees = saisie(consentement="guichet", consenti_le=f"{jour_de():%Y-%m-%d}") | champs
    reponse = client.post(reverse("engagement:saisir_offre", args=[dispositif.pk]), donnees)
    assert reponse.status_code == 422
    assert dit in reponse.content.decode().replace("&#x27;", "'")
    assert not Offre.objects.exists()


def test_with_an_address_the_person_is_told_and_gets_their_link(client, dispositif):
    client.force_login(un_mediateur(dispositif))
    donnees = saisie(consentement="papier", consenti_le=f"{jour_de():%d/%m/%Y}")
    client.post(reverse("engagement:saisir_offre", args=[dispositif.pk]), donnees)
    from rappels.registre import redacteur_de

    message = Message.objects.get(genre="offre_bienvenue")
    courriel = redacteur_de(message.genre)(message)
    assert "Elle a été écrite pour vous" in courriel.texte
    lien = re.search(r"https?://[^/\s]+(/engagement/moi/\S+)", courriel.texte).group(1)
    assert Client().get(lien).status_code == 200


def test_words_already_used_here_are_proposed(client, dispositif):
    OffreFactory(personne__dispositif=dispositif, etiquettes=["permis b"])
    OffreFactory(etiquettes=["ailleurs"])
    html = client.get(
        reverse("engagement:offrir", args=[dispositif.pk]), {"nature": "temps"}
    ).content.decode()
    assert "permis b" in html
    assert "ailleurs" not in html


def test_the_choice_of_what_to_offer_comes_first(client, dispositif):
    html = client.get(reverse("engagement:offrir", args=[dispositif.pk])).content.decode()
    assert "?nature=lieu" in html
