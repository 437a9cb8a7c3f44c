"""Opening the file: everything that is not a readable notebook is refused here, in words."""

import stat
from pathlib import Path

from pistes.carnet.analyse import contient_une_piste
from pistes.carnet.blocs import unifier
from pistes.carnet.erreurs import CarnetIllisible

# The 2020 notebook weighs 0.2 MB.
TAILLE_MAXIMALE = 5_000_000
_CONVERTIR = "Ouvrez-le dans un éditeur de texte, enregistrez-le en UTF-8, puis relancez l'import."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def lire_fichier(chemin: str | Path) -> str:
    """The text of the notebook at ``chemin``. Raises CarnetIllisible; too big is not even read."""
    chemin = Path(chemin)
    _refuser_avant_lecture(chemin)
    try:
        with chemin.open("rb") as flux:
            octets = flux.read(TAILLE_MAXIMALE + 1)
    except OSError as erreur:
        raise _illisible(chemin, erreur) from erreur
    _refuser_trop_gros(chemin.name, len(octets))
    return decoder(octets, chemin.name)


def decoder(octets: bytes, nom: str) -> str:
    """The text of a notebook received as bytes; the same refusals as for a file."""
    texte = decoder_texte(octets, nom)
    if not contient_une_piste(texte):
        raise CarnetIllisible(
            f"« {nom} » ne contient ni orientation ni piste reconnaissable.",
            "Vérifiez que c'est bien le carnet « Réflexes publics » en Markdown, "
            "avec ses titres « Orientation n » et « Piste • … ».",
        )
    return texte


def decoder_texte(octets: bytes, nom: str) -> str:
    """The same, of any document: whether a piste is in it is not looked at."""
    _refuser_trop_gros(nom, len(octets))
    if octets.startswith(_UTF_16) or b"\0" in octets:
        raise CarnetIllisible(
            f"« {nom} » n'est pas un texte en UTF-8 (UTF-16, ou format d'un logiciel).", _CONVERTIR
        )
    try:
        texte = octets.decode("utf-8")
    except UnicodeDecodeError as erreur:
        ligne = octets.count(b"\n", 0, erreur.start) + 1
        raise CarnetIllisible(
            f"« {nom} » n'est pas en UTF-8 : caractère illisible à la ligne {ligne}.", _CONVERTIR
        ) from erreur
    texte = unifier(texte)
    if not texte.strip():
        raise CarnetIllisible(
            f"« {nom} » est vide.", "Vérifiez que le document a été enregistré, puis recommencez."
        )
    return texte


def _refuser_avant_lecture(chemin: Path) -> None:
    try:
        etat = chemin.stat()
    except FileNotFoundError as erreur:
        raise CarnetIllisible(
            f"Le fichier « {chemin} » est introuvable.", "Vérifiez le chemin, puis recommencez."
        ) from erreur
    except (OSError, ValueError) as erreur:
        raise _illisible(chemin, erreur) from erreur
    if stat.S_ISDIR(etat.st_mode):
        raise CarnetIllisible(
            f"« {chemin} » est un dossier.", "Donnez le chemin du fichier Markdown qu'il contient."
        )
    if not stat.S_ISREG(etat.st_mode):
        raise CarnetIllisible(
            f"« {chemin} » n'est pas un fichier ordinaire.",
            "Donnez le chemin d'un fichier Markdown.",
        )
    _refuser_trop_gros(chemin.name, etat.st_size)


def _refuser_trop_gros(nom: str, taille: int) -> None:
    if taille > TAILLE_MAXIMALE:
        raise CarnetIllisible(
            f"« {nom} » est trop gros ({_en_mo(taille)} Mo ; 5 Mo au plus).",
            "Un carnet en Markdown n'en pèse pas un dixième : donnez le texte sans les images.",
        )


def _en_mo(taille: int) -> str:
    return f"{taille / 1_000_000:.1f}".replace(".", ",")


def _illisible(chemin: Path, erreur: Exception) -> CarnetIllisible:
    raison = getattr(erreur, "strerror", None) or "chemin impossible"
    return CarnetIllisible(
        f"Le fichier « {chemin} » ne peut pas être lu ({raison}).",
        "Vérifiez le chemin et les droits de lecture, puis recommencez.",
    )
