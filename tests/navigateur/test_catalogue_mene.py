"""The catalogue led through the screens alone: a version, an import, a crash test, six autodiagnostics.

CARNET: the notebook that is imported is the real one, when it is at hand; ENQUÊTE: terrains 1.1 to 6.2.
"""

from typing import Any

import pytest
from django.core.management import call_command

from comptes.models import Utilisateur
from pistes.models import CrashTest, EditionPiste, Importation, Piste
from reflexes.models import Autodiagnostic, Enquete, VersionCartographie
from tests.fabriques import OrganisationFactory, un_membre
from tests.navigateur.test_creche import Ecran
from tests.pistes.test_carnet_analyse import VRAI

PAGE_DE_L_ENQUETE = "/enquetes/reflexes-publics-2020/"


@pytest.fixture
def relectrice(db: None) -> Utilisateur:
    """A second curateur·rice: nobody publishes alone."""
    return Utilisateur.objects.create_user("relectrice@example.org", role="curateur")


@pytest.fixture
def enquete(db: None) -> Enquete:
    """The enquête as shipped, V1 and CARNET published."""
    call_command("charger_corpus", verbosity=0)
    return Enquete.objects.get(cle="reflexes-publics-2020")


def test_a_third_version_gains_one_terrain_and_is_compared_with_the_first(
    contexte: Any, enquete: Enquete, curateur: Any
):
    ecran = Ecran(contexte("bureau", user=curateur))
    ecran.ouvrir(PAGE_DE_L_ENQUETE)
    ecran.activer("form[action$='/copie/'] button")
    ecran.activer("a[href*='terrains/nouveau/']")
    ecran.remplir(
        numero="1.9",
        titre="Les guichets tenus à tour de rôle",
        texte="Chacun·e a appris le métier de l'autre.",
    )
    ecran.activer("main form button")
    assert "Les guichets tenus à tour de rôle" in ecran.texte
    ecran.activer("a[href$='/publier/']")
    assert "Les guichets tenus à tour de rôle" in ecran.texte, "what changes is read beforehand"
    ecran.remplir(note="Un terrain de plus, né des témoignages du printemps.")
    ecran.activer("main form[method=post] button")
    assert "né des témoignages du printemps" in ecran.texte
    version = VersionCartographie.objects.get(code="V3")
    assert version.est_publiee

    lecteur = Ecran(contexte("telephone"))
    lecteur.ouvrir(version.get_absolute_url())
    for liste, code in (("a", "v1"), ("b", "v3")):
        lecteur.page.locator(f"#version-{liste}").select_option(code)
    lecteur.activer("form[action$='/comparer/'] button")
    assert "De V1 à V3" in lecteur.texte
    assert "Les guichets tenus à tour de rôle" in lecteur.texte


@pytest.mark.skipif(not VRAI.exists(), reason=f"the real notebook is not at {VRAI}")
def test_the_notebook_is_imported_published_by_a_second_person_read_and_put_to_the_test(
    contexte: Any, enquete: Enquete, curateur: Any, relectrice: Any, agent_a: Any
):
    ecran = Ecran(contexte("bureau", user=curateur))
    piste = _importer_une_piste(ecran)
    mots = "Un constat relu à deux."
    edition = EditionPiste.objects.get(piste=piste, etat="en_relecture")

    visiteur = Ecran(contexte("telephone"))
    visiteur.ouvrir(piste.get_absolute_url())
    assert mots not in visiteur.texte
    ecran.ouvrir(edition.get_draft_url())
    assert ecran.page.locator("form[action$='/publier/'] button").count() == 0
    seconde = Ecran(contexte("bureau", user=relectrice))
    seconde.ouvrir("/pistes/brouillons/")
    seconde.activer(f"a[href='{edition.get_draft_url()}']")
    seconde.activer("form[action$='/publier/'] button")
    visiteur.ouvrir(piste.get_absolute_url())
    assert mots in visiteur.texte

    agente = Ecran(contexte("telephone", user=agent_a))
    agente.ouvrir(piste.get_absolute_url())
    agente.activer("main a[href*='/crash-tests/?piste=']")
    agente.activer("main a[href*='/crash-test/']")
    agente.remplir(tient="Les voisins se connaissent.", casse="Le téléphone ne passe plus.")
    agente.activer("main form[method=post] button")
    assert "Le téléphone ne passe plus." in agente.texte
    assert CrashTest.objects.get().piste == piste


def _importer_une_piste(ecran: Ecran) -> Piste:
    """Upload the notebook, correct its first piste, send it to be read by another."""
    ecran.ouvrir("/pistes/imports/")
    ecran.page.locator("#id_fichier").set_input_files(
        {"name": "carnet.md", "mimeType": "text/markdown", "buffer": VRAI.read_bytes()}
    )
    ecran.activer("main form[enctype] button")
    importation = Importation.objects.get()
    assert "17 pistes lues" in ecran.texte
    piece = importation.pieces.first()
    ecran.ouvrir(piece.get_absolute_url())
    if piece.etat == "identique":
        ecran.activer("form[action$='/reprendre/'] button")
    ecran.remplir(constat="Un constat relu à deux.")
    ecran.activer("button[value=relecture]")
    return piece.piste


def test_six_organisations_answer_and_the_aggregate_appears_at_the_fifth(
    contexte: Any, enquete: Enquete, curateur: Any
):
    ensemble = Ecran(contexte("bureau", user=curateur))
    for rang in range(1, 7):
        organisation = OrganisationFactory(nom=f"Ville {rang}")
        enquete.organisations.add(organisation)
        agente = Ecran(contexte("telephone", user=un_membre(organisation)))
        agente.ouvrir(PAGE_DE_L_ENQUETE)
        agente.activer("main a[href$='/autodiagnostic/']")
        agente.activer("main .ligne-titre a")
        agente.cocher("vecu", "oui")
        agente.cocher("degre", str(min(rang, 5)))
        agente.activer("main form[method=post] button")
        agente.ouvrir(Autodiagnostic.objects.get(organisation=organisation).get_absolute_url())
        agente.activer("form[action$='/soumettre/'] button")
        ensemble.ouvrir(f"{PAGE_DE_L_ENQUETE}autodiagnostic/ensemble/")
        assert ("5 organisations sur 5 l'ont vécu" in ensemble.texte) is (rang >= 5), rang
        assert ("5 organisations sur 5 l'ont vécu" in agente.texte) is (rang >= 5), rang
    assert "1 autre y entrera" in ensemble.texte
