"""The sheets a team prints: who, when, what is on them, and what never breaks them."""

import dataclasses
import datetime as dt
import io
import json
import re
import zlib

import pytest
import segno
import typst
from django.test import Client
from PIL import Image

from config.jours import jour_de
from rapports import affiches, composition
from rapports.textes_imprimes import en_clair, en_une_phrase, imprimable
from tests.conftest import client_de
from tests.fabriques import TestFactory, un_test_a_evaluer, un_test_demarre, un_test_evalue
from tests_programme.models import Questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def en_cours(organisation_a, agent_a):
    return un_test_demarre(organisation=organisation_a, titre="Donner les médicaments à la crèche")


@pytest.fixture
def questionnaire(en_cours):
    return Questionnaire.objects.create(test=en_cours, ferme_le=jour_de() + dt.timedelta(days=20))


def adresse(test, quoi="affiche.pdf"):
    return f"/tests/{test.pk}/{quoi}"


def objets(pdf):
    """The PDF's own text, its compressed streams opened."""
    morceaux = [pdf]
    for flux in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            morceaux.append(zlib.decompress(flux))
        except zlib.error:
            continue
    return b"\n".join(morceaux)


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", objets(pdf)))


def tient(gabarit, donnees):
    """Whether every text is whole in its box, as the engine says."""
    reponse = typst.query(
        str(composition.SOURCES / f"{gabarit}.typ"),
        "<tient>",
        field="value",
        ignore_system_fonts=True,
        sys_inputs={"donnees": json.dumps(dataclasses.asdict(donnees))},
    )
    return all(json.loads(reponse))


# --- Who, and when ----------------------------------------------------------------------------------


def test_the_team_downloads_a_tagged_french_titled_page(en_cours, agent_a):
    reponse = client_de(agent_a).get(adresse(en_cours))
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse["Content-Disposition"] == f'attachment; filename="en-test-{en_cours.pk}.pdf"'
    assert reponse["Cache-Control"] == "private, no-store"
    contenu = objets(reponse.content)
    assert pages(reponse.content) == 1
    assert b"pdfuaid:part" in contenu
    assert b"/Lang (fr-FR)" in contenu or b"/Lang(fr-FR)" in contenu
    assert "En test : Donner les médicaments à la crèche".encode() in contenu


@pytest.mark.parametrize("quoi", ["affiches/", "affiche.pdf", "affiche-voix.pdf"])
def test_only_the_team_prints(quoi, en_cours, questionnaire, clients):
    statuts = {
        role: client.get(adresse(en_cours, quoi)).status_code for role, client in clients.items()
    }
    assert statuts == {
        "visiteur": 302,
        "habitant": 403,
        "agent_a": 200,
        "referent_a": 200,
        "agent_b": 403,
        "curateur": 403,
        "administrateur": 403,
    }


def test_a_test_one_does_not_see_does_not_exist(organisation_a, agent_b):
    prive = un_test_demarre(organisation=organisation_a, visibilite="prive")
    assert client_de(agent_b).get(adresse(prive)).status_code == 404


def test_an_account_from_a_publication_is_hung_nowhere(organisation_a, agent_a):
    recit = TestFactory(organisation=organisation_a, source="Un guide", etat="evalue")
    for quoi in ("affiches/", "affiche.pdf", "affiche-voix.pdf"):
        assert client_de(agent_a).get(adresse(recit, quoi)).status_code == 404


def test_before_the_start_the_sheet_is_a_draft(organisation_a, agent_a):
    test = TestFactory(organisation=organisation_a)
    donnees = affiches.donnees_en_test(test)
    assert donnees.brouillon
    assert donnees.jusqu_au == "Jusqu’à une date qui reste à fixer"
    assert donnees.essai == ""
    assert client_de(agent_a).get(adresse(test)).status_code == 200
    assert "brouillon" in client_de(agent_a).get(adresse(test, "affiches/")).content.decode()


@pytest.mark.parametrize("fabrique", [un_test_a_evaluer, un_test_evalue])
def test_once_over_there_is_nothing_to_hang_and_it_is_said(fabrique, organisation_a, agent_a):
    test = fabrique(organisation=organisation_a)
    page = client_de(agent_a).get(adresse(test))
    assert page.status_code == 409
    assert "Décrochez les affiches" in page.content.decode()
    assert adresse(test) not in page.content.decode()


