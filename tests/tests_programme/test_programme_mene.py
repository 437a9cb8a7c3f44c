"""A programme led through the screens by its animation."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tests.conftest import client_de
from tests.fabriques import OrganisationFactory, ProgrammeFactory, UtilisateurFactory, un_membre
from tests_programme.models import Programme, Seance

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(organisation_a):
    programme = ProgrammeFactory(titre="Prendre soin")
    programme.organisations.add(organisation_a)
    return programme


@pytest.fixture
def anime(programme):
    """A client signed in as who animates the programme."""
    personne = UtilisateurFactory(fonction="designer")
    programme.animateurs.add(personne)
    return client_de(personne)


def page(programme):
    return f"{programme.get_absolute_url()}modifier/"


def remplir(client, programme, **champs):
    """What the form would send back as it stands, with some fields changed."""
    contexte = client.get(page(programme)).context
    form, lignes = contexte["form"], contexte["lignes"]
    donnees = {
        "titre": programme.titre,
        "debut": programme.debut.isoformat(),
        "fin": "",
        "presentation": programme.presentation,
        "version": contexte["version"],
        "suite": "enregistrer",
        "etapes-TOTAL_FORMS": len(lignes.forms),
        "etapes-INITIAL_FORMS": len(lignes.initial or []),
    }
    for nom in ("pistes", "organisations", "animateurs"):
        donnees[nom] = form.en_base(nom)
    for rang, ligne in enumerate(lignes.initial or []):
        donnees |= {f"etapes-{rang}-{nom}": valeur or "" for nom, valeur in ligne.items()}
    return donnees | champs


def test_a_curateur_opens_a_programme_and_names_who_animates_it(curateur):
    animatrice = UtilisateurFactory()
    ville = OrganisationFactory(nom="Bourg-Zélé-sur-Loire")
    client = client_de(curateur)
    donnees = {
        "titre": "Nouveau",
        "debut": "2027-01-05",
        "chercher": "bourg zele",
        "adresse": animatrice.email.upper(),
        "etapes-TOTAL_FORMS": 1,
        "etapes-INITIAL_FORMS": 0,
        "etapes-0-titre": "Le départ",
        "etapes-0-debut": "2027-01-05",
    }
    reponse = client.post("/programmes/nouveau/", donnees)
    programme = Programme.objects.get(titre="Nouveau")
    assert reponse["Location"] == programme.get_absolute_url() == "/programmes/nouveau-2/"
    assert list(programme.organisations.all()) == [ville]
    assert list(programme.animateurs.all()) == [animatrice]
    assert programme.etapes.get().titre == "Le départ"
    assert client_de(animatrice).get(page(programme)).status_code == 200
    # Sent twice, it makes no second one.
    encore = client.post("/programmes/nouveau/", donnees)
    assert encore.status_code == 422
    assert "porte déjà ce titre" in encore.content.decode()


def test_several_organisations_of_that_name_are_offered_and_none_is_taken(anime, programme):
    un, deux = (OrganisationFactory(nom=f"Zélée {n}") for n in ("nord", "sud"))
    refus = anime.post(page(programme), remplir(anime, programme, chercher="zelee"))
    assert refus.status_code == 422
    assert programme.organisations.count() == 1
    html = refus.content.decode()
    assert f'value="{un.pk}"' in html
    assert f'value="{deux.pk}"' in html
    donnees = remplir(anime, programme, chercher="zelee")
    donnees["organisations"] = [*donnees["organisations"], deux.pk]
    assert anime.post(page(programme), donnees).status_code == 302
    assert set(programme.organisations.all()) == {
        deux,
        *programme.organisations.exclude(pk=deux.pk),
    }
    assert un not in programme.organisations.all()


def test_searching_saves_nothing_and_keeps_what_was_typed(anime, programme):
    OrganisationFactory(nom="Zélée")
    donnees = remplir(anime, programme, titre="Autre titre", chercher="zelee", suite="chercher")
    reponse = anime.post(page(programme), donnees)
    assert reponse.status_code == 200
    assert "Autre titre" in reponse.content.decode()
    programme.refresh_from_db()
    assert programme.titre == "Prendre soin"


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"titre": ""}, "Donnez un titre"),
        ({"titre": "a\x00b"}, "nul"),
        ({"fin": "2020-01-01"}, "finir avant"),
        ({"fin": "2026-02-31"}, "n&#x27;existe pas"),
        ({"fin": "9999-12-31"}, "entre 2000 et 2099"),
        ({"chercher": "rien de tel"}, "Aucune organisation"),
        ({"adresse": "inconnue@example.org"}, "Aucun compte"),
        ({"organisations": ["9" * 30]}, ""),
        ({"etapes-0-texte": "Sans titre"}, "Donnez un titre à cette étape"),
    ],
)
def test_a_wrong_value_is_refused_in_words(anime, programme, champs, dit):
    reponse = anime.post(page(programme), remplir(anime, programme, **champs))
    assert reponse.status_code == 422
    assert dit in reponse.content.decode()
    programme.refresh_from_db()
    assert programme.titre == "Prendre soin"


def test_the_second_of_two_writers_is_told_and_loses_nothing(anime, curateur, programme):
    autre = client_de(curateur)
    mienne = remplir(anime, programme, presentation="La mienne")
    autre.post(page(programme), remplir(autre, programme, presentation="La sienne"))
    conflit = anime.post(page(programme), mienne)
    assert conflit.status_code == 409
    html = conflit.content.decode()
    assert "La mienne" in html
    assert "La sienne" in html
    mienne["version"] = conflit.context["version"]
    assert anime.post(page(programme), mienne).status_code == 302
    programme.refresh_from_db()
    assert programme.presentation == "La mienne"


def test_stages_are_kept_in_the_order_of_their_dates(anime, programme):
    programme.etapes.create(rang=1, titre="Le bilan", debut=dt.date(2027, 6, 1))
    donnees = remplir(anime, programme)
    donnees |= {"etapes-1-titre": "Le départ", "etapes-1-debut": "2027-01-05"}
    anime.post(page(programme), donnees)
    assert [e.titre for e in programme.etapes.all()] == ["Le départ", "Le bilan"]


def test_what_its_animation_takes_off_a_shipped_programme_does_not_come_back(carnet, curateur):
    call_command("charger_programmes", verbosity=0)
    programme = Programme.objects.get()
    client = client_de(curateur)
    donnees = remplir(client, programme, titre="Capacités")
    donnees["fin"] = programme.fin.isoformat()
    donnees["organisations"] = donnees["organisations"][1:]
    donnees["pistes"] = donnees["pistes"][1:]
    assert client.post(page(programme), donnees).status_code == 302
    call_command("charger_programmes", verbosity=0)
    programme.refresh_from_db()
    assert (programme.titre, programme.organisations.count(), programme.pistes.count()) == (
        "Capacités",
        11,
        2,
    )


def test_a_session_is_written_called_off_and_held_after_all(anime, programme):
    adresse = f"{programme.get_absolute_url()}seances/nouvelle/"
    donnees = {
        "titre": "Rencontre",
        "debut": "2027-03-02",
        "ordre_du_jour": "Un tour",
        "notes": "Chut",
    }
    assert anime.post(adresse, donnees)["Location"] == f"{programme.get_absolute_url()}seances/1/"
    anime.post(adresse, donnees)  # a second click
    seance = Seance.objects.get()
    for retablir in ({}, {"retablir": ""}):
        anime.post(f"{seance.get_absolute_url()}annuler/", retablir)
        seance.refresh_from_db()
        assert bool(seance.annulee_le) is not bool(retablir)
        html = anime.get(programme.get_absolute_url()).content.decode()
        assert ('<span class="badge">annulée' in html) is not bool(retablir)


def test_a_session_whose_days_are_reversed_is_refused(anime, programme):
    donnees = {"titre": "Rencontre", "debut": "2027-03-02", "fin": "2027-03-01"}
    reponse = anime.post(f"{programme.get_absolute_url()}seances/nouvelle/", donnees)
    assert reponse.status_code == 422
    assert not Seance.objects.exists()


def test_notes_are_for_the_people_of_the_programme(
    programme, organisation_a, agent_b, administrateur, client
):
    seance = programme.seances.create(
        rang=1, titre="Rencontre", ordre_du_jour="Le tour", notes="La note", participants="Le duo"
    )
    for lecteur in (client_de(un_membre(organisation_a)), client_de(administrateur)):
        assert "La note" in lecteur.get(seance.get_absolute_url()).content.decode()
    for lecteur in (client, client_de(agent_b)):
        html = lecteur.get(seance.get_absolute_url()).content.decode()
        assert "Le tour" in html
        assert "La note" not in html
        assert "Le duo" not in html


def test_a_document_is_known_by_its_content_and_served_to_the_circle(
    anime, programme, organisation_a, agent_b, django_capture_on_commit_callbacks
):
    seance = programme.seances.create(rang=1, titre="Rencontre")
    ajouter = f"{seance.get_absolute_url()}documents/"
    faux = SimpleUploadedFile("notes.pdf", b"MZ un programme")
    refus = anime.post(ajouter, {"fichier": faux})
    assert refus.status_code == 422
    assert "notes.pdf" in refus.content.decode()
    anime.post(ajouter, {"fichier": SimpleUploadedFile("notes.pdf", b"%PDF-1.7 bonjour")})
    document = seance.documents.get()
    membre = client_de(un_membre(organisation_a))
    reponse = membre.get(f"{ajouter}{document.pk}/")
    assert b"".join(reponse.streaming_content) == b"%PDF-1.7 bonjour"
    assert client_de(agent_b).get(f"{ajouter}{document.pk}/").status_code == 403
    chemin = document.fichier.path
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert anime.post(f"{ajouter}{document.pk}/retirer/").status_code == 302
    with pytest.raises(FileNotFoundError):
        open(chemin, "rb")  # noqa: SIM115
