"""Two texts side by side, field by field: what the history, a review and an import show."""

from collections import Counter
from dataclasses import dataclass

from pistes.models import EditionOrientation, EditionPiste
from pistes.redaction import TextePiste, texte_de

Champs = list[tuple[str, str]]


@dataclass(frozen=True)
class Ecart:
    """One field in both texts. The words that changed are found when it is shown."""

    libelle: str
    avant: str
    apres: str

    @property
    def change(self) -> bool:
        """Whether there is something to show."""
        return self.avant != self.apres

    @property
    def refait(self) -> bool:
        """Written anew: less than half of the words are kept, whatever their order.

        Word by word, two such texts make confetti: they are read one after the other.
        """
        avant, apres = Counter(self.avant.split()), Counter(self.apres.split())
        communs = (avant & apres).total()
        return communs * 2 < min(avant.total(), apres.total())


def champs_de(texte: TextePiste) -> Champs:
    """The words of a piste as plain fields, in the order of its page."""
    details = [f"### {d.titre}\n\n{d.texte}" if d.titre else d.texte for d in texte.details]
    inspirations = [
        "\n\n".join(filter(None, [f"### {i.titre}", _lieu(i.lieu, i.pays), i.texte, i.lien]))
        for i in texte.inspirations
    ]
    return [
        ("Titre", texte.titre),
        ("Autres titres", ", ".join(texte.autres_titres)),
        ("Mots-clés", ", ".join(f"#{mot}" for mot in texte.mots_cles)),
        ("Accroche", texte.accroche),
        ("Constat", texte.constat),
        ("Levier", texte.levier),
        ("Détails", "\n\n".join(details)),
        ("Inspirations", "\n\n".join(inspirations)),
        ("Renvois", ", ".join(map(str, texte.renvois))),
        ("Source", texte.source),
    ]


def champs_de_l_edition(edition: EditionPiste | EditionOrientation) -> Champs:
    """The same, of any edition. No query after ``pour_redaction``."""
    if isinstance(edition, EditionPiste):
        return champs_de(texte_de(edition))
    return [
        ("Titre", edition.titre),
        ("Texte", edition.texte),
        ("Question", edition.question),
        ("Source", edition.source),
    ]


def comparer(avant: Champs, apres: Champs) -> list[Ecart]:
    """Field by field; both come from the same function."""
    return [
        Ecart(libelle, _uni(ancien), _uni(nouveau))
        for (libelle, ancien), (_, nouveau) in zip(avant, apres, strict=True)
    ]


def _lieu(lieu: str, pays: str) -> str:
    return ", ".join(filter(None, [lieu, pays]))


def _uni(texte: str) -> str:
    """A browser sends its lines back with two signs: not a change."""
    return texte.replace("\r\n", "\n").strip()