def test_a_sheet_past_its_date_is_refused_without_a_worker(organisation_a, agent_a):
    il_y_a = jour_de() - dt.timedelta(days=90)
    test = un_test_demarre(
        organisation=organisation_a,
        at=dt.datetime.combine(il_y_a, dt.time(10), tzinfo=dt.UTC),
        jours=30,
    )
    assert test.etat == "en_cours"
    assert client_de(agent_a).get(adresse(test)).status_code == 409


def test_the_sheet_of_voices_waits_for_a_questionnaire_that_is_open(en_cours, agent_a):
    client = client_de(agent_a)
    page = client.get(adresse(en_cours, "affiche-voix.pdf"))
    assert page.status_code == 409
    assert "pas de questionnaire" in page.content.decode()
    hier = jour_de() - dt.timedelta(days=1)
    questionnaire = Questionnaire.objects.create(test=en_cours, ouvert_le=hier, ferme_le=hier)
    page = client.get(adresse(en_cours, "affiche-voix.pdf"))
    assert page.status_code == 409
    assert f"{hier:%d/%m/%Y}" in page.content.decode()
    questionnaire.ferme_le = jour_de()
    questionnaire.save()
    assert client.get(adresse(en_cours, "affiche-voix.pdf")).content.startswith(b"%PDF")


def test_the_page_of_the_test_leads_to_them(en_cours, agent_a, agent_b):
    lien = f'href="{adresse(en_cours, "affiches/")}"'
    assert lien in client_de(agent_a).get(en_cours.get_absolute_url()).content.decode()
    assert lien not in client_de(agent_b).get(en_cours.get_absolute_url()).content.decode()
    assert lien not in Client().get(en_cours.get_absolute_url()).content.decode()


# --- What is on them --------------------------------------------------------------------------------


def test_the_sheet_says_what_until_when_and_whom_to_tell(en_cours, settings):
    settings.ADRESSE_PUBLIQUE = "https://reflexes.example.org"
    en_cours.date_peremption = dt.date(2027, 5, 1)
    donnees = affiches.donnees_en_test(en_cours, "Accueil, 02 00 00 00 00")
    assert donnees.titre == en_cours.titre
    assert donnees.jusqu_au == "Jusqu’au samedi 1er mai 2027"
    assert donnees.essai.startswith("Si nous appelons avant de relancer")
    assert "Ville de l’Est" in donnees.parler_a
    assert donnees.contact == "Accueil, 02 00 00 00 00"
    assert donnees.adresse == f"https://reflexes.example.org/tests/{en_cours.pk}/"
    assert donnees.adresse_lisible == f"reflexes.example.org/tests/{en_cours.pk}/"
    assert donnees.adresse_lisible in donnees.qr_texte


def test_nobody_is_named(en_cours):
    partie = en_cours.parties.filter(role="porteur")
    partie.update(nom="Camille Untel", fonction="directrice", email="camille@example.org")
    dit = json.dumps(dataclasses.asdict(affiches.donnees_en_test(en_cours)), ensure_ascii=False)
    for trace in ("Camille", "directrice", "example.org"):
        assert trace not in dit


def test_a_private_test_shows_no_code(en_cours):
    en_cours.visibilite = "prive"
    donnees = affiches.donnees_en_test(en_cours)
    assert (donnees.qr, donnees.adresse) == ("", "")
    assert affiches.affiche(en_cours).startswith(b"%PDF")


def test_the_code_of_voices_opens_the_questionnaire(questionnaire, settings):
    settings.ADRESSE_PUBLIQUE = "https://reflexes.example.org"
    donnees = affiches.donnees_voix(questionnaire)
    assert donnees.adresse == f"https://reflexes.example.org/v/{questionnaire.jeton}/"
    assert donnees.qr == affiches.code_qr(donnees.adresse)


def test_the_drawn_code_is_the_one_of_its_address():
    """The squares a camera would see, one by one, on a page drawn as an image."""
    cible = "https://reflexes.example.org/v/abcdefghijklmnop/"
    source = "#set page(width: 100pt, height: 100pt, margin: 0pt)\n#image(bytes(sys.inputs.qr), width: 100pt)"
    image = typst.compile(
        source.encode(), format="png", ppi=288, sys_inputs={"qr": affiches.code_qr(cible)}
    )
    dessin = Image.open(io.BytesIO(image)).convert("L")
    code = segno.make_qr(cible, error="q")
    matrice = [list(ligne) for ligne in code.matrix_iter(border=4)]
    cote = dessin.width / len(matrice)
    lue = [
        [
            dessin.getpixel((int((x + 0.5) * cote), int((y + 0.5) * cote))) < 128
            for x in range(len(matrice))
        ]
        for y in range(len(matrice))
    ]
    assert lue == [[bool(carre) for carre in ligne] for ligne in matrice]


