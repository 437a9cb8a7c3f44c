"""Offers by CSV: good lines come in, the others are given back; nothing twice, nothing run as a formula."""

import csv
import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.forms.import_offres import sceller
from engagement.import_offres.apercu import apercevoir
from engagement.import_offres.ecriture import importer
from engagement.models import Ligne, Offre, Personne
from rappels.models import Message
from tests.fabriques_engagement import (
    DispositifFactory,
    OffreFactory,
    PersonneFactory,
    un_mediateur,
)
from tests.territoires_engagement import un_coin_de_pays

pytestmark = pytest.mark.django_db
TITRES = "Prénom et nom;Qui;Adresse e-mail;Téléphone;Envies;Commune;Demi-journées;Limites fermes\n"
BONNE = "Élise;habitante;elise@example.org;0600000001;Cuisiner;Lambersart;lundi matin, mardi;port de charge\n"
ACCORD = {
    "consentement": "en_ligne",
    "precision": "Formulaire de la ville, en mars",
    "d_accord": "on",
    "prevenir": "on",
}


@pytest.fixture
def pays():
    return un_coin_de_pays()


@pytest.fixture
def dispositif(pays):
    return DispositifFactory(territoire=pays["epci"], aux_organisations=True)


@pytest.fixture
def mediateur(client, dispositif):
    user = un_mediateur(dispositif)
    client.force_login(user)
    return user


def adresse(dispositif):
    return reverse("engagement:importer_offres", args=[dispositif.pk])


def envoyer(client, dispositif, contenu):
    octets = contenu.encode() if isinstance(contenu, str) else contenu
    fichier = SimpleUploadedFile("offres.csv", octets, "text/csv")
    return client.post(adresse(dispositif), {"fichier": fichier})


def confirmer(client, dispositif, contenu, **champs):
    scelle = sceller(contenu.encode(), dispositif)
    return client.post(adresse(dispositif), {**ACCORD, "scelle": scelle, **champs})


def texte(reponse):
    return " ".join(reponse.content.decode().replace("&#x27;", "'").split())


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_a_file_is_shown_before_anything_is_written(
    client, mediateur, dispositif, encodage, separateur
):
    cite = BONNE.replace("lundi matin, mardi", "lundi matin / mardi")
    contenu = (TITRES + cite).replace(";", separateur).encode(encodage)
    html = texte(envoyer(client, dispositif, contenu))
    assert "Élise" in html
    assert "Importer 1 offre" in html
    assert not Offre.objects.exists()


def test_good_lines_become_people_and_offers(client, mediateur, dispositif, pays):
    reponse = confirmer(client, dispositif, TITRES + BONNE)
    assert "1 offre importée" in texte(reponse)
    offre = Offre.objects.get()
    assert (offre.etat, offre.quand, offre.refuse, offre.epci, offre.titre) == (
        "active", "lundi matin, mardi", ["port_de_charge"], pays["epci"], "Du temps : lundi matin, mardi",
    )  # fmt: skip
    personne = offre.personne
    assert (personne.telephone, personne.recueilli_par, personne.consentement, personne.joignable) == (
        "06 00 00 00 01", mediateur, "en_ligne", True,
    )  # fmt: skip
    autre = PersonneFactory(dispositif=DispositifFactory(), email="elise@example.org")
    assert personne.cle == autre.cle
    assert Message.objects.get(genre="offre_bienvenue").destinataire == "elise@example.org"
    libelles = " ".join(Ligne.objects.values_list("libelle", flat=True))
    assert "Formulaire de la ville, en mars" in libelles
    assert "Élise" not in libelles


