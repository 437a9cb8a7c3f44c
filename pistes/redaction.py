"""A text of a piste before it is in the database, and the one way to write it there.

The corpus, the importer and the curateur·rices' form all hand over a TextePiste.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.text import slugify

from comptes.models import Utilisateur
from pistes.models import Detail, EditionPiste, Inspiration, Orientation, Piste, Recueil, Renvoi
from reflexes.models import empreinte_de


@dataclass
class DetailEcrit:
    """A titled point."""

    titre: str
    texte: str = ""


@dataclass
class InspirationEcrite:
    """Somewhere it has been done."""

    titre: str
    lieu: str = ""
    pays: str = ""
    texte: str = ""
    lien: str = ""


@dataclass
class TextePiste:
    """All the words of a piste. Mots-clés and renvois are plain (words, rangs): no database ids."""

    titre: str
    autres_titres: list[str] = field(default_factory=list)
    accroche: str = ""
    constat: str = ""
    levier: str = ""
    source: str = ""
    details: list[DetailEcrit] = field(default_factory=list)
    inspirations: list[InspirationEcrite] = field(default_factory=list)
    mots_cles: list[str] = field(default_factory=list)
    renvois: list[int] = field(default_factory=list)

    @property
    def empreinte(self) -> str:
        """The same words give the same fingerprint, on any machine."""
        return empreinte_de(asdict(self))

    @property
    def longueur(self) -> int:
        """How many characters the search keeps of it."""
        textes = (self.titre, self.accroche, self.constat, self.levier, self.annexe)
        return sum(len(texte) for texte in textes)

    @property
    def annexe(self) -> str:
        """The words of the child rows, for the search vector."""
        morceaux = [f"{detail.titre} {detail.texte}" for detail in self.details]
        morceaux += [f"{i.titre} {i.lieu} {i.pays} {i.texte}" for i in self.inspirations]
        return "\n".join([*self.autres_titres, *morceaux])


def adresse(titre: str) -> str:
    """A title as an address, without its article (« Les porte-voix » → porte-voix)."""
    sans_article = re.sub(r"^(les?|la|une?|l['’])\s*\b", "", titre.strip(), flags=re.IGNORECASE)
    return slugify(re.sub(r"['’]", " ", sans_article or titre))[:100].strip("-")


def adresse_libre(modele: type[Orientation] | type[Piste], titre: str, rang: int) -> str:
    """``adresse(titre)``, with the page or number behind it when another row has it. One query."""
    slug = adresse(titre) or str(rang)
    return f"{slug}-{rang}" if modele._default_manager.filter(slug=slug).exists() else slug


def cle_de(recueil_cle: str, rang: int) -> str:
    """The key of a piste, from its page or number: carnet-050, ensemble-01."""
    return f"{recueil_cle}-{rang:03d}" if recueil_cle == "carnet" else f"{recueil_cle}-{rang:02d}"


def mot_cle_normalise(mot: str) -> str:
    """One spelling for #Commun, #communs and Communs, to compare with: no accent, case, plural."""
    sans_accent = unicodedata.normalize("NFKD", mot.strip().lstrip("#").lower())
    return "".join(c for c in sans_accent if c.isalnum()).removesuffix("s")


def ecrire_edition(
    piste: Piste,
    texte: TextePiste,
    *,
    origine: EditionPiste.Origine,
    auteur: Utilisateur | None = None,
    orientations: Iterable[Orientation] | None = None,
    pistes: dict[int, Piste] | None = None,
) -> EditionPiste:
    """Write a text as the next draft of a piste, with its child rows, in one transaction.

    ``orientations`` and ``pistes`` (by rang) are those of the recueil; given, they spare two
    queries a piste. A mot-clé or a renvoi that names nothing there is left out: check before.
    """
    if orientations is None:
        orientations = list(Orientation.objects.filter(recueil=piste.recueil_id))
    if pistes is None:
        pistes = pistes_par_rang(piste.recueil)
    voulus = {mot_cle_normalise(mot) for mot in texte.mots_cles}
    with transaction.atomic():
        edition = EditionPiste.suivante(
            piste,
            titre=texte.titre,
            autres_titres=texte.autres_titres,
            accroche=texte.accroche,
            constat=texte.constat,
            levier=texte.levier,
            source=texte.source,
            texte_annexe=texte.annexe,
            origine=origine,
            auteur=auteur,
            empreinte="" if origine == EditionPiste.Origine.CURATION else texte.empreinte,
        )
        edition.mots_cles.set([o for o in orientations if mot_cle_normalise(o.mot_cle) in voulus])
        Detail.objects.bulk_create(
            Detail(edition=edition, rang=rang, **asdict(detail))
            for rang, detail in enumerate(texte.details, 1)
        )
        Inspiration.objects.bulk_create(
            Inspiration(edition=edition, rang=rang, **asdict(inspiration))
            for rang, inspiration in enumerate(texte.inspirations, 1)
        )
        Renvoi.objects.bulk_create(
            Renvoi(edition=edition, vers=pistes[rang])
            for rang in dict.fromkeys(texte.renvois)
            if rang in pistes
        )
    return edition


def pistes_par_rang(recueil: Recueil) -> dict[int, Piste]:
    """The pistes of a recueil by page or number. One query."""
    return {piste.rang: piste for piste in recueil.pistes.all()}


def texte_de(edition: EditionPiste) -> TextePiste:
    """The words of an edition, read back. No query after ``pour_redaction``."""
    return TextePiste(
        titre=edition.titre,
        autres_titres=edition.autres_titres,
        accroche=edition.accroche,
        constat=edition.constat,
        levier=edition.levier,
        source=edition.source,
        details=[DetailEcrit(d.titre, d.texte) for d in edition.details.all()],
        inspirations=[
            InspirationEcrite(i.titre, i.lieu, i.pays, i.texte, i.lien)
            for i in edition.inspirations.all()
        ],
        mots_cles=[orientation.mot_cle for orientation in edition.mots_cles.all()],
        renvois=sorted(renvoi.vers.rang for renvoi in edition.renvois.all()),
    )