def test_the_contact_is_printed_and_kept_nowhere(en_cours, agent_a, caplog):
    client = client_de(agent_a)
    reponse = client.post(adresse(en_cours), {"contact": "Guichet 4, poste 12"})
    assert reponse.content.startswith(b"%PDF")
    assert reponse.content != client.get(adresse(en_cours)).content
    en_cours.refresh_from_db()
    assert "Guichet 4" not in str(vars(en_cours)) + caplog.text
    assert "Guichet 4" not in str(list(en_cours.journal.values()))


@pytest.mark.parametrize(("saisie", "mot"), [("x" * 121, "120"), ("a\x00b", "caractère")])
def test_a_contact_that_cannot_be_printed_is_said_and_kept_on_screen(
    saisie, mot, en_cours, agent_a
):
    page = client_de(agent_a).post(adresse(en_cours), {"contact": saisie})
    assert page.status_code == 422
    assert mot in page.content.decode()


def test_a_failing_engine_gives_a_clear_page(
    en_cours, questionnaire, agent_a, monkeypatch, tmp_path
):
    monkeypatch.setattr(composition, "SOURCES", tmp_path)
    for quoi in ("affiche.pdf", "affiche-voix.pdf"):
        page = client_de(agent_a).get(adresse(en_cours, quoi))
        assert page.status_code == 500
        assert "Rien n'est perdu" in page.content.decode()


# --- What never breaks them -------------------------------------------------------------------------

EXTREMES = [
    "W" * 160,
    "Anticonstitutionnellement " * 6,
    "#strong[*gras*] $x$ \\ @label <b> // rien",
    "مرحبا بالعالم",
    "日本語のタイトル",
    "👩‍🚒🔥",
    "\u202egauche\u200b à droite\x07",
    "e\u0301te\u0301 — œuvre « 100 % »",
    "क्षि ไทย 한국어 עברית Ωμέγα Привет",
    "   ",
]


@pytest.mark.parametrize("texte", EXTREMES)
def test_no_text_breaks_a_sheet(texte, organisation_a, en_cours, questionnaire):
    organisation_a.nom = texte[:160]
    en_cours.titre, en_cours.hypothese, en_cours.organisation = (
        texte[:160],
        texte * 40,
        organisation_a,
    )
    questionnaire.test = en_cours
    en_test = affiches.donnees_en_test(en_cours, texte[:120])
    voix = affiches.donnees_voix(questionnaire)
    assert tient("affiche", en_test)
    assert tient("affiche_voix", voix)
    assert pages(affiches.affiche(en_cours, texte[:120])) == 1
    assert pages(affiches.affiche_voix(questionnaire)) == 1


def test_a_long_public_address_stays_whole(en_cours, settings):
    settings.ADRESSE_PUBLIQUE = (
        "https://reflexes-publics.agglomeration-de-la-vallee.departement.example.org"
    )
    assert tient("affiche", affiches.donnees_en_test(en_cours))
    assert pages(affiches.affiche(en_cours)) == 1


def test_signs_without_a_shape_are_left_out_or_shown_as_missing():
    assert imprimable("Fêter 🎉 l'été") == "Fêter l’été"
    assert imprimable("日本 et ici") == "□ et ici"
    assert imprimable("a\x00b\n\n c\u202e") == "ab c"


def test_a_title_without_a_printable_letter_becomes_a_number(en_cours):
    en_cours.titre = "🎉🎉"
    assert affiches.donnees_en_test(en_cours).titre == f"Test n° {en_cours.pk}"


def test_a_hypothesis_is_shortened_with_care():
    assert en_une_phrase("Si nous appelons, alors oui. Ensuite nous verrons.") == (
        "Si nous appelons, alors oui."
    )
    longue = "Si nous appelons chaque famille, " * 12
    courte = en_une_phrase(longue)
    assert courte.endswith("chaque famille…")
    assert len(courte) <= 240
    assert len(en_une_phrase("x" * 900)) <= 240
    assert en_clair("**Si** nous\n\n- essayons <b>") == "Si nous essayons <b>"


def test_the_same_sheet_twice_is_the_same_file(en_cours):
    at = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)
    assert affiches.affiche(en_cours, at=at) == affiches.affiche(en_cours, at=at)