def test_nobody_is_written_to_when_the_cellule_says_so(client, mediateur, dispositif):
    confirmer(client, dispositif, TITRES + BONNE, prevenir="")
    assert Offre.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("ligne", "dit"),
    [
        (";habitant;a@example.org;;;Lambersart;;", "Le nom manque"),
        ("A;habitant;a@example.org;;;Nulleparville;;", "aucune commune ne répond"),
        ("A;habitant;a@example.org;;;;;", "la commune manque"),
        ("A;habitant;a@example.org;;;Saint-Martin 99999;;", "plusieurs communes|aucune commune"),
        ("A;habitant;pas une adresse;;;Lambersart;;", "n'est pas une adresse e-mail"),
        ("A;habitant;;12;;Lambersart;;", "n'est pas complet"),
        ("A;habitant;;;;Lambersart;;", "personne ne peut la joindre"),
        ("A;martien;a@example.org;;;Lambersart;;", "n'est pas compris"),
        ("A;habitant;a@example.org;;;Lambersart;lundi minuit;", "n'est pas compris"),
        ("A;habitant;a@example.org;;;Lambersart;;pas de chats", "écrivez-la dans les contraintes"),
        ("A;habitant;a@example.org;;;Lambersart;week-end;week-end", "il n'en reste aucune"),
        ("A" * 200 + ";habitant;a@example.org;;;Lambersart;;", "120 lettres au plus"),
        ('A;habitant;"a@example.org;;;Lambersart;;', "guillemet"),
        ("A;habitant;a@example.org;;;Lambersart;;;trop;de;cellules", "cellules pour"),
    ],
)  # fmt: skip
def test_a_broken_line_is_given_back_with_its_number_and_reason(
    client, mediateur, dispositif, ligne, dit
):
    contenu = TITRES + BONNE + ligne + "\n"
    html = texte(envoyer(client, dispositif, contenu))
    assert any(d.lower() in html.lower() for d in dit.split("|")), html
    assert "Importer 1 offre" in html
    assert '<th scope="row">3</th>' in html
    confirmer(client, dispositif, contenu)
    assert Offre.objects.count() == 1


def test_every_reason_of_a_line_is_said_at_once(dispositif):
    apercu = apercevoir(dispositif, (TITRES + ";martien;x;12;;Nulleparville;;\n").encode())
    raison = apercu.refusees[0].raison
    assert all(mot in raison for mot in ("nom", "martien", "« x »", "12", "Nulleparville"))


def test_the_lines_to_correct_come_as_a_file_that_may_be_sent_again(client, mediateur, dispositif):
    contenu = TITRES + "=1+1;habitant;faux;;@cmd;Lambersart;;\n" + BONNE
    corriger = reverse("engagement:lignes_a_corriger", args=[dispositif.pk])
    reponse = client.post(corriger, {"scelle": sceller(contenu.encode(), dispositif)})
    lignes = list(csv.DictReader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert [ligne["Ligne"] for ligne in lignes] == ["2"]
    assert lignes[0]["Prénom et nom"] == "'=1+1"
    assert lignes[0]["Envies et savoir-faire"] == "'@cmd"
    assert "adresse e-mail" in lignes[0]["Raison"]
    corrige = reponse.content.decode("utf-8-sig").replace("faux", "juste@example.org")
    confirmer(client, dispositif, corrige)
    assert Personne.objects.get().nom == "=1+1"


def test_the_same_line_twice_and_what_is_there_already_are_said(client, mediateur, dispositif):
    sans = "Zoé;habitante;;0611111111;Lire;Lambersart;;\n"
    contenu = TITRES + BONNE + BONNE + sans + sans
    html = texte(envoyer(client, dispositif, contenu))
    assert "La même offre est à la ligne 2" in html
    assert "La même offre est à la ligne 4" in html
    confirmer(client, dispositif, contenu)
    encore = texte(
        confirmer(client, dispositif, contenu)
    )  # a second click, or the same file tomorrow
    assert "0 offre" in encore
    assert Offre.objects.count() == Personne.objects.count() == 2
    autre = BONNE.replace("Cuisiner", "Jardiner")
    assert "dont 1 de personnes déjà là" in texte(envoyer(client, dispositif, TITRES + autre))
    confirmer(client, dispositif, TITRES + autre)
    assert Personne.objects.get(nom="Élise").offres.count() == 2


def test_somebody_known_keeps_their_words_and_an_address_is_one_person(
    client, mediateur, dispositif
):
    connue = PersonneFactory(
        dispositif=dispositif, email="elise@example.org", nom="Élise", telephone=""
    )
    confirmer(client, dispositif, TITRES + BONNE)
    connue.refresh_from_db()
    assert connue.offres.count() == 1
    assert connue.consentement == "en_ligne"
    conflit = BONNE.replace("Élise", "Quelqu'un d'autre").replace("Cuisiner", "Lire")
    assert "une adresse, une personne" in texte(envoyer(client, dispositif, TITRES + conflit))


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"d_accord": ""}, "Sans leur accord"),
        ({"precision": ""}, "Dites où et quand"),
        ({"consentement": "x"}, "x"),
    ],
)
def test_nothing_comes_in_without_a_consent_and_its_ground(
    client, mediateur, dispositif, champs, dit
):
    reponse = confirmer(client, dispositif, TITRES + BONNE, **champs)
    assert reponse.status_code == 422
    assert dit in texte(reponse)
    assert "Élise" in texte(reponse)  # the file is still in the page
    assert not Offre.objects.exists()


