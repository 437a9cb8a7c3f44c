"""The permanence inversée: a list imported, given out, called, followed, erased."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.jours import instant_de
from engagement import tasks
from engagement.appels import jeton_de
from engagement.models import Appel, FicheAppel, Ligne, ListeAppels
from engagement.refus import ActionRefusee
from rappels.models import Message
from rappels.tasks import envoyer
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    DispositifFactory,
    ListeAppelsFactory,
    OffreFactory,
    PersonneFactory,
    TerritoireFactory,
    un_mediateur,
)

pytestmark = pytest.mark.django_db
LUNDI = dt.date(2027, 1, 4)


@pytest.fixture(autouse=True)
def _lundi_matin():
    with time_machine.travel(instant_de(LUNDI, 9), tick=False):
        yield


@pytest.fixture
def le(request):
    """Travel to nine o'clock of a day so many days later; come back at the end."""

    def aller(jours):
        voyage = time_machine.travel(instant_de(LUNDI + dt.timedelta(days=jours), 9), tick=False)
        voyage.start()
        request.addfinalizer(voyage.stop)

    return aller


@pytest.fixture
def dispositif():
    return DispositifFactory(debut=dt.date(2027, 1, 1))


@pytest.fixture
def mediateur(dispositif):
    return un_mediateur(dispositif)


def un_volontaire(dispositif, **champs):
    return OffreFactory(personne=PersonneFactory(dispositif=dispositif, **champs)).personne


def adresse(nom, objet):
    return reverse(f"engagement:{nom}", args=[objet.pk])


def importer(client, liste, contenu):
    fichier = SimpleUploadedFile(
        "appels.csv", contenu if isinstance(contenu, bytes) else contenu.encode()
    )
    return client.post(adresse("importer_appels", liste), {"fichier": fichier}, follow=True)


def actions(objet):
    siennes = Ligne.objects.filter(sujet=f"liste_appels:{objet.pk}").order_by("pk")
    return list(siennes.values_list("action", flat=True))


# --- Making and filling a list


def reglage(**champs):
    return {
        "titre": "Canicule", "fondement": "Registre nominatif", "origine": "CCAS",
        "effacer_le": "2027-03-01", "script": "Bonjour", "orientations": "Repas\nRepas\n", **champs,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"effacer_le": ""}, "quel jour la liste sera effacée"),
        ({"effacer_le": "2027-01-04"}, "un jour à venir"),
        ({"effacer_le": "2029-01-05"}, "24 mois au plus"),
        ({"effacer_le": "2027-02-31"}, "Cette date n"),
        ({"fondement": ""}, "obligatoire"),
        ({"script": "x\x00"}, "caract"),
    ],
)
def test_a_list_says_why_and_until_when(dispositif, mediateur, champs, dit):
    reponse = client_de(mediateur).post(
        adresse("nouvelle_liste_appels", dispositif), reglage(**champs)
    )
    assert reponse.status_code == 422
    assert dit in reponse.content.decode()
    assert not ListeAppels.objects.exists()


def test_a_list_is_made_then_its_script_changes(dispositif, mediateur):
    client = client_de(mediateur)
    client.post(adresse("nouvelle_liste_appels", dispositif), reglage(effacer_le="04/01/2029"))
    liste = ListeAppels.objects.get()
    assert (liste.cree_par, actions(liste)) == (mediateur, ["creer"])
    client.post(adresse("modifier_liste_appels", liste), reglage(script="Bonsoir"))
    liste.refresh_from_db()
    assert (liste.script, liste.effacer_le) == ("Bonsoir", dt.date(2027, 3, 1))


