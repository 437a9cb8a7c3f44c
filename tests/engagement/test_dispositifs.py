"""The dispositifs: the list, the public page, opening from a model, the rules, the cellule."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from engagement import ouverture
from engagement.modeles import MODELES
from engagement.models import Dispositif, Ligne
from tests.conftest import client_de
from tests.fabriques import OrganisationFactory, TerritoireFactory, UtilisateurFactory, un_membre
from tests.fabriques_engagement import DispositifFactory

pytestmark = pytest.mark.django_db


def saisie(chez, territoire, **champs):
    return {
        "organisation": chez.pk,
        "modele": "reserve_citoyenne",
        "nom": "Réserve solidaire",
        "lieu": territoire.nom,
        "moi": "on",
        **champs,
    }


@pytest.fixture
def territoire():
    return TerritoireFactory(nom="Montessai")


def ouvrir(user, donnees):
    return client_de(user).post(reverse("engagement:nouveau_dispositif"), donnees)


def test_a_referent_opens_in_one_page_from_any_model(referent_a, organisation_a, territoire):
    for modele in MODELES.values():
        reponse = ouvrir(
            referent_a, saisie(organisation_a, territoire, modele=modele.cle, nom=modele.nom)
        )
        dispositif = Dispositif.objects.get(nom=modele.nom)
        assert reponse["Location"] == dispositif.get_absolute_url()
        assert dispositif.est_ouvert()
        assert dispositif.territoire == territoire
        assert [g.libelle for g in dispositif.genres.all()] == list(modele.genres)
        assert [m.utilisateur for m in dispositif.mediations.actives()] == [referent_a]
        for champ, valeur in modele.regles.items():
            assert getattr(dispositif, champ) == valeur
        assert list(
            Ligne.objects.filter(dispositif=dispositif).values_list("action", flat=True)
        ) == [
            "arriver",
            "ouvrir",
        ]


def test_each_model_says_where_its_figures_come_from():
    for modele in MODELES.values():
        assert modele.sources
        assert all(source.document for source in modele.sources)


def test_a_double_click_opens_one(referent_a, organisation_a, territoire):
    premiere = ouvrir(referent_a, saisie(organisation_a, territoire))
    seconde = ouvrir(referent_a, saisie(organisation_a, territoire, nom="RÉSERVE solidaire"))
    assert premiere["Location"] == seconde["Location"]
    assert Dispositif.objects.count() == 1


def test_a_name_somebody_else_opened_is_refused_and_nothing_typed_is_lost(
    referent_a, organisation_a, territoire
):
    ouvrir(un_membre(organisation_a, "referent"), saisie(organisation_a, territoire))
    reponse = ouvrir(referent_a, saisie(organisation_a, territoire, contact="04 00 00 00 00"))
    assert reponse.status_code == 422
    assert "déjà un dispositif de ce nom" in reponse.text
    assert "04 00 00 00 00" in reponse.text


def test_strangers_open_nothing(
    agent_a, habitant, referent_a, organisation_b, territoire, curateur
):
    for user in (agent_a, habitant, curateur):
        assert ouvrir(user, saisie(organisation_b, territoire)).status_code == 403
    assert ouvrir(referent_a, saisie(organisation_b, territoire)).status_code == 422
    with pytest.raises(PermissionDenied):
        ouverture.ouvrir(
            Dispositif(
                organisation=organisation_b, territoire=territoire, nom="X", modele="micro_mobilite"
            ),
            guichet=[referent_a],
            par=referent_a,
        )
    assert not Dispositif.objects.exists()


def test_an_administrateur_opens_for_others_and_keeps_no_desk(
    administrateur, organisation_a, agent_a, territoire
):
    donnees = saisie(organisation_a, territoire, guichet=agent_a.email.upper())
    donnees |= {"organisation": organisation_a.nom}
    del donnees["moi"]
    ouvrir(administrateur, donnees)
    dispositif = Dispositif.objects.get()
    assert [m.utilisateur for m in dispositif.mediations.actives()] == [agent_a]


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"lieu": "Nulle-Part"}, "Aucun territoire ne porte ce nom"),
        ({"lieu": "Mont\x00essai"}, "nul"),
        ({"nom": ""}, "Donnez-lui un nom"),
        ({"nom": "x" * 200}, "160"),
        ({"modele": "milice"}, "modele"),
        ({"fin": "2020-01-01"}, "déjà passée"),
        ({"fin": "2027-02-31"}, "n'existe pas"),
        ({"moi": "", "guichet": ""}, "Dites qui tient le guichet"),
        ({"guichet": "personne@nulle-part.fr"}, "personne@nulle-part.fr"),
        ({"organisation": "-1"}, "organisation"),
    ],
)
def test_bad_input_is_refused_in_words(referent_a, organisation_a, territoire, champs, dit):
    reponse = ouvrir(referent_a, saisie(organisation_a, territoire, **champs))
    assert reponse.status_code == 422
    assert dit in unescape(reponse.text)
    assert not Dispositif.objects.exists()


def test_two_territories_of_one_name_are_shown_to_choose_from(
    referent_a, organisation_a, territoire
):
    autre = TerritoireFactory(nom="Montessai", niveau="epci")
    reponse = ouvrir(referent_a, saisie(organisation_a, territoire))
    assert reponse.status_code == 422
    assert "Montessai, intercommunalité" in reponse.text
    ouvrir(referent_a, saisie(organisation_a, territoire, lieu_choix=autre.pk))
    assert Dispositif.objects.get().territoire == autre


def test_one_may_prepare_then_open(referent_a, organisation_a, territoire, agent_b):
    ouvrir(referent_a, {**saisie(organisation_a, territoire), "suite": "preparer"})
    dispositif = Dispositif.objects.get()
    assert dispositif.etat == "preparation"
    assert client_de(agent_b).get(dispositif.get_absolute_url()).status_code == 404
    chemin = reverse("engagement:ouvrir_dispositif", args=[dispositif.pk])
    assert client_de(agent_b).post(chemin).status_code == 404
    client_de(referent_a).post(chemin)
    client_de(referent_a).post(chemin)
    dispositif.refresh_from_db()
    assert dispositif.est_ouvert()
    assert Ligne.objects.filter(action="ouvrir").count() == 1


def test_nothing_opens_without_a_cellule(referent_a, organisation_a):
    dispositif = DispositifFactory(organisation=organisation_a, etat="preparation")
    reponse = client_de(referent_a).post(
        reverse("engagement:ouvrir_dispositif", args=[dispositif.pk]), follow=True
    )
    assert "qui tient le guichet" in reponse.text
    dispositif.refresh_from_db()
    assert dispositif.etat == "preparation"


def test_the_list_is_narrowed_by_territory_and_by_what_one_offers(client):
    departement = TerritoireFactory(nom="Nord", niveau="departement")
    lille = TerritoireFactory(nom="Lille", departement=departement)
    ici = DispositifFactory(nom="Celui de Lille", territoire=lille, des_lieux=False)
    large = DispositifFactory(nom="Celui du Nord", territoire=departement)
    loin = DispositifFactory(nom="Celui d'ailleurs")
    clos = DispositifFactory(nom="Celui d'hier", etat="clos", territoire=lille)
    en_preparation = DispositifFactory(nom="Celui de demain", etat="preparation")

    def trouves(**criteres):
        reponse = client.get(reverse("engagement:dispositifs"), criteres)
        return set(reponse.context["dispositifs"])

    assert trouves() == {ici, large, loin}
    assert trouves(territoire="lille") == {ici, large}
    assert trouves(territoire="Nord") == {ici, large}
    assert trouves(territoire="Lille", quoi="lieu") == {large}
    assert trouves(etat="clos") == {clos}
    assert trouves(territoire="Atlantide") == set()
    assert trouves(quoi="argent") == set()
    assert en_preparation not in trouves()


def test_an_empty_list_says_what_to_do(client, referent_a):
    adresse = reverse("engagement:dispositifs")
    assert "Voir les organisations" in client.get(adresse).text
    assert "Ouvrir un dispositif" in client_de(referent_a).get(adresse).text
    assert "Voir tous les dispositifs" in client.get(adresse, {"quoi": "lieu"}).text


def test_pages_of_the_list_follow_one_another(client):
    for _ in range(23):
        DispositifFactory()
    premiere = client.get(reverse("engagement:dispositifs"))
    seconde = client.get(reverse("engagement:dispositifs") + premiere.context["suivante"])
    vus = [*premiere.context["dispositifs"], *seconde.context["dispositifs"]]
    assert len({d.pk for d in vus}) == len(vus) == 23
    assert not seconde.context["suivante"]


def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries):
    for _ in range(15):
        DispositifFactory()
    with django_assert_max_num_queries(3):
        client.get(reverse("engagement:dispositifs"))


def test_the_public_page_says_what_and_who(client):
    dispositif = DispositifFactory(ce_qui_est_demande="<b>Venir</b> à l'heure", par_semaine=3)
    page = client.get(dispositif.get_absolute_url()).text
    for dit in (
        "J'offre",
        "J'ai un besoin",
        "Accueil",
        "3 demi-journées par semaine",
        dispositif.contact,
    ):
        assert dit in page
    assert "<b>Venir" not in page


def test_a_day_past_its_last_is_over_for_every_reader(client, referent_a, organisation_a):
    dispositif = DispositifFactory(organisation=organisation_a)
    Dispositif.objects.update(debut="2020-01-01", fin="2020-12-31")
    page = client.get(dispositif.get_absolute_url()).text
    assert "J'offre" not in page
    assert "ne prend plus" in page
    assert "Il reste à le fermer" in client_de(referent_a).get(dispositif.get_absolute_url()).text
    dispositif.refresh_from_db()
    assert dispositif.est_a_clore()
    assert list(Dispositif.objects.a_clore()) == [dispositif]


def test_the_nav_leads_there(client):
    assert reverse("engagement:dispositifs") in client.get("/").text


def test_organisations_of_others_are_never_offered(referent_a):
    OrganisationFactory(nom="Ville secrète")
    UtilisateurFactory()
    page = client_de(referent_a).get(reverse("engagement:nouveau_dispositif")).text
    assert "Ville secrète" not in page


@pytest.mark.parametrize(
    "nom", ["dispositif", "clore_dispositif", "regler", "cellule", "recit", "ecrire_recit"]
)
def test_no_page_costs_more_than_ten_queries(nom, agent_b, agent_a, django_assert_max_num_queries):
    dispositif = DispositifFactory(recit_publie_le="2026-01-01T00:00:00Z")
    dispositif.mediations.create(utilisateur=agent_b)
    for user in (agent_b, agent_a):
        client = client_de(user)
        with django_assert_max_num_queries(10):
            client.get(reverse(f"engagement:{nom}", args=[dispositif.pk]))


def test_the_page_of_an_organisation_shows_its_dispositifs(organisation_a, referent_a, client):
    adresse = organisation_a.get_absolute_url()
    assert "Ouvrir un dispositif" in client_de(referent_a).get(adresse).text
    assert "Ouvrir un dispositif" not in client.get(adresse).text
    DispositifFactory(organisation=organisation_a, nom="Réserve montrée")
    DispositifFactory(organisation=organisation_a, nom="Réserve cachée", etat="preparation")
    page = client.get(adresse).text
    assert "Réserve montrée" in page
    assert "Réserve cachée" not in page
    assert "Réserve cachée" in client_de(referent_a).get(adresse).text