def test_a_changed_foreign_or_old_file_is_asked_for_again(client, mediateur, dispositif):
    ailleurs = sceller((TITRES + BONNE).encode(), DispositifFactory())
    for scelle in ("x", ailleurs, ailleurs[:-3], "\x00"):
        reponse = client.post(adresse(dispositif), {**ACCORD, "scelle": scelle}, follow=True)
        assert "choisissez-le à nouveau" in texte(reponse)
    assert not Offre.objects.exists()


@pytest.mark.parametrize(
    "contenu",
    [b"", b"PK\x03\x04classeur", b"\xff\xfe\x00", b"Nom;Adresse\n", b"\x00" * 50, b";;;\n;;\n"],
)
def test_a_file_that_is_no_table_is_refused_in_words(client, mediateur, dispositif, contenu):
    reponse = envoyer(client, dispositif, contenu)
    assert reponse.status_code == 422
    assert "champ-erreur" in reponse.content.decode()


def test_the_model_can_be_filled_and_sent_as_it_is(client, mediateur, dispositif, pays):
    OffreFactory(personne__dispositif=dispositif, territoire=pays["Lambersart"])
    modele = client.get(reverse("engagement:modele_offres", args=[dispositif.pk])).content
    apercu = apercevoir(dispositif, modele)
    assert [len(apercu.bonnes), apercu.refusees, apercu.inconnues] == [2, [], []]


def test_a_postcode_or_the_nearest_tells_communes_of_one_name_apart(dispositif, pays):
    def commune(saisie):
        ligne = f"A;habitant;a@example.org;;;{saisie};;\n"
        return [li.commune.pk for li in apercevoir(dispositif, (TITRES + ligne).encode()).bonnes]

    assert commune("Saint-Martin") == [pays["Saint-Martin du Nord"].pk]
    assert commune("St Martin (02998)") == [pays["Saint-Martin du Sud"].pk]
    assert commune("ST-MARTIN 2998") == [pays["Saint-Martin du Sud"].pk]
    assert commune("59130") == commune("59328") == [pays["Lambersart"].pk]


def test_a_closed_dispositif_takes_no_file(client, mediateur, dispositif):
    dispositif.etat = "clos"
    dispositif.save()
    reponse = confirmer(client, dispositif, TITRES + BONNE)
    assert reponse.status_code == 409
    assert "ne prend plus d" in texte(reponse)


@pytest.mark.lent
def test_2500_offers_come_in_some_seconds_and_as_many_queries_as_ten(mediateur, dispositif):
    def fichier(nombre, envie):
        lignes = (
            f"Personne {n};habitant;{envie}{n}@example.org;;{envie};Lambersart;semaine;\n"
            for n in range(nombre)
        )
        return (TITRES + "".join(lignes)).encode()

    def importe(contenu):
        with CaptureQueriesContext(connection) as requetes:
            importer(dispositif, contenu, par=mediateur, consentement="papier", precision="Forum")
        return len(requetes)

    peu = importe(fichier(10, "lire"))
    debut = time.process_time()
    beaucoup = importe(fichier(2_500, "dire"))
    assert time.process_time() - debut < 10
    assert beaucoup - peu < 20  # statements of a thousand rows
    assert Offre.objects.count() == 2_510
    assert Message.objects.filter(genre="offre_bienvenue").count() == 2_510
