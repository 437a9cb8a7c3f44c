"""Every page, in the real browser, on a phone and on a desk: accessible, quiet, light, at home."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.conftest import client_de
from tests.gardes.adresses import ADRESSES
from tests.monde import Monde, creer_monde
from tests.monde_guichet import creer_guichet
from tests.navigateur.conftest import LARGEURS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# WCAG 2.2 AA and axe's own best practices.
REGLES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# A page drawn by a third party's bundle: not one of ours.
PAS_DES_PAGES = {"api:docs"}
ROLES = [
    "visiteur", "habitant", "agent_a", "agent_b", "referent_a", "curateur", "administrateur",
]  # fmt: skip
POIDS_MAXIMAL = 100_000
REQUETES_MAXIMALES = 10


def _pages(role: str) -> list[Any]:
    """What is new to the role: a page that one before it opens is opened again where it differs by reader."""
    avant = set(ROLES[: ROLES.index(role)])
    return [
        adresse
        for adresse in ADRESSES
        if adresse.get
        and role in adresse.get
        and (not avant & adresse.get or adresse.nom in PAGES_SELON_ROLE)
        and adresse.nom not in PAS_DES_PAGES
        and not adresse.nom.startswith("api:")
    ]


def _est_une_page(client: Any, chemin: str) -> bool:
    """A file is no page: a browser downloads it, or shows it in a viewer of its own."""
    reponse = client.get(chemin)
    if reponse.streaming:
        b"".join(reponse.streaming_content)
    return str(reponse["Content-Type"]).startswith("text/html")


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_light_and_at_home(
    role: str,
    contexte: Any,
    personnes: dict[str, Any],
    organisation_a: Any,
    referent_a: Any,
):
    monde: Monde = creer_monde(organisation_a, referent_a)
    monde.guichet = creer_guichet(
        mediateur=personnes["agent_b"], offrant=personnes["habitant"], accueil=personnes["agent_a"]
    )
    visite, client = contexte("bureau", user=personnes[role]), client_de(personnes[role])
    fautes = {}
    for adresse in _pages(role):
        chemin = reverse(adresse.nom, args=adresse.args(monde))
        if not _est_une_page(client, chemin):
            continue
        if trouve := _examiner(visite, chemin):
            fautes[f"{adresse.id} {chemin}"] = trouve
    assert fautes == {}


# Pages that show more to some roles.
PAGES_SELON_ROLE = {
    "accueil:mon_espace",
    "engagement:dispositif",
    "engagement:dispositifs",
    "rapports:exports",
    "reflexes:enquete",
    "reflexes:enquetes",
    "accueil:accueil",
    "tests_programme:test",
    "tests_programme:journal",
    "tests_programme:liste",
    "pistes:piste",
    "reflexes:terrain",
    "reflexes:controverse",
    "comptes:organisation",
    "tests_programme:programme",
    "tests_programme:seance",
    "tests_programme:panorama",
    "pistes:chantiers",
    "pistes:chantier",
    "pistes:crash_tests",
    "pistes:cahier",
}


def _examiner(visite: Any, chemin: str) -> list[str]:
    fautes = []
    statut = visite.ouvrir(chemin)
    if statut != 200:
        fautes.append(f"statut {statut}")
    page = visite.page
    fautes += [f"console : {erreur}" for erreur in visite.erreurs]
    fautes += [f"autre hôte : {url}" for url in visite.requetes_etrangeres()]
    if len(visite.requetes) > REQUETES_MAXIMALES:
        fautes.append(f"{len(visite.requetes)} requêtes")
    if (poids := len(page.content().encode())) > POIDS_MAXIMAL:
        fautes.append(f"{poids} octets de HTML")
    page.evaluate(AXE)
    for largeur, (width, height) in LARGEURS.items():
        page.set_viewport_size({"width": width, "height": height})
        fautes += [f"{largeur} : {faute}" for faute in _a_cette_largeur(page)]
    return fautes


def _a_cette_largeur(page: Page) -> list[str]:
    fautes = []
    deborde = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if deborde > 0:
        fautes.append(f"déborde de {deborde} px")
    resultat = page.evaluate("options => axe.run(document, options)", REGLES)
    fautes += [
        f"axe {v['id']} : {v['nodes'][0]['html'][:160]} — {v['nodes'][0]['failureSummary'][:200]}"
        for v in resultat["violations"]
    ]
    return fautes