def test_good_lines_are_kept_and_bad_ones_said_with_their_number_and_why(dispositif, mediateur):
    TerritoireFactory(nom="Étaples")
    liste, client = ListeAppelsFactory(dispositif=dispositif, fiches=1), client_de(mediateur)
    page = importer(
        client,
        liste,
        "Nom;Téléphone;Commune;À savoir;Difficulté;Inconnue\n"
        "Élise;+33 6 11 22 33 44;Étaples;Sourde;délicate;x\n"
        ";0611223345;;;;\n"
        "Sans numéro;;;;;\n"
        "Mauvais;12;;;;\n"
        "Doublon;06.11.22.33.44;;;;\n"
        "Connu;06 00 00 00 01;;;;\n"
        "Autre;0611223346;Nulle-Part;;terrible;\n"
        '"Guillemet;0611223347;;;;\n'
        "Bien;611223348;Nulle-Part;;simple;\n",
    ).content.decode()
    gardees = list(liste.fiches.order_by("numero").values_list("numero", "nom", "telephone"))[1:]
    assert gardees == [(2, "Élise", "06 11 22 33 44"), (3, "Bien", "06 11 22 33 48")]
    assert liste.fiches.get(numero=2).territoire.nom == "Étaples"
    assert "2 personnes ajoutées" in page
    assert "7 lignes ne sont pas gardées" in page
    assert "Colonnes non lues : Inconnue" in page
    assert "Communes inconnues, gardées comme elles sont écrites : Nulle-Part" in page
    csv = client.get(adresse("lignes_refusees", liste)).content.decode()
    lignes = [ligne.split(";")[:2] for ligne in csv.splitlines()[1:]]
    assert [ligne[0] for ligne in lignes] == ["3", "4", "5", "6", "7", "8", "9"]
    dits = " ".join(ligne[1] for ligne in lignes)
    for raison in (
        "nom",
        "téléphone",
        "« 12 »",
        "déjà à la ligne 2",
        "fiche 1",
        "terrible",
        "guillemet",
    ):
        assert raison in dits, raison
    encore = importer(client, liste, "Nom;Tél\nÉlise;0611223344\n").content.decode()
    assert "0 personnes ajoutées" in encore
    assert liste.fiches.count() == 3


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (b"", "vide"), (b"\n", "vide"), (b"Nom;Age\nA;3\n", "Il manque : « Téléphone »"),
        (b"PK\x03\x04", "classeur"), (b"\x81\x8d", "CSV"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_words(dispositif, mediateur, contenu, dit):
    liste = ListeAppelsFactory(dispositif=dispositif, fiches=0)
    assert dit in importer(client_de(mediateur), liste, contenu).content.decode()
    assert not liste.fiches.exists()


def test_what_is_refused_is_shown_to_whoever_imported_alone(dispositif, mediateur):
    liste = ListeAppelsFactory(dispositif=dispositif, fiches=0)
    importer(client_de(mediateur), liste, "Nom;Tél\nSecrète;12\n")
    collegue = client_de(un_mediateur(dispositif))
    assert collegue.get(adresse("lignes_refusees", liste)).status_code == 404
    assert "Secrète" not in collegue.get(adresse("importer_appels", liste)).content.decode()


# --- Giving out


def test_easy_ones_go_first_by_lots_to_those_chosen(dispositif, mediateur):
    liste = ListeAppelsFactory(dispositif=dispositif, fiches=6)
    liste.fiches.filter(numero__in=[5, 6]).update(difficulte="1")
    liste.fiches.filter(numero=1).update(difficulte="3")
    un, deux = un_volontaire(dispositif), un_volontaire(dispositif, email="", telephone="")
    client = client_de(mediateur)
    page = client.post(
        liste.get_absolute_url(), {"combien": "3", "personnes": [un.pk, deux.pk]}, follow=True
    ).content.decode()
    numeros = lambda p: list(p.fiches_appels.order_by("numero").values_list("numero", flat=True))  # noqa: E731
    donnes = sorted([numeros(un), numeros(deux)])
    assert donnes == [[1, 3, 4], [2, 5, 6]]
    assert "6 fiches confiées à 2 personnes" in page
    assert f"/engagement/appeler/{jeton_de(deux)}" in page, (
        "without an address, the link is handed over"
    )
    assert Message.objects.filter(genre="appels_confies").count() == 1
    envoyer()
    assert jeton_de(un) in mail.outbox[0].body
    refus = client.post(liste.get_absolute_url(), {"combien": "3", "personnes": [un.pk]})
    assert "Plus aucune fiche" in refus.content.decode()
    assert actions(liste) == ["attribuer"]


@pytest.mark.parametrize("combien", ["0", "-3", "51", "x", "", "9" * 30])
def test_a_lot_is_between_one_and_fifty(dispositif, mediateur, combien):
    liste, qui = ListeAppelsFactory(dispositif=dispositif), un_volontaire(dispositif)
    reponse = client_de(mediateur).post(
        liste.get_absolute_url(), {"combien": combien, "personnes": [qui.pk]}
    )
    assert reponse.status_code == 422
    assert not liste.fiches.exclude(appelant=None).exists()


def test_only_those_who_offer_time_here_are_proposed(dispositif, mediateur):
    liste = ListeAppelsFactory(dispositif=dispositif)
    ailleurs = un_volontaire(DispositifFactory())
    repose = un_volontaire(dispositif, nom="Repos", en_pause_depuis=instant_de(LUNDI))
    page = client_de(mediateur).get(liste.get_absolute_url()).content.decode()
    assert repose.nom not in page
    reponse = client_de(mediateur).post(
        liste.get_absolute_url(), {"combien": "2", "personnes": [ailleurs.pk]}
    )
    assert reponse.status_code == 422


def test_sheets_not_called_go_back_to_the_list_after_some_days(dispositif, mediateur, le):
    liste, qui = ListeAppelsFactory(dispositif=dispositif, fiches=3), un_volontaire(dispositif)
    liste.attribuer([qui], 3, par=mediateur)
    appelee, promise, oubliee = liste.fiches.order_by("numero")
    le(4)
    appelee.noter_appel(Appel(resultat="absent"), vus=0, appelant=qui)
    tard = LUNDI + dt.timedelta(days=20)
    promise.noter_appel(Appel(resultat="rappeler", rappeler_le=tard), vus=0, appelant=qui)
    tasks.tenir_les_listes_appels()
    assert qui.fiches_appels.count() == 3
    le(6)
    tasks.tenir_les_listes_appels()
    assert set(qui.fiches_appels.all()) == {appelee, promise}
    assert liste.fiches.libres().get() == oubliee
    assert actions(liste) == ["attribuer", "reprendre"]
    qui.mettre_en_pause()
    tasks.tenir_les_listes_appels()
    assert liste.fiches.libres().count() == 3


def test_the_cellule_takes_back_and_a_caller_gives_back(dispositif, mediateur, client):
    liste, qui = ListeAppelsFactory(dispositif=dispositif, fiches=4), un_volontaire(dispositif)
    liste.attribuer([qui], 2, par=mediateur)
    client_de(mediateur).post(adresse("reprendre_appels", liste), {"personne": qui.pk})
    assert liste.fiches.libres().count() == 4
    liste.attribuer([qui], 2, par=mediateur)
    page = client.post(
        reverse("engagement:appeler", args=[jeton_de(qui)]), {"rendre": "1"}, follow=True
    )
    assert "2 fiches iront à quelqu" in page.content.decode()
    assert liste.fiches.libres().count() == 4
    with pytest.raises(PermissionDenied):
        liste.attribuer([qui], 2, par=UtilisateurFactory())


# --- Calling


@pytest.fixture
def appelant(dispositif, mediateur):
    qui = un_volontaire(dispositif)
    ListeAppelsFactory(dispositif=dispositif, fiches=3).attribuer([qui], 2, par=mediateur)
    return qui


def page_de(appelant):
    return reverse("engagement:appeler", args=[jeton_de(appelant)])


def un_appel(fiche, **champs):
    return {"fiche": fiche.pk, "vus": fiche.appels.count(), "resultat": "parle", **champs}


def test_one_sheet_at_a_time_and_a_done_one_disappears(client, appelant):
    un, deux = appelant.fiches_appels.order_by("numero")
    page = client.get(page_de(appelant)).content.decode()
    assert 'href="tel:0600000001"' in page
    assert un.nom in page
    assert deux.nom not in page
    assert FicheAppel.objects.get(appelant=None).nom not in page
    assert "Bonjour, je vous appelle" in page
    saisi = {"nouvelles": "Va bien.", "orientation": "Portage de repas", "delicate": "on"}
    page = client.post(page_de(appelant), un_appel(un, **saisi), follow=True).content.decode()
    assert deux.nom in page
    assert un.nom not in page
    un.refresh_from_db()
    appel = un.appels.get()
    assert (un.etat, un.difficulte) == ("faite", "3")
    assert (appel.nouvelles, appel.orientation, appel.appelant) == (
        "Va bien.",
        "Portage de repas",
        appelant,
    )
    assert Ligne.objects.filter(sujet=f"fiche_appel:{un.pk}", action="appeler").count() == 1
    fini = client.post(page_de(appelant), un_appel(deux, resultat="refus"), follow=True)
    deux.refresh_from_db()
    assert deux.etat == "refus"
    assert "Plus rien à appeler" in fini.content.decode()


def test_a_caller_may_pass_to_another_sheet(client, appelant):
    un, deux = appelant.fiches_appels.order_by("numero")
    assert deux.nom in client.get(page_de(appelant), {"apres": un.pk}).content.decode()
    assert un.nom in client.get(page_de(appelant), {"apres": deux.pk}).content.decode()
    assert un.nom in client.get(page_de(appelant), {"apres": "9" * 40}).content.decode()


def test_a_second_click_is_not_a_second_call(client, appelant):
    fiche = appelant.fiches_appels.earliest("numero")
    donnees = un_appel(fiche, resultat="absent")
    client.post(page_de(appelant), donnees)
    page = client.post(page_de(appelant), donnees, follow=True).content.decode()
    assert "déjà noté" in page
    assert fiche.appels.count() == 1


def test_somebody_else_s_sheet_is_not_theirs(client, appelant):
    autre = FicheAppel.objects.get(appelant=None)
    page = client.post(page_de(appelant), un_appel(autre), follow=True).content.decode()
    assert "n&#x27;est plus dans votre liste" in page
    assert not autre.appels.exists()
    assert client.post(page_de(appelant), {"fiche": "x\x00", "vus": "y"}).status_code == 302


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"resultat": ""}, "comment l&#x27;appel s&#x27;est passé"),
        ({"resultat": "autre"}, "choix valide"),
        ({"rappeler_le": "2027-01-03"}, "Ce jour est déjà passé"),
        ({"rappeler_le": "2027-02-31"}, "Cette date n&#x27;existe pas"),
        ({"orientation": "Ailleurs"}, "choix valide"),
        ({"nouvelles": "x" * 20_001}, "20000"),
    ],
)
def test_what_is_typed_wrong_stays_on_the_sheet(client, appelant, champs, dit):
    fiche = appelant.fiches_appels.earliest("numero")
    saisi = {"difficulte": "Escalier en panne", **champs}
    reponse = client.post(page_de(appelant), un_appel(fiche, **saisi))
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert dit in page
    assert "Escalier en panne" in page
    assert fiche.nom in page
    assert not fiche.appels.exists()


