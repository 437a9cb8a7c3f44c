"""What each column of an export means: it comes along with the data."""

from collections.abc import Iterable

from rapports.colonnes import Colonne, Ligne

FEUILLE = "Colonnes"
COLONNES = (
    Colonne("Colonne", "titre", largeur=40),
    Colonne("Nom dans le JSON", "cle", largeur=36),
    Colonne("Ce qu'elle contient", "en_mots", largeur=80),
)


def de(colonnes: tuple[Colonne, ...]) -> tuple[tuple[Colonne, ...], Iterable[Ligne]]:
    """The dictionary as a table: its own columns, and a row for each of these."""
    return COLONNES, [(colonne.titre, colonne.cle, colonne.en_mots) for colonne in colonnes]
