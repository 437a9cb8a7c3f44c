"""Only ``publie`` is ever public: every way out × every state × every role."""

import pytest
from django.urls import reverse

from pistes.models import EditionOrientation, EditionPiste
from pistes.redaction import InspirationEcrite, ecrire_edition
from tests.conftest import ROLES
from tests.fabriques import PisteFactory, RecueilFactory
from tests.pistes.conftest import ajouter_orientation, un_texte

MOT = "zibeline"
CACHES = ["brouillon", "en_relecture", "archive"]
# Somebody who may read drafts reads them on their own pages, never on the public ones.
CHEMINS = [
    "/",
    "/pistes/",
    f"/pistes/?q={MOT}",
    f"/recherche/?q={MOT}",
    "/recueils/essai/",
    "/api/v1/pistes/",
    "/api/v1/orientations/",
    f"/api/v1/pistes/?q={MOT}",
    "/carte/",
    "/carte/carte.svg",
]


@pytest.fixture
def cachees(curateur):
    """For each state: a piste and an orientation with that text alone, and a public piste with it besides."""
    recueil = RecueilFactory(cle="essai")
    faites = {}
    for rang, etat in enumerate(CACHES, 1):
        orientation = ajouter_orientation(recueil, rang, f"Mot{etat[0]}", publiee=False)
        orientation.editions.update(titre=f"{MOT} {etat}", texte=MOT, etat=etat)
        seule = PisteFactory(recueil=recueil, rang=rang, publiee=False)
        doublee = PisteFactory(recueil=recueil, rang=10 + rang)
        for piste in (seule, doublee):
            texte = un_texte(titre=f"{MOT} {etat}", constat=MOT)
            texte.inspirations = [InspirationEcrite(f"{MOT} ailleurs", lien="https://exemple.fr/z")]
            edition = ecrire_edition(piste, texte, origine="curation", auteur=curateur)
            EditionPiste.objects.filter(pk=edition.pk).update(etat=etat)
        faites[etat] = (orientation, seule, doublee)
    return faites


def _chemins(cachees):
    chemins = list(CHEMINS)
    for orientation, seule, doublee in cachees.values():
        for piste in (seule, doublee):
            chemins += [piste.get_absolute_url(), f"/api/v1/pistes/{piste.slug}/"]
        chemins += [
            orientation.get_absolute_url(),
            reverse("pistes:mot_cle", args=[orientation.slug]),
            f"/api/v1/orientations/{orientation.slug}/",
        ]
    return chemins


def _exports():
    return [
        reverse("rapports:export", args=["pistes", format_]) + suite
        for format_ in ("csv",)
        for suite in ("", f"?q={MOT}")
    ]


@pytest.mark.parametrize("role", ROLES)
def test_no_other_state_shows_on_any_way_out(clients, cachees, role):
    client = clients[role]
    fuites = []
    for chemin in _chemins(cachees) + _exports():
        reponse = client.get(chemin, follow=True)
        corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
        texte = corps.decode(errors="replace")
        # The word one searched for is repeated in the box, never beside another.
        if any(f"{MOT} {mot}" in texte for mot in [*CACHES, "ailleurs"]):
            fuites.append(chemin)
    assert fuites == []


@pytest.mark.parametrize("etat", CACHES)
def test_a_subject_without_a_public_text_has_no_page(client, cachees, etat):
    orientation, seule, doublee = cachees[etat]
    assert client.get(seule.get_absolute_url()).status_code == 404
    assert client.get(orientation.get_absolute_url()).status_code == 404
    assert client.get(doublee.get_absolute_url()).status_code == 200
    assert client.get(f"/api/v1/pistes/{seule.slug}/").status_code == 404


def test_what_is_published_shows_everywhere(client, administrateur, cachees):
    """The matrix above looks for the right words."""
    _, seule, _ = cachees["brouillon"]
    seule.editions.filter(titre=f"{MOT} brouillon").get().publier(par=None)
    for chemin in ("/pistes/", f"/recherche/?q={MOT}", "/api/v1/pistes/", seule.get_absolute_url()):
        page = client.get(chemin).content.decode().replace("<mark>", "").replace("</mark>", "")
        assert f"{MOT} brouillon" in page, chemin


@pytest.mark.parametrize("etat", CACHES)
def test_nobody_proposes_on_a_piste_that_is_not_public(clients, cachees, etat):
    adresse = reverse("pistes:proposer", args=[cachees[etat][1].slug])
    assert clients["habitant"].get(adresse).status_code == 404


def test_the_drafts_pages_are_for_the_curation(clients, cachees):
    for _, seule, _ in cachees.values():
        edition = seule.editions.order_by("-numero").first()
        for role in set(ROLES) - {"curateur", "administrateur"}:
            for nom, arg in (("brouillon", edition.pk), ("historique", seule.slug)):
                reponse = clients[role].get(reverse(f"pistes:{nom}", args=[arg]))
                assert reponse.status_code in {302, 403}
    assert EditionOrientation.objects.publies().count() == 0
