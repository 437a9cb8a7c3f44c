"""Links: mended where the conversion cut or escaped them, each mending told."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from pistes.carnet.blocs import Compteur
from pistes.carnet.journal import Journal
from pistes.carnet.modele import Genre
from pistes.carnet.mots import debut

_LIEN = re.compile(r"\[([^\[\]]*)\]\(((?:[^()]|\([^()]*\))*)\)")
_CHEVRONS = re.compile(r"<(https?:[^<>]*)>", re.I)
_OUVERT = re.compile(r"<(https?:[^<>\s]*)(?=\s|$)", re.I)
_NU = re.compile(r"(?<![<(\[\w/])https?:[^\s<>()\[\]]+", re.I)
# No address ends with a hyphen: what follows is its end.
_COUPE = re.compile(
    r"(?<![<(\[\w/])(https?:[^\s<>()\[\]]*)(?:(?<=[-_])\s+([a-z0-9][^\s<>()\[\]]*))?", re.I
)
_PONCTUATION_FINALE = ".,;:!?*»\"'"
_ECHAPPE = re.compile(r"\\+(?=[_\-.~/()#&?=%])")
_ADRESSE = re.compile(r"https?:", re.I)
_SEUL = re.compile(r"<(https?://\S+)>|(https?://\S+)", re.I)
_PREMIER = re.compile(r"https?://[^\s<>()]+", re.I)

# A match, its line and the journal give the text to write.
_Ecriture = Callable[[re.Match[str], int, Journal], str]


def est_valable(adresse: str) -> bool:
    """An http(s) address with a host, without spaces."""
    try:
        parties = urlsplit(adresse)
        hote = parties.hostname or ""
    except ValueError:
        return False
    return parties.scheme in ("http", "https") and "." in hote and not re.search(r"[\s\\]", adresse)


def nettoyer_liens(texte: str, ligne: int, journal: Journal) -> str:
    """The text with whole links only. ``ligne`` is the line the text begins at.

    ``[mots](#)`` becomes its words; an address printed as its own label becomes ``<adresse>``.
    """

    def remplacer(motif: re.Pattern[str], texte: str, ecrire: _Ecriture) -> str:
        compteur = Compteur(texte, ligne)

        def un(trouve: re.Match[str]) -> str:
            ici = compteur.ligne_a(trouve.start())
            # Line breaks lost inside a link would shift the numbers of what follows.
            ecrit = ecrire(trouve, ici, journal)
            return ecrit + "\n" * (trouve[0].count("\n") - ecrit.count("\n"))

        return motif.sub(un, texte)

    texte = remplacer(_COUPE, texte, _recoller)
    texte = remplacer(_LIEN, texte, _lien)
    texte = remplacer(_CHEVRONS, texte, _chevrons)
    texte = remplacer(_OUVERT, texte, _ouvert)
    return remplacer(_NU, texte, _adresse_nue)


def lien_seul(texte: str) -> str:
    """The address of a paragraph that holds nothing else, or ""."""
    trouve = _SEUL.fullmatch(texte.strip())
    adresse = (trouve[1] or trouve[2]) if trouve else ""
    return adresse if est_valable(adresse) else ""


def premier_lien(texte: str) -> str:
    """The first valid address of a cleaned text, or ""."""
    return next((lien for lien in _PREMIER.findall(texte) if est_valable(lien)), "")


def reste_ouvert(texte: str) -> bool:
    """Whether a text stops in the middle of an address."""
    dernier = texte.rstrip().rsplit(maxsplit=1)[-1:] or [""]
    adresse = _ADRESSE.search(dernier[0])
    if adresse is None:
        return False
    debut_du_mot = dernier[0][: adresse.start()]
    if debut_du_mot.endswith("<"):
        return ">" not in dernier[0]
    return (debut_du_mot.endswith("](") and ")" not in dernier[0]) or dernier[0].endswith(
        ("-", "_")
    )


def _reparer(brut: str, ligne: int, journal: Journal) -> str:
    """An address without spaces and escapes; "" when it cannot be followed."""
    adresse = _ECHAPPE.sub("", re.sub(r"\s+", "", brut))
    if not est_valable(adresse):
        journal.douter(
            ligne, Genre.LIEN_CASSE, f"Cette adresse ne mène nulle part : « {debut(brut)} »."
        )
        return ""
    if adresse != brut:
        journal.douter(
            ligne, Genre.LIEN_REPARE, f"Adresse coupée ou échappée, recollée ainsi : {adresse}"
        )
    if not adresse.isascii():
        journal.douter(
            ligne,
            Genre.LIEN_DOUTEUX,
            f"Adresse avec des lettres accentuées, à vérifier : {adresse}",
        )
    return adresse


def _recoller(trouve: re.Match[str], ligne: int, journal: Journal) -> str:
    if trouve[2] is None:
        return trouve[0]
    adresse = trouve[1] + trouve[2]
    journal.douter(ligne, Genre.LIEN_REPARE, f"Adresse coupée après un tiret, recollée : {adresse}")
    return adresse


def _lien(trouve: re.Match[str], ligne: int, journal: Journal) -> str:
    etiquette, brut = trouve[1].strip(), trouve[2].strip()
    if brut in ("", "#"):
        journal.douter(
            ligne, Genre.LIEN_SANS_ADRESSE, f"Le lien « {etiquette} » n'a pas d'adresse."
        )
        return etiquette
    if not _ADRESSE.match(brut):
        if not re.match(r"[a-z]+:|[./#]|www\.", brut, re.I):
            return trouve[0]  # Words in brackets followed by words in parentheses.
        journal.douter(
            ligne, Genre.LIEN_CASSE, f"Le lien « {etiquette} » ne mène à aucun site : {debut(brut)}"
        )
        return f"{etiquette} ({brut})"
    adresse = _reparer(brut, ligne, journal)
    if not adresse:
        return f"{etiquette} ({brut})"
    if not _ADRESSE.match(etiquette):
        return f"[{etiquette}]({adresse})"
    affichee = _ECHAPPE.sub("", re.sub(r"\s+", "", etiquette))
    if affichee != adresse:
        journal.douter(
            ligne,
            Genre.LIEN_DOUTEUX,
            f"L'adresse affichée ({affichee}) n'est pas celle du lien ({adresse}), qui est gardée.",
        )
    elif affichee != etiquette:
        journal.douter(
            ligne,
            Genre.LIEN_REPARE,
            f"L'adresse affichée portait des barres obliques inverses, retirées : {adresse}",
        )
    return f"<{adresse}>"


def _chevrons(trouve: re.Match[str], ligne: int, journal: Journal) -> str:
    adresse = _reparer(trouve[1], ligne, journal)
    return f"<{adresse}>" if adresse else trouve[1]


def _ouvert(trouve: re.Match[str], ligne: int, journal: Journal) -> str:
    journal.douter(
        ligne, Genre.LIEN_CASSE, f"Adresse jamais refermée, peut-être incomplète : {trouve[1]}"
    )
    return trouve[1]


def _adresse_nue(trouve: re.Match[str], ligne: int, journal: Journal) -> str:
    nue = trouve[0].rstrip(_PONCTUATION_FINALE)
    adresse = _reparer(nue, ligne, journal)
    return f"<{adresse}>{trouve[0][len(nue) :]}" if adresse else trouve[0]
