"""An enquête led through the screens alone: opened, peopled, its étapes told."""

import datetime as dt

import pytest
from django.urls import reverse

from reflexes.frise import LARGEUR, frise
from reflexes.models import Enquete, Etape
from tests.conftest import client_de
from tests.fabriques import EnqueteFactory, OrganisationFactory

NOUVELLE = {
    "titre": "Canicules",
    "cle": "",
    "debut": "2026-06-01",
    "fin": "",
    "presentation": "Chaud.",
    "source": "",
}


@pytest.fixture
def curation(curatrice):
    return client_de(curatrice)


@pytest.fixture
def enquete(db):
    return EnqueteFactory(cle="canicules", titre="Canicules")


def une_etape(enquete, numero=1, **champs):
    return Etape.objects.create(
        enquete=enquete, numero=numero, **{"titre": f"Atelier {numero}", **champs}
    )


def etape_envoyee(**champs):
    return {
        "numero": 1,
        "titre": "Atelier",
        "debut": "",
        "fin": "",
        "periode": "",
        "texte": "",
        "produit": "",
        "source": "",
        **champs,
    }


def test_an_enquete_is_opened_led_and_mapped_on_screen(curation, client, db):
    assert curation.post(reverse("reflexes:nouvelle_enquete"), NOUVELLE).status_code == 302
    enquete = Enquete.objects.get(cle="canicules")
    etape = etape_envoyee(debut="2026-06-02", produit="Une liste de rues sans ombre.")
    curation.post(reverse("reflexes:nouvelle_etape", args=["canicules"]), etape)
    curation.post(reverse("reflexes:ouvrir_copie", args=["canicules"]))
    copie = enquete.versions.get()
    curation.post(
        reverse("reflexes:nouvelle_controverse", args=[copie.pk]),
        {
            "numero": 1,
            "theme": "eau",
            "pole_a": "rareté",
            "pole_b": "partage",
            "texte": "",
            "source": "",
        },
    )
    curation.post(
        reverse("reflexes:nouveau_terrain", args=[copie.pk]),
        {
            "controverse": copie.controverses.get().pk,
            "numero": "1.1",
            "titre": "Les fontaines",
            "texte": "",
        },
    )
    adresse = reverse("reflexes:publier_version", args=[copie.pk])
    lu = curation.get(adresse).context["form"].empreinte
    curation.post(adresse, {"titre": "Première carte", "note": "Pour commencer.", "lu": lu})
    page = client.get(enquete.get_absolute_url()).content.decode()
    assert "Une liste de rues sans ombre." in page
    assert "Première carte" in page
    assert enquete.versions.get().code == "V1"
    assert (
        "Les fontaines"
        in client.get(reverse("reflexes:version", args=["canicules", "v1"])).content.decode()
    )


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"titre": ""}, "obligatoire"),
        ({"cle": "nouvelle"}, "Choisissez une autre clé"),
        ({"cle": "a b"}, "lettres"),
        ({"titre": "!!!"}, "Choisissez une autre clé"),
        ({"debut": "demain"}, "date"),
        ({"fin": "2026-05-01"}, "vient avant le début"),
        ({"presentation": "x" * 20_001}, "20000"),
        ({"titre": "a\x00b"}, "nul"),
    ],
)
def test_an_enquete_badly_typed_is_kept_with_its_fault(curation, db, champs, phrase):
    reponse = curation.post(reverse("reflexes:nouvelle_enquete"), NOUVELLE | champs)
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode().replace("\xa0", "").replace("\u202f", "")
    assert not Enquete.objects.exists()


def test_opening_twice_opens_one(curation, db):
    adresse = reverse("reflexes:nouvelle_enquete")
    assert [curation.post(adresse, NOUVELLE).status_code for _ in range(2)] == [302, 302]
    assert curation.post(adresse, NOUVELLE | {"presentation": "Autre."}).status_code == 422
    assert Enquete.objects.count() == 1


def test_the_key_of_an_enquete_never_changes(curation, enquete):
    adresse = reverse("reflexes:modifier_enquete", args=["canicules"])
    form = curation.get(adresse).context["form"]
    envoi = NOUVELLE | {"cle": "autre", "titre": "Canicules 2026", "lu": form.empreinte}
    assert curation.post(adresse, envoi).status_code == 302
    enquete.refresh_from_db()
    assert (enquete.cle, enquete.titre) == ("canicules", "Canicules 2026")


def test_two_people_on_one_enquete_the_second_is_told(curation, enquete):
    adresse = reverse("reflexes:modifier_enquete", args=["canicules"])
    lu = curation.get(adresse).context["form"].empreinte
    curation.post(adresse, NOUVELLE | {"lu": lu, "presentation": "La première."})
    reponse = curation.post(adresse, NOUVELLE | {"lu": lu, "presentation": "La seconde."})
    assert reponse.status_code == 409
    assert "La première." in reponse.content.decode()
    assert "La seconde." in reponse.content.decode()


