"""What somebody types to find an organisation or a territoire, as a search query."""

from django.contrib.postgres.search import SearchQuery

from config.recherche import mots

# Said with a name but seldom part of it: "ville de Lyon" must find Lyon.
MOTS_VIDES = {
    "ville", "mairie", "commune", "departement", "region", "conseil", "departemental", "regional",
    "de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur",
}  # fmt: skip
# The two spellings live side by side in the official names.
VARIANTES = {"st": "saint", "ste": "sainte", "saint": "st", "sainte": "ste"}


def requete_de_nom(saisie: str) -> SearchQuery | None:
    """Wants every typed word that counts as the beginning of a word; None when nothing was typed."""
    saisis = mots(saisie)
    # The last word may be half typed: "le" is then perhaps "Lens".
    termes = [mot for mot in saisis[:-1] if mot not in MOTS_VIDES] + saisis[-1:]
    if len(termes) > 1 and termes[-1] in MOTS_VIDES:
        termes.pop()
    if not termes:
        return None
    return SearchQuery(" & ".join(map(_prefixe, termes)), config="simple", search_type="raw")


def _prefixe(mot: str) -> str:
    variante = VARIANTES.get(mot)
    return f"({mot}:* | {variante})" if variante else f"{mot}:*"
