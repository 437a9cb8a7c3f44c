"""Preparing: drafts, clear errors, rows without JavaScript, two people at once, frozen texts."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import escape

from config.jours import jour_de
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import (
    OrganisationFactory,
    PisteFactory,
    ProgrammeFactory,
    TestFactory,
    un_membre,
)
from tests_programme.etapes import ETAPES
from tests_programme.models import Test

ETAPES_A_REMPLIR = [etape.cle for etape in ETAPES if etape.cle != "verification"]


def adresse(test: Test, etape: str) -> str:
    return reverse("tests_programme:etape", args=[test.pk, etape])


@pytest.fixture
def brouillon(agent_a, organisation_a) -> Test:
    return TestFactory(organisation=organisation_a, piste=PisteFactory())


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


def envoyer(client, test, etape, *, version=None, lignes=None, initiales=0, **champs):
    """Send a step; ``lignes``: rows as dictionaries."""
    if version is None:
        version = client.get(adresse(test, etape)).context["version"]
    donnees = {"version": version, **champs}
    if lignes is not None:
        donnees |= {"lignes-TOTAL_FORMS": len(lignes), "lignes-INITIAL_FORMS": initiales}
        for rang, ligne in enumerate(lignes):
            donnees |= {f"lignes-{rang}-{nom}": valeur for nom, valeur in ligne.items()}
    return client.post(adresse(test, etape), donnees)


def test_without_an_organisation_one_is_told_what_to_do(habitant):
    page = client_de(habitant).get(reverse("tests_programme:nouveau"))
    assert "Il vous faut une organisation" in page.content.decode()


def test_the_first_step_takes_the_piste_and_programme_of_the_address(client, organisation_a):
    piste, programme = PisteFactory(), ProgrammeFactory()
    page = client.get(
        reverse("tests_programme:nouveau"), {"piste": piste.slug, "programme": programme.cle}
    )
    depart = page.context["form"].initial
    assert (depart["piste"], depart["programme"], depart["organisation"]) == (
        piste,
        programme,
        organisation_a,
    )


def test_the_first_step_says_everything_that_is_missing_and_creates_nothing(client):
    reponse = client.post(reverse("tests_programme:nouveau"), {})
    assert reponse.status_code == 422
    for phrase in ("Donnez un titre", "Choisissez l'organisation", "Choisissez la piste"):
        assert phrase in reponse.content.decode().replace("&#x27;", "'")
    assert not Test.objects.exists()


def test_nobody_creates_a_test_in_somebody_elses_organisation(client):
    reponse = client.post(
        reverse("tests_programme:nouveau"),
        {
            "titre": "Intrus",
            "organisation": OrganisationFactory().pk,
            "piste": PisteFactory().pk,
            "visibilite": "public",
        },
    )
    assert reponse.status_code == 422
    assert not Test.objects.exists()


@pytest.mark.parametrize("etape", [e for e in ETAPES_A_REMPLIR if e != "essentiel"])
def test_everything_else_may_be_left_blank(client, brouillon, etape):
    lignes = [] if etape in {"observation", "parties"} else None
    assert envoyer(client, brouillon, etape, lignes=lignes).status_code == 302


@pytest.mark.parametrize("etape", [etape.cle for etape in ETAPES])
def test_each_step_opens_with_its_advice_and_source(client, brouillon, etape):
    page = client.get(adresse(brouillon, etape))
    assert page.status_code == 200
    html = page.content.decode()
    for conseil in page.context["etape"].conseils:
        assert escape(conseil.texte) in html
        assert escape(conseil.source) in html
    assert "Enregistrer" in page.content.decode() or etape == "verification"


def test_one_can_come_back_later(client, brouillon):
    reponse = envoyer(client, brouillon, "hypothese", hypothese="Si…", suite="plus-tard", echec="")
    assert reponse.url == brouillon.get_absolute_url()
    brouillon.refresh_from_db()
    assert brouillon.hypothese == "Si…"


@pytest.mark.parametrize(
    ("date", "phrase"),
    [
        ("31/02/2027", "Cette date n'existe pas"),
        ("2027-02-31", "Cette date n'existe pas"),
        ("demain", "Cette date n'existe pas"),
        (f"{jour_de() - dt.timedelta(days=1):%Y-%m-%d}", "est passée"),
        (f"{jour_de():%Y-%m-%d}", "est passée"),
        (f"{jour_de() + dt.timedelta(days=367):%Y-%m-%d}", "douze mois"),
    ],
)
def test_a_date_that_cannot_be_is_said_and_what_was_typed_stays(client, brouillon, date, phrase):
    reponse = envoyer(
        client, brouillon, "limites", date_peremption=date, retour_arriere="On referme."
    )
    html = reponse.content.decode().replace("&#x27;", "'")
    assert reponse.status_code == 422
    assert phrase in html
    assert "On referme." in html
    brouillon.refresh_from_db()
    assert brouillon.retour_arriere == ""


def test_a_date_typed_the_french_way_is_understood(client, brouillon):
    date = jour_de() + dt.timedelta(days=30)
    envoyer(client, brouillon, "limites", date_peremption=f"{date:%d/%m/%Y}")
    brouillon.refresh_from_db()
    assert brouillon.date_peremption == date


def test_rows_are_added_changed_and_taken_off(client, brouillon):
    un, deux = (
        {"libelle": "Appels", "type": "quantitatif", "unite": "appels"},
        {"libelle": "Humeur", "type": "qualitatif"},
    )
    vide = {"libelle": "", "type": "qualitatif"}
    envoyer(client, brouillon, "observation", lignes=[un, vide, deux])
    assert list(brouillon.criteres.values_list("libelle", flat=True)) == ["Appels", "Humeur"]
    page = client.get(adresse(brouillon, "observation"))
    assert len(page.context["lignes"].forms) == 3
    envoyer(
        client,
        brouillon,
        "observation",
        lignes=[{**un, "DELETE": "on"}, deux],
        initiales=2,
        suite="lignes",
    )
    assert list(brouillon.criteres.values_list("libelle", flat=True)) == ["Humeur"]


def test_a_row_half_filled_is_an_error_that_leads_to_it(client, brouillon):
    reponse = envoyer(
        client,
        brouillon,
        "parties",
        lignes=[{"role": "usager", "fonction": "", "email": "a@example.org"}],
    )
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert 'href="#id_lignes-0-fonction"' in html
    assert "a@example.org" in html


def test_an_emptied_row_goes(client, brouillon):
    brouillon.criteres.create(libelle="Appels", type="quantitatif")
    vide = {"libelle": "", "type": "quantitatif"}
    reponse = envoyer(client, brouillon, "observation", lignes=[vide], initiales=1)
    assert reponse.status_code == 302
    assert not brouillon.criteres.exists()


def test_a_blank_row_asks_for_nothing(client, brouillon):
    html = client.get(adresse(brouillon, "parties")).content.decode()
    assert "obligatoire" not in html
    assert "Retirer cette ligne" not in html


def test_the_same_address_twice_is_said_whatever_its_case(client, brouillon):
    reponse = envoyer(
        client,
        brouillon,
        "parties",
        lignes=[
            {"role": "usager", "fonction": "habitante", "email": "a@example.org"},
            {"role": "equipe", "fonction": "agente", "email": "A@Example.org"},
        ],
    )
    assert reponse.status_code == 422
    assert "figure déjà plus haut" in reponse.content.decode()
    assert brouillon.parties.count() == 0


def test_another_address_is_another_person_whose_accord_is_new(client, en_etat):
    test = en_etat("pret")
    lignes = [dict(p) for p in test.parties.values("role", "fonction", "nom", "email")]
    envoyer(client, test, "parties", lignes=lignes)
    assert test.manques_pour_demarrer() == []
    lignes[0]["email"] = "remplacante@example.org"
    envoyer(client, test, "parties", lignes=lignes)
    assert len(test.manques_pour_demarrer()) == 1
    assert test.parties.count() == 2


def test_two_people_at_once_lose_nothing(client, brouillon, organisation_a):
    collegue = client_de(un_membre(organisation_a))
    vue = client.get(adresse(brouillon, "hypothese")).context["version"]
    envoyer(collegue, brouillon, "hypothese", hypothese="La version du collègue")
    reponse = envoyer(client, brouillon, "hypothese", version=vue, hypothese="Ma version")
    html = reponse.content.decode()
    assert reponse.status_code == 409
    assert "Ma version" in html
    assert "La version du collègue" in html
    brouillon.refresh_from_db()
    assert brouillon.hypothese == "La version du collègue"
    reponse = envoyer(
        client,
        brouillon,
        "hypothese",
        version=reponse.context["version"],
        hypothese="Nos deux versions",
    )
    assert reponse.status_code == 302
    brouillon.refresh_from_db()
    assert brouillon.hypothese == "Nos deux versions"


def test_two_people_on_two_steps_do_not_disturb_each_other(client, brouillon, organisation_a):
    collegue = client_de(un_membre(organisation_a))
    vue = client.get(adresse(brouillon, "hypothese")).context["version"]
    envoyer(collegue, brouillon, "limites", retour_arriere="On referme.")
    assert envoyer(client, brouillon, "hypothese", version=vue, hypothese="Si…").status_code == 302
    brouillon.refresh_from_db()
    assert (brouillon.hypothese, brouillon.retour_arriere) == ("Si…", "On referme.")


def test_two_people_on_the_same_rows_lose_nothing(client, brouillon, organisation_a):
    collegue = client_de(un_membre(organisation_a))
    vue = client.get(adresse(brouillon, "observation")).context["version"]
    envoyer(
        collegue, brouillon, "observation", lignes=[{"libelle": "Appels", "type": "qualitatif"}]
    )
    reponse = envoyer(
        client,
        brouillon,
        "observation",
        version=vue,
        lignes=[{"libelle": "Visites", "type": "qualitatif"}],
    )
    assert reponse.status_code == 409
    assert "Visites" in reponse.content.decode()
    assert "Appels" in reponse.content.decode()
    assert brouillon.criteres.get().libelle == "Appels"


@pytest.mark.parametrize("etat", ["en_cours", "perime", "a_evaluer", "evalue", "abandonne"])
@pytest.mark.parametrize("etape", [etape.cle for etape in ETAPES])
def test_once_started_no_text_changes(client, en_etat, etat, etape):
    test = en_etat(etat)
    avant = Test.objects.values().get(pk=test.pk)
    reponse = client.post(
        adresse(test, etape),
        {"version": "", "hypothese": "Autre", "titre": "Autre", "retour_arriere": "Autre"},
        follow=True,
    )
    assert "n&#x27;est plus en préparation" in reponse.content.decode()
    assert Test.objects.values().get(pk=test.pk) == avant


def test_every_missing_thing_is_named_at_once(client, brouillon):
    html = client.get(adresse(brouillon, "verification")).content.decode()
    for etape in ("hypothese", "limites", "observation", "parties"):
        assert f'href="{adresse(brouillon, etape)}"' in html
    refus = client.post(reverse("tests_programme:demarrer", args=[brouillon.pk]))
    assert refus.status_code == 409
    assert len(refus.context["manques"]) == 9
    assert not Message.objects.exists()
    brouillon.refresh_from_db()
    assert brouillon.etat == "preparation"


def test_a_stranger_sees_no_draft(brouillon, clients):
    for role, statut in [("habitant", 404), ("agent_b", 404), ("curateur", 403)]:
        for etape in ETAPES:
            assert clients[role].get(adresse(brouillon, etape.cle)).status_code == statut
    assert clients["agent_b"].get(brouillon.get_absolute_url()).status_code == 404


def test_an_unknown_step_is_not_found(client, brouillon):
    assert client.get(adresse(brouillon, "inconnue")).status_code == 404