@pytest.mark.parametrize("role", ["habitant", "agent_a", "referent_a", "administrateur"])
def test_only_curateurs_lead_an_enquete(clients, enquete, role):
    etape = une_etape(enquete)
    noms = [
        ("modifier_enquete", []),
        ("participantes", []),
        ("nouvelle_etape", []),
        ("etape", [etape.pk]),
        ("supprimer_etape", [etape.pk]),
    ]
    for nom, args in noms:
        assert (
            clients[role].post(reverse(f"reflexes:{nom}", args=["canicules", *args])).status_code
            == 403
        )
    assert Etape.objects.count() == 1


def test_organisations_are_found_by_name_added_and_removed(curation, client, enquete):
    ville, _ = OrganisationFactory(nom="Ville de Chelles"), OrganisationFactory(nom="Métropole")
    adresse = reverse("reflexes:participantes", args=["canicules"])
    page = curation.get(adresse, {"q": "chel"}).content.decode()
    assert "Ville de Chelles" in page
    assert "Métropole" not in page
    for _ in range(2):
        assert curation.post(adresse, {"organisation": ville.pk}).status_code == 302
    assert list(enquete.organisations.all()) == [ville]
    assert "Ville de Chelles" in client.get(enquete.get_absolute_url()).content.decode()
    for _ in range(2):
        curation.post(adresse, {"organisation": ville.pk, "retirer": "1"})
    assert not enquete.organisations.exists()


@pytest.mark.parametrize("organisation", ["", "0", "x", "9" * 30, "999999"])
def test_an_organisation_that_is_not_there_changes_nothing(curation, enquete, organisation):
    adresse = reverse("reflexes:participantes", args=["canicules"])
    reponse = curation.post(adresse, {"organisation": organisation}, follow=True)
    assert "rien n'a changé" in reponse.content.decode().replace("&#x27;", "'")


def test_the_same_etape_sent_twice_is_there_once(curation, enquete):
    adresse = reverse("reflexes:nouvelle_etape", args=["canicules"])
    envoi = etape_envoyee(texte="Un récit.", debut="2026-06-02")
    assert [curation.post(adresse, envoi).status_code for _ in range(2)] == [302, 302]
    assert curation.post(adresse, envoi | {"titre": "Autre"}).status_code == 422
    assert enquete.etapes.count() == 1


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"numero": "0"}, "de 1 à 999"),
        ({"numero": "99999999999"}, "de 1 à 999"),
        ({"fin": "2026-06-02"}, "aussi le premier jour"),
        ({"debut": "2026-06-02", "fin": "2026-06-01"}, "vient avant le début"),
        ({"produit": "x" * 20_001}, "20000"),
    ],
)
def test_an_etape_badly_typed_is_kept_with_its_fault(curation, enquete, champs, phrase):
    reponse = curation.post(
        reverse("reflexes:nouvelle_etape", args=["canicules"]), etape_envoyee(**champs)
    )
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode().replace("\xa0", "").replace("\u202f", "")


def test_an_etape_removed_meanwhile_gives_the_typed_text_back(curation, enquete):
    etape = une_etape(enquete)
    adresse = reverse("reflexes:etape", args=["canicules", etape.pk])
    assert curation.get(adresse).status_code == 200
    supprimer = reverse("reflexes:supprimer_etape", args=["canicules", etape.pk])
    assert [curation.post(supprimer).status_code for _ in range(2)] == [302, 302]
    reponse = curation.post(adresse, etape_envoyee(texte="Mes mots."))
    assert reponse.status_code == 409
    assert "Mes mots." in reponse.content.decode()
    assert curation.get(adresse).status_code == 404


def test_dated_etapes_stand_on_the_frise_in_their_order(enquete):
    une_etape(enquete, 1, debut=dt.date(2026, 9, 1), fin=dt.date(2026, 9, 30))
    une_etape(enquete, 2, debut=dt.date(2026, 6, 1))
    une_etape(enquete, 3)
    dessin = frise(enquete.etapes.all())
    assert [barre.etape.numero for barre in dessin.barres] == [2, 1]
    assert dessin.sans_date == 1
    assert [mot for _, mot in dessin.marques] == ["juin 2026", "juil.", "août", "sept."]
    assert all(b.x >= 0 and b.x + b.largeur <= LARGEUR for b in dessin.barres)


@pytest.mark.parametrize("annees", [1, 4, 40])
def test_a_frise_of_any_length_keeps_few_marks(enquete, annees):
    une_etape(enquete, 1, debut=dt.date(2020, 2, 29), fin=dt.date(2020 + annees, 3, 1))
    dessin = frise(enquete.etapes.all())
    assert 1 <= len(dessin.marques) <= 7
    assert all(0 <= x <= LARGEUR for x, _ in dessin.marques)


def test_without_any_date_there_is_no_frise(client, enquete):
    une_etape(enquete, 1, titre="À fixer")
    assert frise(enquete.etapes.all()) is None
    page = client.get(enquete.get_absolute_url()).content.decode()
    assert "À fixer" in page
    assert 'class="frise"' not in page


def test_every_enquete_is_listed(client, enquete):
    page = client.get(reverse("reflexes:enquetes")).content.decode()
    assert enquete.get_absolute_url() in page
    assert "Ouvrir une enquête" not in page
