"""The journal de bord: who reads each note, and nothing of what is typed is lost."""

import datetime as dt
import uuid

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.jours import jour_de
from tests.conftest import client_de
from tests.fabriques import AdhesionFactory, ProgrammeFactory, une_note
from tests.fichiers_envoyes import un_document, un_docx, une_photo
from tests_programme import orphelins
from tests_programme.models import LecteurMiroir, Note, PieceJointe


@pytest.fixture
def test(en_etat):
    return en_etat("en_cours")


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


def adresse(test, nom="journal", *args):
    return reverse(f"tests_programme:{nom}", args=[test.pk, *args])


def saisie(**champs):
    communs = {"texte": "Ce matin, deux familles.", "le": jour_de(), "portee": "equipe"}
    return {"envoi": str(uuid.uuid4()), **communs, **champs}


def statut(client, chemin):
    """What a file answers, read to its end."""
    reponse = client.get(chemin)
    if reponse.streaming:
        b"".join(reponse.streaming_content)
    return reponse.status_code


def fichiers_sur_le_disque():
    try:
        annees = default_storage.listdir("journal")[0]
    except FileNotFoundError:
        return []
    mois = [f"journal/{a}/{m}" for a in annees for m in default_storage.listdir(f"journal/{a}")[0]]
    return [nom for dossier in mois for nom in default_storage.listdir(dossier)[1]]


# --- Writing ------------------------------------------------------------------------------------------


def test_a_note_keeps_its_text_pictures_files_and_voice(client, test, agent_a):
    reponse = client.post(
        adresse(test),
        saisie(
            images=[une_photo("a.jpg"), une_photo("b.jpg", orientation=6)],
            nouvelle_description=["La table", "Le couloir"],
            documents=[un_docx()],
            **{
                "voix-fonction": "père d'un enfant",
                "voix-texte": "Je pars tranquille.",
                "voix-consentement": "on",
            },
        ),
    )
    note = Note.objects.get()
    assert reponse.url == f"{adresse(test)}?note={note.pk}"
    assert (note.auteur, note.portee) == (agent_a, "equipe")
    pieces = list(note.pieces.values_list("nature", "nom", "texte_alternatif"))
    assert pieces == [
        ("image", "a.jpg", "La table"),
        ("image", "b.jpg", "Le couloir"),
        ("document", "compte-rendu.docx", ""),
    ]
    voix = note.voix.get()
    assert (voix.origine, voix.test, voix.consentement) == ("journal", test, True)
    assert voix.recueillie_le == note.le
    html = client.get(reponse.url).content.decode()
    for dit in ["Ce matin, deux familles.", 'alt="Le couloir"', "Je pars tranquille."]:
        assert dit in html


def test_pictures_wait_on_the_site_until_they_are_described(client, test):
    donnees = saisie(images=[une_photo("a.jpg")], documents=[un_document()])
    refus = client.post(adresse(test), donnees)
    assert refus.status_code == 422
    assert not Note.objects.exists()
    page = refus.content.decode()
    assert "L&#x27;image est gardée. Décrivez-la" in page
    assert "Ce matin, deux familles." in page
    assert "data:image/jpeg;base64," in page
    lignes = refus.context["saisie"].pieces.lignes
    suite = {"garde": [ligne.garde.jeton for ligne in lignes]}
    suite[f"description_{lignes[0].cle}"] = "Une table"
    client.post(adresse(test), {**donnees, "images": [], "documents": [], **suite})
    note = Note.objects.get()
    assert [piece.nom for piece in note.pieces.all()] == ["a.jpg", "bilan.pdf"]
    assert len(fichiers_sur_le_disque()) == 2
    # The same token puts the same file in no second note.
    refus = client.post(adresse(test), saisie(**suite))
    assert "Un fichier gardé n&#x27;est plus là" in refus.content.decode()
    assert Note.objects.count() == 1


