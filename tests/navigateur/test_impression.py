"""On paper: a piste on two A4 pages, an orientation as a booklet."""

import re
from typing import Any

from django.core.management import call_command
from django.db.models.functions import Length
from django.urls import reverse

from pistes.models import EditionPiste, Orientation


def _pages(visite: Any, chemin: str) -> int:
    assert visite.ouvrir(chemin) == 200
    pdf: bytes = visite.page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_the_longest_shipped_pistes_hold_on_two_pages(contexte: Any) -> None:
    call_command("charger_corpus", verbosity=0)
    visite = contexte()
    longueur = Length("constat") + Length("levier") + Length("texte_annexe")
    editions = EditionPiste.objects.publies().select_related("piste").order_by(-longueur)
    longues = {
        edition.titre: nombre
        for edition in editions[:5]
        if (nombre := _pages(visite, edition.get_absolute_url())) > 2
    }
    assert longues == {}


def test_an_orientation_is_a_booklet_with_a_cover_contents_and_two_pages_a_piste(
    contexte: Any,
) -> None:
    call_command("charger_corpus", verbosity=0)
    orientation = Orientation.objects.get(recueil__cle="carnet", numero=1)
    livret = reverse("pistes:livret", args=[orientation.slug])
    nombre = orientation.pistes.count()
    assert 2 + nombre <= _pages(contexte(), livret) <= 2 + 2 * nombre
