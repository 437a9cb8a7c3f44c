"""Nothing is left behind: every template is shown by something, every right is asked somewhere."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

RACINE = Path(settings.RACINE)
GABARITS = RACINE / "templates"
SALLES = [
    "config",
    "comptes",
    "reflexes",
    "pistes",
    "tests_programme",
    "engagement",
    "rappels",
    "rapports",
    "accueil",
]
# Found by their name alone: Django's error pages, and what replaces a page of allauth.
DUS_A_LEUR_NOM = re.compile(r"(403|403_csrf|404|429|500)\.html|(account|allauth|mfa)/.*")
SOURCES = [source for salle in SALLES for source in (RACINE / salle).rglob("*.py")]


def _litteraux(arbre: ast.AST) -> set[str]:
    return {
        n.value for n in ast.walk(arbre) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def _motifs(arbre: ast.AST) -> list[re.Pattern[str]]:
    """The f-strings, each hole a group."""
    return [
        re.compile(
            "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)"
                for part in noeud.values
            )
        )
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.JoinedStr)
    ]


def _nommes_par_le_code(noms: set[str]) -> set[str]:
    """Whole names, and f-strings whose holes are filled by literals of the same file."""
    trouves = set()
    for source in SOURCES:
        arbre = ast.parse(source.read_text())
        litteraux = _litteraux(arbre)
        motifs = [motif for motif in _motifs(arbre) if "/" in motif.pattern]
        for nom in noms:
            # rappels.redaction.rediger adds the two suffixes itself.
            for ecriture in {nom, nom.rpartition(".")[0]}:
                remplis = (motif.fullmatch(ecriture) for motif in motifs)
                if ecriture in litteraux or any(
                    m and litteraux.issuperset(m.groups()) for m in remplis
                ):
                    trouves.add(nom)
    return trouves


def _nommes_par_des_gabarits() -> set[str]:
    balise = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
    return {
        nom for g in GABARITS.rglob("*") if g.is_file() for nom in balise.findall(g.read_text())
    }


def test_every_template_is_shown_by_something():
    tous = {g.relative_to(GABARITS).as_posix() for g in GABARITS.rglob("*") if g.is_file()}
    a_montrer = {nom for nom in tous if not DUS_A_LEUR_NOM.fullmatch(nom)}
    orphelins = a_montrer - _nommes_par_des_gabarits()
    assert sorted(orphelins - _nommes_par_le_code(orphelins)) == []


@pytest.mark.parametrize("salle", SALLES)
def test_every_right_is_asked_somewhere(salle):
    droits = sorted((RACINE / salle).glob("perms*.py"))
    donnes = [d for f in droits for d in re.findall(r'add_perm\("([^"]+)"', f.read_text())]
    gabarits = GABARITS.rglob("*.html")
    textes = [f.read_text() for f in [*SOURCES, *gabarits] if f not in droits]
    demande = re.compile(r'(?:has_perm|permission_required)(?:\(| )"([^"]+)"')
    demandes = {d for texte in textes for d in demande.findall(texte)}
    assert set(donnes) <= demandes