def test_a_kept_picture_is_nobody_elses(client, test, referent_a):
    refus = client.post(adresse(test), saisie(images=[une_photo()]))
    ligne = refus.context["saisie"].pieces.lignes[0]
    autre = client_de(referent_a).post(
        adresse(test),
        saisie(garde=[ligne.garde.jeton, "forgé"], **{f"description_{ligne.cle}": "À moi"}),
    )
    assert autre.status_code == 422
    assert not PieceJointe.objects.exists()


def test_a_wrong_text_costs_no_picture(client, test):
    refus = client.post(
        adresse(test),
        saisie(texte="", images=[une_photo()], nouvelle_description=["Une table"]),
    )
    page = refus.content.decode()
    assert "Écrivez quelques mots." in page
    assert 'value="Une table"' in page
    assert len(refus.context["saisie"].pieces.lignes) == 1


@pytest.mark.parametrize(
    ("champ", "fichier", "dit"),
    [
        ("images", un_document("photo.jpg", b"pas une image"), "n&#x27;est pas une image"),
        ("images", un_document("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0"), "HEIC"),
        ("documents", un_document("virus.exe", b"MZ\x90"), "pas un document que nous gardons"),
        ("documents", un_document("vide.pdf", b""), "vide"),
    ],
)
def test_a_refused_file_is_named_and_the_rest_is_kept(client, test, champ, fichier, dit):
    envoyes = {"images": [une_photo("bonne.jpg")], "documents": [un_document("bon.pdf")]}
    envoyes[champ] = [*envoyes[champ], fichier]
    refus = client.post(adresse(test), saisie(nouvelle_description=["Une table"], **envoyes))
    page = refus.content.decode()
    assert refus.status_code == 422
    assert dit in page
    assert fichier.name in page
    assert "Ce matin, deux familles." in page
    assert [ligne.nom for ligne in refus.context["saisie"].pieces.lignes] == [
        "bonne.jpg",
        "bon.pdf",
    ]