def test_a_day_after_the_erasure_is_refused(client, appelant):
    fiche = appelant.fiches_appels.earliest("numero")
    reponse = client.post(
        page_de(appelant), un_appel(fiche, resultat="rappeler", rappeler_le="2028-01-03")
    )
    assert reponse.status_code == 409
    assert "après l&#x27;effacement" in reponse.content.decode()


def test_a_promised_call_comes_back_on_its_day_and_first(client, appelant, le):
    un, deux = appelant.fiches_appels.order_by("numero")
    client.post(page_de(appelant), un_appel(deux, resultat="rappeler", rappeler_le="2027-01-06"))
    deux.refresh_from_db()
    assert (deux.etat, deux.rappeler_le) == ("a_rappeler", dt.date(2027, 1, 6))
    client.post(page_de(appelant), un_appel(un))
    assert "mercredi 6 janvier" in client.get(page_de(appelant)).content.decode().lower()
    le(2)
    page = client.get(page_de(appelant)).content.decode()
    assert deux.nom in page
    assert "1 appel déjà" in page


def test_nobody_insists_after_three_calls_without_an_answer(appelant, le):
    fiche = appelant.fiches_appels.earliest("numero")
    for rang in range(3):
        le(rang)
        assert fiche.etat != "injoignable"
        fiche.noter_appel(Appel(resultat="absent"), vus=rang, appelant=appelant)
    assert (fiche.etat, fiche.rappeler_le) == ("injoignable", None)


