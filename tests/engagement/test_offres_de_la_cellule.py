"""Offers and people, for the cellule: the list, one offer, coordinates after a logged gesture, on somebody's behalf."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.models import ConsultationContact, Ligne, Offre
from engagement.semaine import MATIN, bit
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
    un_mediateur,
    une_salle_photographiee,
)
from tests.territoires_engagement import un_coin_de_pays

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispositif():
    return DispositifFactory()


@pytest.fixture
def mediateur(client, dispositif):
    user = un_mediateur(dispositif, nom="Médiatrice")
    client.force_login(user)
    return user


def texte(reponse):
    return reponse.content.decode().replace("&#x27;", "'")


def liste(client, dispositif, **criteres):
    return texte(client.get(reverse("engagement:offres", args=[dispositif.pk]), criteres))


@pytest.mark.parametrize(
    "criteres",
    [
        {"q": "Cherchée"}, {"q": "06 12 34 56 78"}, {"q": "jardin"}, {"q": "permis b"}, {"nature": "materiel"},
        {"etat": "terminee"}, {"territoire": "Lambersart"}, {"territoire": "Métropole"}, {"territoire": "Nord"},
        {"quand": "0"}, {"etat": "pause"},
    ],
)  # fmt: skip
def test_each_filter_keeps_what_it_says(client, mediateur, dispositif, criteres):
    pays = un_coin_de_pays()
    offre = OffreFactory(
        personne__dispositif=dispositif, personne__nom="Cherchée", personne__telephone="06 12 34 56 78",
        envies="Tenir un jardin", etiquettes=["permis b"], territoire=pays["Lambersart"], semaine=bit(0, MATIN),
        nature="materiel" if "nature" in criteres else "temps",
    )  # fmt: skip
    OffreFactory(
        personne__dispositif=dispositif, personne__nom="Autre", semaine=bit(1, MATIN), envies="Lire"
    )
    if criteres.get("etat") == "terminee":
        offre.terminer()
    if criteres.get("etat") == "pause":
        offre.personne.mettre_en_pause()
    html = liste(client, dispositif, **criteres)
    assert "Cherchée" in html
    assert "Autre" not in html


def test_a_filter_by_kind_and_a_place_that_does_not_exist(client, mediateur, dispositif):
    un_coin_de_pays()
    offre = OffreFactory(personne__dispositif=dispositif, personne__nom="Cherchée")
    genre = dispositif.genres.first()
    assert "Cherchée" not in liste(client, dispositif, genre=genre.pk)
    offre.genres.add(genre)
    assert "Cherchée" in liste(client, dispositif, genre=genre.pk)
    ailleurs = DispositifFactory().genres.first()
    assert "Voir toutes les offres" in liste(client, dispositif, genre=ailleurs.pk)
    assert "Aucune commune" in liste(client, dispositif, territoire="Nulleparville")


def test_the_list_goes_on_after_a_row_and_costs_the_same_with_many(client, mediateur, dispositif):
    def requetes():
        with CaptureQueriesContext(connection) as faites:
            liste(client, dispositif)
        return len(faites)

    OffreFactory(personne__dispositif=dispositif)
    une = requetes()
    personne = PersonneFactory(dispositif=dispositif)
    depart = Offre.objects.get().cree_le
    for n in range(35):
        OffreFactory(
            personne=personne, envies=f"numero{n}x", cree_le=depart + dt.timedelta(minutes=n)
        )
    assert requetes() == une <= 10
    html = liste(client, dispositif)
    assert "numero34x" in html
    assert "numero3x" not in html
    suite = html.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "numero3x" in texte(
        client.get(reverse("engagement:offres", args=[dispositif.pk]) + suite)
    )


def test_the_pages_show_no_coordinates_until_somebody_asks(client, mediateur, dispositif):
    personne = PersonneFactory(
        dispositif=dispositif, telephone="06 98 76 54 32", email="cachee@example.org"
    )
    offre = MiseEnRelationFactory(offre=OffreFactory(personne=personne)).offre
    pages = [
        reverse("engagement:offres", args=[dispositif.pk]),
        reverse("engagement:offre", args=[offre.pk]),
        reverse("engagement:modifier_offre", args=[offre.pk]),
        reverse("engagement:personne", args=[personne.pk]),
        reverse("engagement:effacer_personne", args=[personne.pk]),
    ]
    for adresse in pages:
        html = texte(client.get(adresse))
        for cache in (
            "06 98 76 54 32",
            "cachee@example.org",
            personne.manager_email,
            personne.jeton,
        ):
            assert cache not in html, (adresse, cache)
    assert not ConsultationContact.objects.exists()


def test_seeing_coordinates_is_a_gesture_and_is_written_down(client, mediateur, dispositif):
    personne = PersonneFactory(dispositif=dispositif, telephone="06 98 76 54 32")
    adresse = reverse("engagement:personne", args=[personne.pk])
    html = texte(client.post(adresse, {"geste": "voir"}))
    assert "06 98 76 54 32" in html
    assert personne.manager_email in html
    vue = ConsultationContact.objects.get()
    assert (vue.personne, vue.par) == (personne, mediateur)
    assert "Médiatrice" in texte(client.get(adresse))


def test_a_paper_to_hand_over_holds_the_personal_link_and_is_logged(client, mediateur, dispositif):
    offre = OffreFactory(
        personne__dispositif=dispositif, personne__email="", personne__consentement="guichet"
    )
    html = texte(client.post(reverse("engagement:papier_offre", args=[offre.pk])))
    assert offre.personne.jeton in html
    assert ConsultationContact.objects.get().page == "Papier à remettre"


def test_the_cellule_changes_ends_and_forgets_on_somebody_s_word(client, mediateur, dispositif):
    pays = un_coin_de_pays()
    offre = OffreFactory(personne__dispositif=dispositif, territoire=pays["Lambersart"])
    personne = offre.personne
    donnees = {
        "version": offre.version(), "envies": "Dit au téléphone", "demi_journees": ["2"], "commune": "Lambersart",
        "rayon": "epci", "debut": f"{offre.debut:%Y-%m-%d}", "autres_mots": "Couture",
    }  # fmt: skip
    client.post(reverse("engagement:modifier_offre", args=[offre.pk]), donnees)
    offre.refresh_from_db()
    assert (offre.envies, offre.etiquettes) == ("Dit au téléphone", ["couture"])
    corrige = {
        "statut": "habitant",
        "nom": "Nom",
        "telephone": "0611223344",
        "email": "neuve@example.org",
    }
    client.post(reverse("engagement:corriger_personne", args=[personne.pk]), corrige)
    personne.refresh_from_db()
    assert (personne.telephone, personne.joignable) == ("06 11 22 33 44", True)
    client.post(reverse("engagement:personne", args=[personne.pk]), {"geste": "pause"})
    client.post(reverse("engagement:terminer_offre", args=[offre.pk]))
    offre.refresh_from_db()
    assert offre.etat == "terminee"
    client.post(reverse("engagement:effacer_personne", args=[personne.pk]))
    personne.refresh_from_db()
    assert (personne.nom, personne.telephone) == ("", "")
    assert "effacées depuis" in texte(
        client.get(reverse("engagement:personne", args=[personne.pk]))
    )
    voir = client.post(reverse("engagement:personne", args=[personne.pk]), {"geste": "voir"})
    assert voir.status_code == 302
    lignes = Ligne.objects.filter(sujet__in=[f"offre:{offre.pk}", f"personne:{personne.pk}"])
    assert set(lignes.values_list("action", "par")) == {
        (action, mediateur.pk)
        for action in ("modifier", "corriger", "mettre_en_pause", "terminer", "effacer")
    }


def test_a_wrong_correction_is_refused_and_nothing_typed_is_lost(client, mediateur, dispositif):
    personne = PersonneFactory(dispositif=dispositif)
    donnees = {"statut": "agent", "nom": "Nom tapé", "telephone": "12", "email": ""}
    reponse = client.post(reverse("engagement:corriger_personne", args=[personne.pk]), donnees)
    assert reponse.status_code == 422
    assert "Nom tapé" in texte(reponse)


def test_whoever_made_an_offer_is_led_to_their_own_page(client):
    user = UtilisateurFactory()
    salle = une_salle_photographiee(PersonneFactory(utilisateur=user))
    client.force_login(user)
    reponse = client.get(reverse("engagement:offre", args=[salle.pk]))
    assert reponse["Location"] == reverse(
        "engagement:mon_offre", args=[salle.personne.jeton, salle.pk]
    )


@pytest.mark.parametrize("role", ["administrateur", "curateur"])
def test_no_role_of_the_platform_sees_people_of_a_desk(client, dispositif, role):
    personne = OffreFactory(personne__dispositif=dispositif).personne
    client.force_login(UtilisateurFactory(role=role))
    for nom, cle in [
        ("offres", dispositif.pk), ("personne", personne.pk), ("offre", personne.offres.get().pk),
        ("importer_offres", dispositif.pk),
    ]:  # fmt: skip
        assert client.get(reverse(f"engagement:{nom}", args=[cle])).status_code == 404


def test_somebody_who_left_the_cellule_sees_nothing_more(client, mediateur, dispositif):
    offre = OffreFactory(personne__dispositif=dispositif)
    mediateur.mediations.update(jusqu_au=offre.cree_le)
    assert client.get(reverse("engagement:offre", args=[offre.pk])).status_code == 404
