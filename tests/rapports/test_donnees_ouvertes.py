"""What everybody may take: files written every night, a catalogue for portals, feeds."""

import hashlib
import json
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from rapports import ouvertes, tasks
from tests.conftest import client_de
from tests.fabriques import (
    PisteFactory,
    TestFactory,
    un_test_demarre,
    un_test_evalue,
)
from tests.rapports.lecture import lire_csv, telecharger

pytestmark = pytest.mark.django_db
A = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def visiteur():
    return client_de(None)


def lignes(visiteur, cle):
    return json.loads(telecharger(visiteur, f"/donnees-ouvertes/{cle}.json"))["lignes"]


def test_before_the_first_night_the_page_says_when(visiteur):
    assert "cette nuit" in visiteur.get("/donnees-ouvertes/").content.decode()
    assert visiteur.get("/donnees-ouvertes/tests.csv").status_code == 404


def test_the_files_hold_what_a_visitor_may_read_and_nothing_else(visiteur):
    public = un_test_evalue(titre="Public")
    public.voix.create(fonction="tue", texte="Ne me citez pas", consentement=False)
    un_test_demarre(titre="Privé", visibilite="prive")
    TestFactory(titre="Brouillon")
    un_test_demarre(titre="Pour montrer", est_demo=True)
    tasks.publier_les_donnees()
    assert [x["titre"] for x in lignes(visiteur, "tests")] == ["Public"]
    tout = "".join(
        telecharger(visiteur, f"/donnees-ouvertes/{cle}.json").decode() for cle in ouvertes.JEUX
    )
    for secret in ("Privé", "Brouillon", "Pour montrer", "Ne me citez pas", "@example.org"):
        assert secret not in tout
    assert "membres" not in lignes(visiteur, "organisations")[0]
    assert [x["Titre"] for x in lire_csv(telecharger(visiteur, "/donnees-ouvertes/tests.csv"))] == [
        "Public"
    ]


def test_written_again_they_say_what_is_true_then(visiteur):
    test = un_test_demarre(titre="Visible")
    ouvertes.publier()
    test.visibilite = "prive"
    test.save()
    assert lignes(visiteur, "tests")
    call_command("publier_donnees_ouvertes", verbosity=0)
    assert lignes(visiteur, "tests") == []


def test_a_file_asked_again_unchanged_is_not_sent_again(visiteur):
    un_test_evalue()
    ouvertes.publier()
    premiere = visiteur.get("/donnees-ouvertes/tests.csv")
    contenu = b"".join(premiere.streaming_content)
    assert premiere["ETag"] == f'"{hashlib.sha256(contenu).hexdigest()}"'
    encore = visiteur.get(
        "/donnees-ouvertes/tests.csv", headers={"If-None-Match": premiere["ETag"]}
    )
    assert encore.status_code == 304


@pytest.mark.parametrize("adresse", ["comptes.csv", "tests.xlsx", "tests.fiche"])
def test_there_is_nothing_else_there(adresse, visiteur):
    ouvertes.publier()
    assert visiteur.get(f"/donnees-ouvertes/{adresse}").status_code == 404


def test_a_portal_reads_the_catalogue(visiteur):
    un_test_evalue()
    ouvertes.publier()
    reponse = visiteur.get("/donnees-ouvertes/catalogue.jsonld")
    assert reponse["Content-Type"] == "application/ld+json"
    catalogue = json.loads(reponse.content)
    assert [jeu["dct:identifier"] for jeu in catalogue["dcat:dataset"]] == [
        f"reflexes-publics-{cle}" for cle in ouvertes.JEUX
    ]
    for jeu in catalogue["dcat:dataset"]:
        for fichier in jeu["dcat:distribution"]:
            adresse = fichier["dcat:downloadURL"]["@id"].split("/donnees-ouvertes/")[1]
            contenu = telecharger(visiteur, f"/donnees-ouvertes/{adresse}")
            assert len(contenu) == fichier["dcat:byteSize"]
            empreinte = fichier["spdx:checksum"]["spdx:checksumValue"]
            assert hashlib.sha256(contenu).hexdigest() == empreinte


def test_the_page_names_each_set_and_each_column(visiteur):
    un_test_evalue()
    ouvertes.publier()
    page = visiteur.get("/donnees-ouvertes/").content.decode()
    for jeu in ouvertes.jeux():
        assert f"/donnees-ouvertes/{jeu.export.cle}.csv" in page
    assert "Licence Ouverte 2.0" in page
    assert "Personnes concernées" not in page


def test_the_feeds_tell_the_latest_public_things(visiteur):
    PisteFactory()
    evalue = un_test_evalue(titre="Crèche & compagnie")
    un_test_demarre(titre="Privé", visibilite="prive")
    un_test_demarre(titre="Pour montrer", est_demo=True)
    for adresse, attendu in [
        ("/flux/pistes.atom", evalue.piste.get_absolute_url()),
        ("/flux/tests.atom", evalue.get_absolute_url()),
        ("/flux/enseignements.atom", evalue.get_absolute_url()),
    ]:
        reponse = visiteur.get(adresse)
        assert reponse["Content-Type"].startswith("application/atom+xml")
        racine = ElementTree.fromstring(reponse.content)
        liens = [e.find(f"{A}link").get("href") for e in racine.iter(f"{A}entry")]
        assert any(lien.endswith(attendu) for lien in liens), adresse
        assert all(e.find(f"{A}updated").text for e in racine.iter(f"{A}entry"))
        assert "Privé" not in reponse.content.decode()
        assert "Pour montrer" not in reponse.content.decode()
