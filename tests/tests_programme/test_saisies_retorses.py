"""What somebody could send to hurt: a machine is not filled, a page does not break, nothing is lost."""

import re
import subprocess
import sys
import time
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from config.anonymat import ce_qui_designe
from config.fichiers import FichierRefuse, preparer_document, preparer_image
from rappels.enveloppe import enveloppe
from rappels.models import Message
from rappels.registre import Courriel
from tests.conftest import client_de
from tests.fabriques import un_test_perennise
from tests.fichiers_envoyes import un_document, une_photo
from tests_programme.models import PieceJointe
from tests_programme.tasks import replanifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


@pytest.mark.parametrize(
    "retour", ["abc", "", "//ailleurs.example", "javascript:alert(1)", "é\r\nX: y"]
)
def test_the_way_back_from_tagging_is_an_address_of_ours_or_the_list(client, en_etat, retour):
    test = en_etat("en_cours")
    voix = test.voix.create(fonction="habitante", texte="Bien.")
    page = reverse("tests_programme:etiqueter", args=[test.pk, voix.pk])
    reponse = client.post(page, {"etiquettes": "accueil", "avant": "", "retour": retour})
    assert reponse.status_code == 302
    assert reponse.url.startswith(reverse("tests_programme:voix", args=[test.pk]))
    voix.refresh_from_db()
    assert voix.etiquettes == ["accueil"]


@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01", "1999-12-31", "2100-01-01"])
def test_a_perennisation_in_another_century_is_refused_and_the_rest_kept(client, en_etat, date):
    test = en_etat("a_evaluer")
    page = reverse("tests_programme:evaluation", args=[test.pk])
    version = client.get(page).context["version"]
    envoi = {"quoi": "brouillon", "version": version, "reponse": "Gardée.", "suites_date": date}
    reponse = client.post(page, envoi)
    assert reponse.status_code == 422
    html = reponse.content.decode()
    assert "Gardée." in html
    assert "Vérifiez l" in html


