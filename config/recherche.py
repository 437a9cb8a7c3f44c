"""French full-text search without contrib extensions.

``sans_accents(text)`` is an immutable SQL function (comptes, migration 0001), so that it may stand in
generated columns; PostgreSQL's built-in ``french`` configuration does the stemming. Both the document
and the question lose their accents and their case first: "eleve" finds "élèves".
"""

import re
import unicodedata
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Coalesce

# Letters that decompose into more than one: translate() cannot do those, so they are replaced first.
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
ACCENTS = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ"
SANS_ACCENTS = "aaaaaaceeeeiiiinooooouuuuyy"

CREER_FONCTION = f"""
CREATE OR REPLACE FUNCTION sans_accents(texte text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT translate(
    replace(replace(replace(replace(lower(texte), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), '’', ''''),
    '{ACCENTS}', '{SANS_ACCENTS}')
$$;
"""
SUPPRIMER_FONCTION = "DROP FUNCTION IF EXISTS sans_accents(text);"
# array_to_string() is only stable, and barred from generated columns: of words it is immutable.
CREER_MOTS_D_UN_TABLEAU = """
CREATE OR REPLACE FUNCTION mots_d_un_tableau(tableau varchar[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT array_to_string(tableau, ' ') $$;
"""
SUPPRIMER_MOTS_D_UN_TABLEAU = "DROP FUNCTION IF EXISTS mots_d_un_tableau(varchar[]);"


class SansAccents(Func):
    """SQL ``sans_accents(…)``: lower case, no accent."""

    function = "sans_accents"
    output_field = TextField()


class MotsDUnTableau(Func):
    """SQL ``mots_d_un_tableau(…)``: what a list of words holds, as a text (engagement, migration 0009)."""

    function = "mots_d_un_tableau"
    output_field = TextField()


def _joindre(fields: tuple[str | Func, ...]) -> Any:
    textes = [F(field) if isinstance(field, str) else field for field in fields]
    expressions = [Coalesce(texte, Value(""), output_field=TextField()) for texte in textes]
    if len(expressions) == 1:
        return expressions[0]
    parts: list[Any] = []
    for expression in expressions:
        parts += [expression, Value(" ")]
    return _Concatenation(*parts)


class _Concatenation(Func):
    """``a || b || c``: immutable, where CONCAT() is only stable and barred from generated columns."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


class VecteurFrancais(Func):
    """The stemmed search vector of some columns, for a generated column."""

    function = "to_tsvector"
    template = "%(function)s('french'::regconfig, %(expressions)s)"

    def __init__(self, *fields: str | Func, **extra: Any) -> None:
        super().__init__(SansAccents(_joindre(fields)), **extra)


class VecteurSimple(VecteurFrancais):
    """The same without stemming or stop words: for names."""

    template = "%(function)s('simple'::regconfig, %(expressions)s)"


def normaliser(texte: str) -> str:
    """The same as SQL's sans_accents, in Python: lower case, no accent."""
    texte = texte.lower()
    for lettre, remplacement in LIGATURES.items():
        texte = texte.replace(lettre, remplacement)
    decompose = unicodedata.normalize("NFD", texte)
    return "".join(c for c in decompose if not unicodedata.combining(c))


def mots(saisie: str) -> list[str]:
    """The words of what somebody typed: normalised, at most ten, at most 40 characters each."""
    return [mot[:40] for mot in re.findall(r"[a-z0-9]+", normaliser(saisie))[:10]]


def requete_francaise(saisie: str) -> SearchQuery | None:
    """A query of the stemmed words ("web search" syntax: quotes, OR, -); None when nothing was typed."""
    if not mots(saisie):
        return None
    return SearchQuery(normaliser(saisie)[:200], config="french", search_type="websearch")
