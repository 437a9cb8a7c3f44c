"""The sheets a team prints for its test: « en test », and the one that asks for voices.

Nobody is named: functions and the organisation, and what the team types for this print, kept nowhere.
"""

import dataclasses
import datetime as dt
import io
import re
from typing import Literal

import segno

from rappels.redaction import jour_en_mots, lien
from rapports.composition import composer
from rapports.textes_imprimes import en_clair, en_une_phrase, imprimable
from tests_programme.models import Questionnaire, Test

LONGUEUR_CONTACT = 120
SANS_DATE = "Jusqu’à une date qui reste à fixer"


@dataclasses.dataclass(frozen=True)
class Donnees:
    """What every sheet is made of. ``qr`` is an SVG, empty when there is nothing to open."""

    titre_document: str
    titre: str
    organisation: str
    jusqu_au: str
    adresse: str = ""
    adresse_lisible: str = ""
    qr: str = ""
    qr_texte: str = ""


@dataclasses.dataclass(frozen=True)
class DonneesEnTest(Donnees):
    """The sheet put up where the test takes place."""

    essai: str = ""
    parler_a: str = ""
    contact: str = ""
    brouillon: bool = False


def donnees_en_test(test: Test, contact: str = "", at: dt.datetime | None = None) -> DonneesEnTest:
    """For a test that runs, or prepares itself (a draft). A private test has no public page to open."""
    organisation = imprimable(test.organisation.nom)
    publique = test.visibilite == Test.Visibilite.PUBLIC
    return DonneesEnTest(
        titre_document=f"En test : {_titre(test)}",
        titre=_titre(test),
        organisation=organisation,
        jusqu_au=_jusqu_au(test.date_peremption),
        essai=imprimable(en_une_phrase(en_clair(test.hypothese))),
        parler_a=f"Parlez-en à l’équipe qui mène ce test : {organisation}.",
        contact=imprimable(contact),
        brouillon=test.etat_au(at) == Test.Etat.PREPARATION,
        **(_ouvrir(test.get_absolute_url(), "la page publique de ce test") if publique else {}),
    )


def donnees_voix(questionnaire: Questionnaire) -> Donnees:
    """For a questionnaire that is open."""
    test = questionnaire.test
    return Donnees(
        titre_document=f"Qu’en pensez-vous ? {_titre(test)}",
        titre=_titre(test),
        organisation=imprimable(test.organisation.nom),
        jusqu_au=_jusqu_au(questionnaire.ferme_le),
        **_ouvrir(questionnaire.get_absolute_url(), "le questionnaire"),
    )


def s_affiche(test: Test, at: dt.datetime | None = None) -> bool:
    """Whether there is a sheet to hang: it runs, or will. Over, its sheets come down."""
    return test.etat_au(at) in {Test.Etat.PREPARATION, Test.Etat.EN_COURS}


def questionnaire_de(test: Test) -> Questionnaire | None:
    """Its questionnaire, open or not. One query."""
    return Questionnaire.objects.select_related("test__organisation").filter(test=test).first()


def affiche(test: Test, contact: str = "", at: dt.datetime | None = None) -> bytes:
    """The « en test » sheet as PDF. Raises CompositionImpossible."""
    return composer("affiche", dataclasses.asdict(donnees_en_test(test, contact, at)), at=at)


def affiche_voix(questionnaire: Questionnaire, at: dt.datetime | None = None) -> bytes:
    """The sheet of the questionnaire as PDF. Raises CompositionImpossible."""
    return composer("affiche_voix", dataclasses.asdict(donnees_voix(questionnaire)), at=at)


def _titre(test: Test) -> str:
    """Its title; its number when no letter of it can be printed."""
    titre = imprimable(test.titre)
    return titre if any(signe.isalnum() for signe in titre) else f"Test n° {test.pk}"


def _jusqu_au(jour: dt.date | None) -> str:
    return SANS_DATE if jour is None else f"Jusqu’au {jour_en_mots(jour)}"


def _ouvrir(
    chemin: str, quoi: str
) -> dict[Literal["adresse", "adresse_lisible", "qr", "qr_texte"], str]:
    adresse = lien(chemin)
    lisible = re.sub(r"^https?://", "", adresse)
    return {
        "adresse": adresse,
        "adresse_lisible": lisible,
        "qr": code_qr(adresse),
        "qr_texte": f"Code QR qui ouvre {quoi} : {lisible}",
    }


def code_qr(adresse: str) -> str:
    """The address as a QR code in SVG, readable with a quarter of it hidden (stains, tape), margin included."""
    sortie = io.BytesIO()
    segno.make_qr(adresse, error="q").save(sortie, kind="svg", border=4, scale=10, xmldecl=False)
    return sortie.getvalue().decode()