def test_a_forged_or_late_link_and_a_closed_dispositif_say_so(client, appelant, le):
    for jeton in ("x", appelant.jeton):
        assert client.get(reverse("engagement:appeler", args=[jeton])).status_code == 404
    fiche = appelant.fiches_appels.earliest("numero")
    appelant.dispositif.etat = "clos"
    appelant.dispositif.save()
    reponse = client.post(page_de(appelant), un_appel(fiche))
    assert reponse.status_code == 409
    assert "n&#x27;est pas ouvert" in reponse.content.decode()
    jeton = page_de(appelant)
    le(121)
    assert client.get(jeton).status_code == 404


def test_the_link_is_told_to_no_other_site(client, appelant):
    reponse = client.get(page_de(appelant))
    assert reponse["Referrer-Policy"] == "same-origin"
    assert "noindex" in reponse["X-Robots-Tag"]
    assert "no-store" in reponse["Cache-Control"]


# --- Following


def test_the_cellule_follows_without_a_name_and_each_sheet_it_opens_is_kept(
    client, dispositif, mediateur, appelant
):
    un, deux = appelant.fiches_appels.order_by("numero")
    client.post(page_de(appelant), un_appel(un, orientation="Aide à domicile", nouvelles="Seule."))
    client.post(page_de(appelant), un_appel(deux, resultat="absent", delicate="on"))
    liste, cellule = un.liste, client_de(mediateur)
    page = cellule.get(liste.get_absolute_url()).content.decode()
    assert un.nom not in page
    assert "Aide à domicile" in page
    assert f"Fiche {deux.numero}" in page
    fiche = cellule.get(adresse("fiche_appel", un)).content.decode()
    assert un.nom in fiche
    assert "Seule." in fiche
    vues = Ligne.objects.filter(sujet=f"fiche_appel:{un.pk}", action="voir")
    assert vues.get().par == mediateur
    appel = un.appels.get()
    for _ in range(2):
        cellule.post(reverse("engagement:transmettre_appel", args=[appel.pk]))
    appel.refresh_from_db()
    assert appel.transmise_le is not None
    assert Ligne.objects.filter(action="transmettre").count() == 1
    cellule.post(adresse("fiche_appel", deux), un_appel(deux, nouvelles="La cellule a rappelé."))
    deux.refresh_from_db()
    assert deux.etat == "faite"