@pytest.mark.parametrize("jour", ["9999-12-31", "0001-01-01"])
def test_a_questionnaire_of_another_century_is_refused_and_the_rest_kept(client, en_etat, jour):
    test = en_etat("en_cours")
    page = reverse("tests_programme:questionnaire", args=[test.pk])
    client.post(reverse("tests_programme:ajouter_jeu", args=[test.pk]), {"jeu": ""})
    lignes = {"questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0}
    envoi = {"introduction": "Gardée.", "ouvert_le": jour, "ferme_le": jour, **lignes}
    reponse = client.post(page, envoi)
    assert reponse.status_code == 422
    html = reponse.content.decode()
    assert "Gardée." in html
    assert "Vérifiez l" in html


def test_one_test_that_cannot_be_planned_does_not_keep_the_others_from_it(en_etat, caplog):
    """A date that came in another way (an import, the console) must not stop the night of everybody."""
    casse, sain = en_etat("perennise"), un_test_perennise()
    type(casse.evaluation).objects.filter(pk=casse.evaluation.pk).update(suites_date="9999-12-31")
    assert replanifier() == 1
    assert f"test {casse.pk}" in caplog.text
    assert sain.pk != casse.pk


PICTURES = [("PNG", "RGBA"), ("WEBP", "RGBA"), ("GIF", "P"), ("PNG", "I;16")]


@pytest.mark.parametrize(("format_", "mode"), PICTURES)
def test_a_small_file_that_unfolds_into_a_huge_picture_takes_little_memory(format_, mode, tmp_path):
    """Some kilobytes, and as many points as we take: measured where nothing else has run."""
    image = tmp_path / "bombe"
    image.write_bytes(une_photo(taille=(4400, 4400), format=format_, mode=mode).read())
    essai = (
        "import re, sys\n"
        "from config.images import ImageIllisible, reduire\n"
        "pris = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
        "avant = pris()\n"
        "try:\n    reduire(open(sys.argv[1], 'rb'))\nexcept ImageIllisible as refus:\n    print(refus)\n"
        "print((pris() - avant) // 1024)\n"
    )
    dit = subprocess.run(
        [sys.executable, "-c", essai, image], check=True, capture_output=True, text=True
    ).stdout
    assert int(dit.split()[-1]) < 400, dit  # megabytes


@pytest.mark.parametrize("options", [{"format": "PNG", "mode": "1"}, {"progressive": True}])
def test_what_must_be_unfolded_whole_is_refused_sooner_than_a_photograph(options):
    with pytest.raises(FichierRefuse, match="trop de points"):
        preparer_image(une_photo(taille=(5000, 4100), **options))
    assert preparer_image(une_photo(taille=(5000, 4100))).largeur == 1600


def test_an_archive_cut_short_is_refused_in_words():
    """A ZIP whose first file is packed by LZMA and ends before its time."""
    nom, octets = b"mimetype", (10**6).to_bytes(4, "little") + (50).to_bytes(4, "little")
    suite = b"\x00\x00\x00\x00" + octets + len(nom).to_bytes(2, "little") + b"\x00\x00"
    local = b"PK\x03\x04\x14\x00\x00\x00\x0e\x00\x00\x00\x00\x00" + suite + nom
    central = b"PK\x01\x02\x14\x00\x14\x00\x00\x00\x0e\x00\x00\x00\x00\x00" + suite
    central += b"\x00" * 14 + nom
    fin = b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00"
    fin += len(central).to_bytes(4, "little") + len(local).to_bytes(4, "little") + b"\x00\x00"
    contenu = local + central + fin
    with zipfile.ZipFile(un_document("a.odt", contenu)) as archive, pytest.raises(EOFError):
        archive.read("mimetype")
    with pytest.raises(FichierRefuse):
        preparer_document(un_document("a.odt", contenu))


@pytest.mark.parametrize("mots", ["a" * 20_000, "a." * 10_000, "a@" + "a" * 19_990, "Aa " * 6_600])
def test_a_text_without_spaces_is_looked_through_at_once(mots):
    debut = time.perf_counter()
    ce_qui_designe(mots)
    assert time.perf_counter() - debut < 0.2


def test_the_same_kept_picture_named_twice_is_one_picture(client, en_etat):
    test = en_etat("en_cours")
    page = reverse("tests_programme:journal", args=[test.pk])
    note = {"texte": "Une photo.", "le": "2026-01-05", "portee": "equipe"}
    attente = client.post(page, {**note, "images": [une_photo()]})
    assert attente.status_code == 422
    html = attente.content.decode()
    jeton = re.search(r'name="garde" value="([^"]+)"', html).group(1)
    description = re.search(r'name="(description_[0-9a-f]{32})"', html).group(1)
    envoi = {**note, "garde": [jeton, jeton], description: "Une boîte"}
    assert client.post(page, envoi).status_code == 302
    assert PieceJointe.objects.count() == 1


@pytest.mark.parametrize("page", ["accords/x", "v/x", "miroir/x"])
def test_a_page_whose_address_is_a_key_is_kept_by_nobody_and_told_to_no_other_site(page, db):
    reponse = Client().get(f"/{page}/")
    assert reponse.status_code == 404
    assert reponse["Referrer-Policy"] == "same-origin"
    assert "noindex" in reponse["X-Robots-Tag"]
    assert "no-store" in reponse["Cache-Control"]


def test_what_a_title_holds_never_begins_a_line_of_a_calendar_nor_a_header_of_a_mail(en_etat):
    test = en_etat("en_cours")
    type(test).objects.filter(pk=test.pk).update(
        titre="Un test\r\nATTENDEE:mailto:x@example.org\rBcc: y@example.org"
    )
    ics = Client().get(reverse("tests_programme:agenda", args=[test.pk])).content
    assert b"\nATTENDEE" not in ics
    assert b"\rBcc" not in ics
    message = Message(cle="x", genre="peremption_0", destinataire="a@example.org")
    test.refresh_from_db()
    mail = enveloppe(message, Courriel(f"Fin du test : {test.titre}", "…")).message()
    assert mail["Bcc"] is None
    assert "\n" not in str(mail["Subject"])
