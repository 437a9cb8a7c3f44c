"""On paper: a piste on two A4 pages, an orientation as a booklet."""

import re
from typing import Any

from django.core.management import call_command
from django.urls import reverse

from pistes.models import EditionPiste, Orientation


def _pages(visite: Any, chemin: str) -> int:
    assert visite.ouvrir(chemin) == 200
    pdf: bytes = visite.page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_every_shipped_piste_holds_on_two_pages(contexte: Any) -> None:
    call_command("charger_corpus", verbosity=0)
    visite = contexte()
    longues = {
        edition.titre: nombre
        for edition in EditionPiste.objects.publies().select_related("piste")
        if (nombre := _pages(visite, edition.get_absolute_url())) > 2
    }
    assert longues == {}


def test_an_orientation_is_a_booklet_with_a_cover_contents_and_two_pages_a_piste(
    contexte: Any,
) -> None:
    call_command("charger_corpus", verbosity=0)
    orientation = Orientation.objects.get(recueil__cle="carnet", numero=1)
    livret = reverse("pistes:livret", args=[orientation.slug])
    assert _pages(contexte(), livret) == 2 + 2 * orientation.pistes.count()
