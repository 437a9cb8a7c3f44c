"""Reading a table that people made with a spreadsheet program and saved as CSV.

Taken as they come: UTF-8 with or without a mark, UTF-16, Windows-1252; ``;``, ``,`` or tabs; titles in any
case, with or without accents. One broken line (a quote never closed, too many cells) is set aside with its
number and its reason; the others are kept. Nothing is checked here of what the cells say.
"""

import csv
import dataclasses
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

TAILLE = 5 * 1024 * 1024  # bytes
LIGNES = 20_000
LONGUEUR_CELLULE = 20_000
# A cell of somebody's words may run over some lines; past that, a quote was left open.
LIGNES_D_UNE_CELLULE = 30


class TableurRefuse(Exception):
    """Nothing of the file can be read: why, and what to do."""


@dataclasses.dataclass(frozen=True)
class LigneLue:
    """One line: its number in the file (titles are line 1), its cells by the name of their column."""

    numero: int
    valeurs: dict[str, str]


@dataclasses.dataclass(frozen=True)
class LigneRefusee:
    """One line that is not kept: its number, why, and what it said."""

    numero: int
    raison: str
    texte: str


@dataclasses.dataclass
class Tableur:
    """What a file said. ``inconnues``: titles that named no column, not read."""

    lignes: list[LigneLue] = dataclasses.field(default_factory=list)
    refusees: list[LigneRefusee] = dataclasses.field(default_factory=list)
    inconnues: list[str] = dataclasses.field(default_factory=list)


def lire(
    contenu: bytes, colonnes: Mapping[str, Iterable[str]], *, obligatoires: Iterable[str] = ()
) -> Tableur:
    """The lines of a file. ``colonnes``: for each column, the titles people give it. Raises TableurRefuse."""
    texte = _decoder(contenu)
    physiques = texte.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    debut = next((n for n, ligne in enumerate(physiques) if ligne.strip(" ;,\t")), None)
    if debut is None:
        raise TableurRefuse("Ce fichier est vide.")
    separateur = max(";\t,", key=physiques[debut].count)
    titres = _cellules(physiques[debut], separateur) or []
    noms, inconnues = _reconnaitre(titres, colonnes)
    manquent = [nom for nom in obligatoires if nom not in noms]
    if manquent:
        attendus = ", ".join(f"« {next(iter(colonnes[nom]))} »" for nom in manquent)
        raise TableurRefuse(
            f"La première ligne doit porter les titres des colonnes. Il manque : {attendus}."
        )
    tableur = Tableur(inconnues=inconnues)
    for lue in _enregistrements(physiques, debut + 1, separateur, len(titres)):
        if isinstance(lue, LigneRefusee):
            tableur.refusees.append(lue)
            continue
        numero, cellules = lue
        valeurs = dict.fromkeys((nom for nom in noms if nom), "")
        valeurs |= {nom: c for nom, c in zip(noms, cellules, strict=False) if nom}
        if any(cellules):
            tableur.lignes.append(LigneLue(numero, valeurs))
        if len(tableur.lignes) > LIGNES:
            raise TableurRefuse(f"Ce fichier a plus de {LIGNES} lignes : coupez-le en plusieurs.")
    return tableur


def _decoder(contenu: bytes) -> str:
    if len(contenu) > TAILLE:
        raise TableurRefuse("Ce fichier est trop lourd : 5 Mo au plus.")
    if contenu.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableurRefuse(
            "C'est un classeur, pas un fichier CSV. Dans votre tableur : « Enregistrer sous », puis « CSV »."
        )
    utf16 = contenu.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encodage in ["utf-16"] if utf16 else ["utf-8-sig", "cp1252"]:
        try:
            return contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise TableurRefuse("Ce fichier n'est pas un tableau de texte : enregistrez-le au format CSV.")


def simplifie(titre: str) -> str:
    """A title without its case, its accents and its signs."""
    sans = unicodedata.normalize("NFKD", titre.casefold())
    return "".join(c for c in sans if c.isalnum())


def _reconnaitre(
    titres: list[str], colonnes: Mapping[str, Iterable[str]]
) -> tuple[list[str], list[str]]:
    """For each cell of the first line the column it names ("" for none), and the titles left unread."""
    connus = {simplifie(titre): nom for nom, dits in colonnes.items() for titre in (nom, *dits)}
    noms: list[str] = []
    inconnues = []
    for titre in titres:
        nom = connus.get(simplifie(titre), "")
        if nom in noms:
            nom = ""  # the first one counts
        if not nom and titre:
            inconnues.append(titre[:80])
        noms.append(nom)
    return noms, inconnues


def _enregistrements(
    physiques: list[str], rang: int, separateur: str, largeur: int
) -> Iterator[tuple[int, list[str]] | LigneRefusee]:
    """Each line with its number; a broken one is said, and reading goes on with the next."""
    while rang < len(physiques):
        fin, texte = _fin(physiques, rang), physiques[rang]
        bloc = physiques[rang : fin + 1] if fin is not None else []
        cellules = _cellules("\n".join(bloc), separateur) if bloc else None
        # A cell over several lines that leaves a line too short: its quote closed somewhere else.
        if cellules is None or (len(bloc) > 1 and len(cellules) != largeur):
            raison = "un guillemet ouvert n'est pas fermé"
        elif any(cellules[largeur:]):
            raison = f"{len(cellules)} cellules pour {largeur} colonnes"
        elif any("\x00" in cellule for cellule in cellules):
            raison = "un caractère illisible"
        else:
            raison = ""
        if raison or cellules is None or fin is None:
            yield LigneRefusee(rang + 1, raison, texte.replace("\x00", "")[:300])
            rang += 1
            continue
        yield rang + 1, cellules[:largeur]
        rang = fin + 1


def _fin(physiques: list[str], rang: int) -> int | None:
    """The last line of the record that begins there: the one that closes its quotes."""
    guillemets = 0
    for fin in range(rang, min(rang + LIGNES_D_UNE_CELLULE, len(physiques))):
        guillemets += physiques[fin].count('"')
        if guillemets % 2 == 0:
            return fin
    return None


def _cellules(texte: str, separateur: str) -> list[str] | None:
    try:
        lues = next(csv.reader([texte], delimiter=separateur, strict=False), [])
    except csv.Error:
        return None
    return [cellule.strip()[:LONGUEUR_CELLULE] for cellule in lues]
