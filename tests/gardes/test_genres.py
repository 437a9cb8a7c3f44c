"""Every kind of message has words for whoever watches the queue, and its line in the documentation."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.html import escape

from rappels import registre
from rappels.models import Message
from tests.conftest import client_de

GENRES = [genre for genre in registre.genres() if genre not in {"essai", "bench"}]


@pytest.mark.parametrize("genre", GENRES)
def test_a_kind_is_called_by_words_and_not_by_its_key(genre):
    libelle = registre.libelle_de(genre)
    assert libelle[0].isupper()
    assert "_" not in libelle
    assert libelle != genre


@pytest.mark.parametrize("libelle", ["", "  ", registre.libelle_de(GENRES[0])])
def test_a_kind_without_words_of_its_own_is_refused(libelle):
    with pytest.raises(ValueError, match="words of their own"):
        registre.redige("sans_mots", libelle=libelle)(lambda message: None)
    assert "sans_mots" not in registre.genres()


def test_the_queue_and_its_filter_say_those_words(administrateur):
    for genre in GENRES:
        Message.objects.create(
            cle=genre, genre=genre, sujet="test:1", destinataire="a@example.org",
            prevu_le="2026-01-05T08:00:00Z",
        )  # fmt: skip
    Message.objects.create(
        cle="x", genre="d_avant", sujet="test:1", prevu_le="2026-01-06T08:00:00Z"
    )
    client = client_de(administrateur)
    pages = [client.get("/rappels/", {"page": n}).content.decode() for n in range(1, 5)]
    html = "".join(pages)
    for genre in GENRES:
        mots = escape(registre.libelle_de(genre))
        assert f'<option value="{genre}">{mots}</option>' in html
        assert f"{mots}, prévu" in html
        # « Réponse à une proposition » ends like the key of another kind.
        assert not re.search(rf"(?<!\w ){genre}, prévu", html)
    assert "d_avant, prévu" in html  # nobody writes it any more: it is not hidden


def test_the_table_of_kinds_names_each_of_them():
    page = (Path(settings.RACINE) / "docs" / "rappels.md").read_text()
    nommes = {
        mot
        for ligne in page.splitlines()
        if ligne.startswith("| `")
        for mot in re.findall(r"`([\w…]+)`", ligne)
    }
    debuts = tuple(mot[:-1] for mot in nommes if mot.endswith("…"))
    assert [g for g in GENRES if g not in nommes and not g.startswith(debuts)] == []
