"""Documents that point somewhere point to something."""

import re
from pathlib import Path

import pytest
from django.conf import settings

RACINE = Path(settings.RACINE)
DOCUMENTS = [
    p
    for p in RACINE.rglob("*.md")
    if not {".venv", "var", ".pytest_cache", "tests"} & set(p.relative_to(RACINE).parts)
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(RACINE)))
def test_every_link_and_named_file_of_a_document_exists(document: Path):
    texte = document.read_text()
    liens = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", texte)
    nommes = re.findall(
        r"`((?:docs|tests|config|deploiement|bin|\w+)/[\w./-]+\.(?:py|md|html|toml|csv|xz))`", texte
    )
    manquants = [lien for lien in liens if not (document.parent / lien).exists()]
    manquants += [nom for nom in nommes if not (RACINE / nom).exists()]
    assert manquants == []


def test_readme_names_every_variable_the_settings_read():
    reglages = (RACINE / "config" / "settings.py").read_text()
    variables = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', reglages))
    readme = (RACINE / "README.md").read_text()
    assert {v for v in variables if f"`{v}`" not in readme} == set()