def test_a_thirty_megabyte_picture_is_refused_and_the_text_kept(client, test):
    lourde = un_document("IMG.jpg", b"\xff\xd8\xff" + b"\0" * (30 * 1024 * 1024))
    refus = client.post(adresse(test), saisie(images=[lourde]))
    page = refus.content.decode()
    assert "trop lourd (30 Mo). 20 Mo au plus" in page
    assert "Ce matin, deux familles." in page


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"texte": "nul \x00"}, "caractère"),
        ({"texte": "x" * 20_001}, "20000"),
        ({"le": "31/02/2026"}, "Cette date n&#x27;existe pas"),
        ({"le": jour_de() + dt.timedelta(days=2)}, "n&#x27;est pas encore passée"),
        ({"le": "0026-01-01"}, "Vérifiez l&#x27;année"),
        ({"portee": "lune"}, "lune"),
        ({"voix-texte": "Un mot"}, "Dites qui parle"),
        (
            {"voix-texte": "Un mot", "voix-fonction": "habitante"},
            "Demandez son accord à la personne",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_written(client, test, champs, dit):
    refus = client.post(adresse(test), saisie(**champs))
    assert refus.status_code == 422
    assert dit in refus.content.decode().replace("20\xa0000", "20000").replace("20 000", "20000")
    assert not Note.objects.exists()


def test_html_and_long_words_are_shown_as_typed(client, test):
    client.post(adresse(test), saisie(texte="<script>alert(1)</script> " + "a" * 3000))
    html = client.get(adresse(test)).content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


def test_the_same_sending_makes_one_note(client, test):
    donnees = saisie()
    client.post(adresse(test), donnees)
    encore = client.post(adresse(test), donnees, follow=True)
    assert Note.objects.count() == 1
    assert "déjà enregistrée" in encore.content.decode()
    # The draft kept in the browser may go: the page names the sending that is safe.
    assert donnees["envoi"] in encore.context["enregistres"]


def test_a_text_changed_after_a_lost_answer_is_set_beside_the_first(client, test):
    donnees = saisie()
    client.post(adresse(test), donnees)
    page = client.post(adresse(test), {**donnees, "texte": "Et une troisième."})
    assert page.status_code == 409
    html = page.content.decode()
    assert "Ce matin, deux familles." in html
    assert "Et une troisième." in html
    corrige = {**donnees, "texte": "Et une troisième.", "version": page.context["version"]}
    client.post(adresse(test, "note", Note.objects.get().pk), corrige)
    assert Note.objects.get().texte == "Et une troisième."


@pytest.mark.parametrize("envoi", ["", "x", "\x00", "é" * 500])
def test_a_sending_without_a_good_token_is_kept(client, test, envoi):
    client.post(adresse(test), saisie(envoi=envoi))
    assert Note.objects.count() == 1


@pytest.mark.parametrize("etat", ["preparation", "en_cours", "perime", "a_evaluer"])
def test_the_team_writes_until_the_evaluation_is_published(client, en_etat, etat):
    test = en_etat(etat)
    client.post(adresse(test), saisie())
    assert test.notes.count() == 1


@pytest.mark.parametrize("etat", ["evalue", "abandonne"])
def test_a_closed_journal_is_read_and_gives_the_text_back(client, en_etat, etat):
    test = en_etat(etat)
    note = une_note(test, texte="Une note d'avant")
    page = client.get(adresse(test)).content.decode()
    assert "Une note d&#x27;avant" in page
    assert "<textarea" not in page
    refus = client.post(adresse(test), saisie(texte="Trop tard"))
    assert refus.status_code == 409
    assert "Trop tard" in refus.content.decode()
    corriger = client.post(
        adresse(test, "note", note.pk), saisie(texte="Autrement", version=note.version())
    )
    assert corriger.status_code == 409
    assert "Autrement" in corriger.content.decode()
    client.post(adresse(test, "retirer_note", note.pk))
    assert test.notes.get().texte == "Une note d'avant"


# --- Correcting, taking off ---------------------------------------------------------------------------


def test_two_people_correct_the_same_note_and_both_texts_are_shown(client, test, referent_a):
    note = une_note(test)
    chemin, vue = adresse(test, "note", note.pk), note.version()
    client_de(referent_a).post(chemin, saisie(texte="Trois familles.", version=vue))
    page = client.post(chemin, saisie(texte="Deux familles, puis une.", version=vue))
    assert page.status_code == 409
    html = page.content.decode()
    assert "Trois familles." in html
    assert "Deux familles, puis une." in html
    assert Note.objects.get().texte == "Trois familles."
    client.post(chemin, saisie(texte="Deux familles, puis une.", version=page.context["version"]))
    assert Note.objects.get().texte == "Deux familles, puis une."


def test_a_note_taken_off_while_somebody_corrects_it_comes_back_as_a_new_one(client, test):
    note = une_note(test)
    chemin = adresse(test, "note", note.pk)
    client.post(adresse(test, "retirer_note", note.pk))
    page = client.post(chemin, saisie(texte="Mon long texte", version=note.version()))
    assert page.status_code == 409
    assert "Mon long texte" in page.content.decode()
    client.post(adresse(test), saisie(texte="Mon long texte"))
    assert test.notes.get().texte == "Mon long texte"


def test_correcting_describes_adds_and_takes_off_pictures(
    client, test, django_capture_on_commit_callbacks
):
    note = une_note(test, image=True)
    piece = note.pieces.get()
    cle = piece.fichier.name.split("/")[-1].split(".")[0]
    chemin = adresse(test, "note", note.pk)
    refus = client.post(chemin, saisie(version=note.version(), **{f"description_{cle}": ""}))
    assert refus.status_code == 422
    client.post(chemin, saisie(version=note.version(), **{f"description_{cle}": "Autre chose"}))
    assert note.pieces.get().texte_alternatif == "Autre chose"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(chemin, saisie(version=note.version(), **{f"retirer_{cle}": "on"}))
    assert not note.pieces.exists()
    assert fichiers_sur_le_disque() == []


def test_a_note_taken_off_takes_its_files_and_leaves_a_line_of_history(
    client, test, agent_a, django_capture_on_commit_callbacks
):
    note = une_note(test, image=True)
    note.voix.create(test=test, fonction="habitante", texte="Oui", consentement=True)
    assert len(fichiers_sur_le_disque()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(adresse(test, "retirer_note", note.pk))
    assert fichiers_sur_le_disque() == []
    assert not test.voix.exists()
    ligne = test.journal.last()
    assert (ligne.action, ligne.par) == ("retirer_note", agent_a)


def test_a_refused_removal_keeps_the_file(test, agent_a):
    from django.db import transaction

    note = une_note(test, image=True)
    with pytest.raises(RuntimeError), transaction.atomic():
        note.retirer(par=agent_a)
        raise RuntimeError
    assert len(fichiers_sur_le_disque()) == 1


def test_files_nobody_came_back_for_are_deleted_the_next_night(client, test):
    client.post(adresse(test), saisie(images=[une_photo()]))
    une_note(test, image=True)
    assert len(fichiers_sur_le_disque()) == 2
    assert orphelins.effacer_les_orphelins() == 0
    demain = dt.datetime.now(dt.UTC) + dt.timedelta(hours=25)
    assert orphelins.effacer_les_orphelins(demain) == 1
    (reste,) = fichiers_sur_le_disque()
    assert PieceJointe.objects.get().fichier.name.endswith(reste)


# --- Reading ------------------------------------------------------------------------------------------


@pytest.fixture
def cercle(clients, personnes, test, organisation_b, habitant):
    """The test is in a programme with organisation B; the habitant reads it in its groupe miroir."""
    programme = ProgrammeFactory()
    programme.organisations.add(test.organisation, organisation_b)
    test.programme = programme
    test.save()
    LecteurMiroir.objects.create(
        programme=programme,
        email=habitant.email,
        utilisateur=habitant,
        accepte_le=dt.datetime.now(dt.UTC),
    )
    return programme


MEMBRES, EQUIPE = {"agent_a", "referent_a"}, {"curateur", "administrateur"}
LECTEURS = {
    "equipe": MEMBRES | EQUIPE,
    "programme": MEMBRES | EQUIPE | {"agent_b", "habitant"},
    "public": MEMBRES | EQUIPE | {"agent_b", "habitant", "visiteur"},
}


@pytest.mark.parametrize("portee", LECTEURS)
def test_each_note_is_read_by_whom_it_names_and_so_are_its_pictures(clients, cercle, test, portee):
    note = une_note(test, portee=portee, texte="Une note", image=True)
    piece = adresse(test, "piece", note.pieces.get().pk)
    for role, client in clients.items():
        lit = role in LECTEURS[portee]
        assert ("Une note" in client.get(adresse(test)).content.decode()) == lit, role
        assert statut(client, piece) == (200 if lit else 404), role
        onglet = adresse(test) in client.get(test.get_absolute_url()).content.decode()
        assert onglet == lit, role


def test_a_private_test_opens_its_journal_to_who_may_read_a_note_and_nothing_else(
    clients, cercle, test
):
    test.visibilite = "prive"
    test.save()
    assert clients["agent_b"].get(adresse(test)).status_code == 404
    une_note(test, portee="programme", texte="Partagée")
    une_note(test, portee="public", texte="Publique en vain")
    page = clients["agent_b"].get(adresse(test)).content.decode()
    assert "Partagée" in page
    assert "Publique en vain" not in page
    assert clients["agent_b"].get(test.get_absolute_url()).status_code == 404
    assert clients["visiteur"].get(adresse(test)).status_code == 404


def test_a_reader_who_left_reads_no_more(clients, cercle, test, habitant):
    une_note(test, portee="programme", texte="Une note")
    lecteur = LecteurMiroir.objects.get()
    lecteur.retire_le = dt.datetime.now(dt.UTC)
    lecteur.save()
    assert "Une note" not in clients["habitant"].get(adresse(test)).content.decode()
    cercle.animateurs.add(habitant)
    assert "Une note" in clients["habitant"].get(adresse(test)).content.decode()


def test_only_the_team_knows_who_wrote(clients, test, agent_a):
    agent_a.nom = "Quelqu'un de précis"
    agent_a.save()
    une_note(test, auteur=agent_a)
    assert "précis" in clients["referent_a"].get(adresse(test)).content.decode()
    assert "précis" not in clients["visiteur"].get(adresse(test)).content.decode()


def test_a_file_is_given_as_a_download_that_runs_nowhere(client, test):
    client.post(adresse(test), saisie(documents=[un_document("bilan é.pdf")]))
    reponse = client.get(adresse(test, "piece", PieceJointe.objects.get().pk))
    assert b"".join(reponse.streaming_content) == b"%PDF-1.7\nun bilan"
    assert reponse["Content-Disposition"].startswith("attachment")
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reponse["Content-Security-Policy"]
    assert "private" in reponse["Cache-Control"]


def test_a_picture_is_shown_in_place_small_in_the_list(client, test):
    note = une_note(test, image=True)
    chemin = adresse(test, "piece", note.pieces.get().pk)
    entiere = client.get(chemin)
    assert entiere["Content-Disposition"].startswith("inline")
    b"".join(entiere.streaming_content)
    petite = client.get(chemin + "?petite")
    assert petite["Content-Type"] == "image/jpeg"
    assert "sandbox" in petite["Content-Security-Policy"]


def test_a_file_the_disk_has_lost_is_not_found(client, test):
    note = une_note(test, image=True)
    default_storage.delete(note.pieces.get().fichier.name)
    for plus in ("", "?petite"):
        assert client.get(adresse(test, "piece", note.pieces.get().pk) + plus).status_code == 404
    assert client.get(adresse(test, "note", note.pk)).status_code == 200


def test_a_picture_belongs_to_its_own_test(client, test, en_etat):
    note = une_note(test, image=True)
    autre = en_etat("en_cours")
    assert client.get(adresse(autre, "piece", note.pieces.get().pk)).status_code == 404


def test_an_account_from_a_publication_has_no_journal(client, en_etat):
    assert client.get(adresse(en_etat("preparation", source="Un guide"))).status_code == 404


def test_the_list_costs_the_same_and_its_pages_follow(test, client):
    def cout():
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse(test)).status_code == 200
        return len(requetes)

    une_note(test, image=True)
    avant = cout()
    for n in range(24):
        une_note(test, texte=f"Note {n}", le=jour_de() - dt.timedelta(days=n // 2), image=n < 6)
    assert cout() == avant
    vues, suite = [], adresse(test)
    while suite:
        page = client.get(suite)
        vues += [note.pk for note in page.context["notes"]]
        suite = page.context["suivante"] and adresse(test) + page.context["suivante"]
    assert vues == list(test.notes.order_by("-le", "-pk").values_list("pk", flat=True))
    assert len(vues) == 25


@pytest.mark.parametrize("marque", ["x", "\x00", "9" * 400, "20261341-3", "20260101-" + "9" * 40])
def test_a_forged_place_in_the_list_begins_again(client, test, marque):
    une_note(test)
    page = client.get(adresse(test), {"apres": marque, "note": marque})
    assert page.status_code == 200


def test_a_member_of_another_organisation_writes_nothing(clients, test):
    note = une_note(test)
    for role in ("agent_b", "curateur", "administrateur"):
        assert clients[role].post(adresse(test), saisie()).status_code == 403
        assert clients[role].post(adresse(test, "note", note.pk), saisie()).status_code == 403
        assert clients[role].post(adresse(test, "retirer_note", note.pk)).status_code == 403
    assert "/compte/login/" in Client().post(adresse(test), saisie()).url
    assert test.notes.get().texte == note.texte


def test_a_former_member_writes_nothing(test, client, agent_a):
    agent_a.adhesions.update(etat="terminee")
    AdhesionFactory(organisation=test.organisation)
    assert client.post(adresse(test), saisie()).status_code == 403


def test_the_countdown_is_on_every_page_around_a_running_test(client, test):
    note = une_note(test)
    for chemin in [
        test.get_absolute_url(),
        *(adresse(test, nom) for nom in ("journal", "points", "entraide", "evaluation")),
        *(adresse(test, nom) for nom in ("arreter", "prolongation")),
        adresse(test, "note", note.pk),
    ]:
        assert 'class="ruban"' in client.get(chemin).content.decode(), chemin