def test_figures_are_exported_without_a_name_a_phone_or_a_word(client, mediateur, appelant):
    fiche = appelant.fiches_appels.earliest("numero")
    client.post(
        page_de(appelant), un_appel(fiche, nouvelles="Un secret", orientation="Aide à domicile")
    )
    csv = client_de(mediateur).get(adresse("chiffres_appels", fiche.liste)).content.decode()
    for ligne in ("Fiches;total;3", "Fiches;Faite;1", "Orientations;Aide à domicile;1",
                  "Appels par jour;04/01/2027;1"):  # fmt: skip
        assert ligne in csv
    for cache in (fiche.nom, fiche.telephone, "Un secret", appelant.nom, "Vigny"):
        assert cache not in csv


def test_the_page_costs_the_same_with_few_or_many_sheets(dispositif, mediateur):
    liste, client = ListeAppelsFactory(dispositif=dispositif, fiches=2), client_de(mediateur)
    liste.attribuer([un_volontaire(dispositif)], 1, par=mediateur)

    def requetes():
        with CaptureQueriesContext(connection) as lues:
            assert client.get(liste.get_absolute_url()).status_code == 200
        return len(lues)

    client.get(liste.get_absolute_url())
    avant = requetes()
    autre = ListeAppelsFactory(dispositif=dispositif, fiches=0)
    for numero in range(3, 60):
        liste.fiches.create(
            numero=numero, nom="X", telephone=f"07 00 00 00 {numero}", difficulte="3"
        )
    assert not autre.fiches.exists()
    for _ in range(4):
        liste.attribuer([un_volontaire(dispositif)], 2, par=mediateur)
    assert requetes() == avant <= 10


