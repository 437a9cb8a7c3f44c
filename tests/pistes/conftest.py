"""A small recueil made by hand, the shipped corpus, and people who read them."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command

from comptes.models import Utilisateur
from pistes.models import EditionOrientation, EditionPiste, Orientation, Piste, Recueil
from pistes.redaction import DetailEcrit, InspirationEcrite, TextePiste, ecrire_edition


@pytest.fixture
def corpus(db):
    call_command("charger_corpus", verbosity=0)


@pytest.fixture
def curatrice(db):
    return Utilisateur.objects.create_user("curatrice@exemple.fr", role=Utilisateur.Role.CURATEUR)


@pytest.fixture
def relectrice(db):
    """A second curateur·rice: who publishes what the first one wrote."""
    return Utilisateur.objects.create_user(
        "relectrice@exemple.fr", nom="Relectrice", role=Utilisateur.Role.CURATEUR
    )


@pytest.fixture
def administratrice(db):
    return Utilisateur.objects.create_user(
        "administratrice@exemple.fr", role=Utilisateur.Role.ADMINISTRATEUR
    )


@pytest.fixture
def agente(db):
    return Utilisateur.objects.create_user("agente@exemple.fr")


def un_texte(**champs):
    return TextePiste(
        **{
            "titre": "Une piste",
            "accroche": "Une accroche.",
            "constat": "Un constat.",
            "levier": "Un levier.",
            "source": "ESSAI, p. 1",
            "details": [DetailEcrit("Un détail", "Son texte.")],
            "inspirations": [
                InspirationEcrite(
                    "Ailleurs", "Lille", "France", "On l'a fait.", "https://exemple.fr/a"
                )
            ],
            **champs,
        }
    )


def ajouter_piste(recueil, rang, *, orientation=None, publiee=True, **champs):
    piste = Piste.objects.create(
        recueil=recueil,
        cle=f"{recueil.cle}-{rang}",
        slug=f"{recueil.cle}-{rang}",
        rang=rang,
        page=rang,
        orientation=orientation,
    )
    texte = un_texte(**{"titre": f"Piste {rang}", **champs})
    edition = ecrire_edition(piste, texte, origine=EditionPiste.Origine.CORPUS)
    if publiee:
        edition.publier(par=None)
    return edition


def ajouter_orientation(recueil, numero, mot_cle, *, publiee=True):
    orientation = Orientation.objects.create(
        recueil=recueil, numero=numero, mot_cle=mot_cle, slug=f"{recueil.cle}-{mot_cle.lower()}"
    )
    edition = EditionOrientation.suivante(
        orientation,
        titre=f"Orientation {mot_cle}",
        texte="Un texte.",
        question="Une question ?",
        origine=EditionOrientation.Origine.CORPUS,
    )
    if publiee:
        edition.publier(par=None)
    return orientation


@pytest.fixture
def recueil(db):
    return Recueil.objects.create(cle="essai", titre="Recueil d'essai", annee=2020)


@pytest.fixture
def catalogue(recueil):
    """Two orientations, three pistes; piste 2 refers to piste 1, piste 3 is a draft."""
    communs = ajouter_orientation(recueil, 1, "Communs")
    rituels = ajouter_orientation(recueil, 2, "Rituels")
    une = ajouter_piste(recueil, 1, orientation=communs, mots_cles=["Communs"])
    deux = ajouter_piste(
        recueil, 2, orientation=rituels, mots_cles=["#rituels", "Commun"], renvois=[1]
    )
    cachee = ajouter_piste(
        recueil, 3, orientation=rituels, publiee=False, titre="Piste en brouillon", renvois=[1]
    )
    return SimpleNamespace(
        recueil=recueil, communs=communs, rituels=rituels, une=une, deux=deux, cachee=cachee
    )


@pytest.fixture
def compter_requetes(client, django_assert_max_num_queries):
    def compter(adresse):
        client.get(adresse)  # caches of the process (content types, …) are warm from here
        with django_assert_max_num_queries(1000) as requetes:
            assert client.get(adresse).status_code == 200
        return len(requetes)

    return compter