def test_strangers_see_nothing_of_a_list(dispositif, appelant, administrateur):
    liste = ListeAppels.objects.get()
    for nom in ("liste_appels", "importer_appels", "chiffres_appels", "effacer_liste_appels"):
        assert client_de(administrateur).get(adresse(nom, liste)).status_code == 404, nom
    fiche = liste.fiches.earliest("numero")
    assert client_de(administrateur).get(adresse("fiche_appel", fiche)).status_code == 404


# --- Erasing


def rien_ne_reste(liste):
    assert not liste.fiches.exclude(nom="", telephone="", commune="", precision="").exists()
    assert (
        not Appel.objects.filter(fiche__liste=liste).exclude(nouvelles="", difficulte="").exists()
    )


def test_on_its_day_nobody_reads_it_any_more_and_the_job_erases_it(client, mediateur, appelant, le):
    fiche = appelant.fiches_appels.earliest("numero")
    client.post(
        page_de(appelant), un_appel(fiche, nouvelles="Un secret", orientation="Aide à domicile")
    )
    liste = fiche.liste
    le(60)
    for reponse in (
        client.get(page_de(appelant)),
        client_de(mediateur).get(liste.get_absolute_url()),
    ):
        assert reponse.status_code == 200
        for cache in ("Personne à appeler", "Un secret", "tel:"):
            assert cache not in reponse.content.decode()
    assert client_de(mediateur).get(adresse("fiche_appel", fiche)).status_code == 404
    assert tasks.tenir_les_listes_appels() == 1
    assert tasks.tenir_les_listes_appels() == 0
    rien_ne_reste(liste)
    csv = client_de(mediateur).get(adresse("chiffres_appels", liste)).content.decode()
    assert "Fiches;Faite;1" in csv
    assert "Orientations;Aide à domicile;1" in csv
    assert actions(liste)[-1] == "effacer"


def test_the_cellule_is_told_three_days_before_once(mediateur, appelant, le):
    liste = ListeAppels.objects.get()
    le(50)
    tasks.tenir_les_listes_appels()
    annonces = Message.objects.filter(genre="liste_a_effacer")
    assert not annonces.exists()
    le(56)
    for _ in range(2):
        tasks.tenir_les_listes_appels()
    assert annonces.get().destinataire == mediateur.email
    le(57)
    envoyer()
    texte = next(m.body for m in mail.outbox if "bientôt effacée" in m.subject)
    assert "3 fiches restent à appeler" in texte
    assert liste.titre in texte


def test_the_list_may_be_erased_early(mediateur, appelant):
    liste, client = ListeAppels.objects.get(), client_de(mediateur)
    assert (
        "Effacer maintenant" in client.get(adresse("effacer_liste_appels", liste)).content.decode()
    )
    assert liste.fiches.exclude(nom="").exists(), "a GET changes nothing"
    client.post(adresse("effacer_liste_appels", liste))
    rien_ne_reste(liste)
    assert (
        "déjà" in client.post(adresse("effacer_liste_appels", liste), follow=True).content.decode()
    )
    refus = importer(client, liste, "Nom;Tél\nA;0611223344\n").content.decode()
    assert "effacée" in refus
    assert liste.fiches.filter(nom="A").count() == 0
    with pytest.raises(ActionRefusee, match="effacée"):
        liste.attribuer([appelant], 1, par=mediateur)
