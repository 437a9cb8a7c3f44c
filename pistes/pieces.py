"""From a document that was read to drafts, piece by piece: nothing public moves, nothing is written over."""

import re
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from comptes.models import Utilisateur
from pistes.identites import identites_des_orientations, identites_des_pistes
from pistes.importation import CHAMPS_DU_RECUEIL, ecrire_les_orientations, noter_les_aussi
from pistes.lectures import lire
from pistes.lu import Lecture
from pistes.models import EditionPiste, Importation, PieceImportee, Piste, Recueil
from pistes.perms import peut_publier
from pistes.redaction import (
    DetailEcrit,
    InspirationEcrite,
    TextePiste,
    ecrire_edition,
    texte_de,
)
from pistes.transitions import TransitionRefusee
from reflexes.importation import importer_cartographie
from reflexes.livraison import Bilan, livrer
from reflexes.models import empreinte_de

# Until the corpus is loaded; it then completes these rows, which nobody has edited.
RECUEILS: dict[str, dict[str, Any]] = {
    "carnet": CHAMPS_DU_RECUEIL,
    "ensemble": {**CHAMPS_DU_RECUEIL, "titre": "Ensemble & autrement"},
}
_INVISIBLES = re.compile(r"[\x00-\x1f\x7f]")


@transaction.atomic
def ouvrir(texte: str, nom: str, lecture: Lecture, *, par: Utilisateur) -> tuple[Importation, bool]:
    """Keep the document and what was understood of it; the same document again is the same import.

    Return it, and whether it is new. The identities of its pistes are laid, without any text: so that
    a renvoi finds its piste whatever is accepted first.
    """
    if not peut_publier(par):
        raise PermissionDenied
    recueil = Recueil.objects.filter(cle=lecture.format).first() or livrer(
        Recueil, {"cle": lecture.format}, RECUEILS[lecture.format], Bilan()
    )
    Recueil.objects.select_for_update(no_key=True).get(pk=recueil.pk)
    empreinte = empreinte_de(texte)
    deja = Importation.objects.filter(empreinte=empreinte, recueil=recueil).first()
    if deja is not None:
        return deja, False
    importation = Importation.objects.create(
        nom=_INVISIBLES.sub("", nom)[:200] or "Document",
        format=lecture.format,
        recueil=recueil,
        texte=texte,
        empreinte=empreinte,
        doutes=[asdict(doute) for doute in lecture.doutes],
        par=par,
    )
    _ecrire_les_pieces(importation, lecture)
    return importation, True


def _ecrire_les_pieces(importation: Importation, lecture: Lecture) -> None:
    recueil = importation.recueil
    orientations, neuves = identites_des_orientations(recueil, lecture.orientations)
    places = [(p.rang, p.titre[:200], p.orientation) for p in lecture.pieces if p.rang]
    pistes = identites_des_pistes(recueil, places, orientations)
    noter_les_aussi(neuves, orientations, pistes)
    textes = textes_du_jour(recueil)
    prises: set[int] = set()
    pieces = []
    for rang, lue in enumerate(lecture.pieces, 1):
        # Two pieces at the same page: only the first knows where it goes, the other asks.
        piste = pistes.get(lue.rang) if lue.rang and lue.rang not in prises else None
        prises.add(lue.rang or 0)
        identique = piste is not None and _est_connu(lue.texte, textes.get(piste.pk, []))
        pieces.append(
            PieceImportee(
                importation=importation,
                piste=piste,
                rang=rang,
                titre=lue.titre[:300],
                ligne_debut=lue.debut,
                ligne_fin=lue.fin,
                contenu=asdict(lue.texte),
                etat="identique" if identique else "a_voir",
            )
        )
    PieceImportee.objects.bulk_create(pieces)


def textes_du_jour(recueil: Recueil) -> dict[int, list[EditionPiste]]:
    """The texts of each piste that are public or on their way, the public one first. Six queries."""
    editions = EditionPiste.objects.filter(piste__recueil=recueil).exclude(etat="archive")
    textes: dict[int, list[EditionPiste]] = {}
    for edition in editions.pour_redaction().order_by("numero"):
        rangees = textes.setdefault(edition.piste_id, [])
        rangees.insert(0 if edition.etat == "publie" else len(rangees), edition)
    return textes


def _est_connu(texte: TextePiste, editions: list[EditionPiste]) -> bool:
    """Whether these words are there already, as they were brought or as they are today."""
    empreinte = texte.empreinte
    return any(e.empreinte == empreinte or texte_de(e).empreinte == empreinte for e in editions)


def texte_de_la_piece(piece: PieceImportee) -> TextePiste:
    """What was understood, as a text."""
    contenu = dict(piece.contenu)
    contenu["details"] = [DetailEcrit(**detail) for detail in contenu["details"]]
    contenu["inspirations"] = [InspirationEcrite(**i) for i in contenu["inspirations"]]
    return TextePiste(**contenu)


@transaction.atomic
def accepter(
    piece: PieceImportee,
    texte: TextePiste,
    *,
    par: Utilisateur,
    soumettre: bool = False,
    rang: int | None = None,
) -> EditionPiste:
    """Make a draft of it, signed by this person; ``soumettre`` asks for a second reading at once.

    ``rang``: the page or number of a piece that names none. Accepted already, it gives the same draft.
    Raises TransitionRefusee.
    """
    courante = _verrouiller(piece, par)
    if courante.etat == PieceImportee.Etat.ACCEPTEE and courante.edition is not None:
        return courante.edition
    if not (texte.constat or texte.levier or texte.details):
        obstacle = "Il n'y a ni constat, ni levier, ni détail : il n'y aurait rien à lire."
        raise TransitionRefusee("accepter", [obstacle])
    piste = courante.piste or _piste_a_la_page(courante, texte.titre, rang)
    edition = ecrire_edition(piste, texte, origine=EditionPiste.Origine.IMPORT, auteur=par)
    # What the document says, not what was corrected: so that it is recognised when it comes back.
    edition.empreinte = texte_de_la_piece(courante).empreinte
    edition.save(update_fields=["empreinte"])
    courante.etat, courante.edition, courante.piste = PieceImportee.Etat.ACCEPTEE, edition, piste
    courante.save(update_fields=["etat", "edition", "piste"])
    if soumettre:
        edition.soumettre(par=par)
    return edition


@transaction.atomic
def ecarter(piece: PieceImportee, *, par: Utilisateur) -> None:
    """Set it aside: it stays in the import, and can be taken up again. Raises TransitionRefusee."""
    _poser(piece, par, PieceImportee.Etat.ECARTEE)


@transaction.atomic
def reprendre(piece: PieceImportee, *, par: Utilisateur) -> None:
    """Look again at a piece set aside, or found identical. Raises TransitionRefusee."""
    _poser(piece, par, PieceImportee.Etat.A_VOIR)


@transaction.atomic
def importer_le_reste(importation: Importation, *, par: Utilisateur) -> tuple[int, int]:
    """Orientations and cartographie of a notebook, as drafts; return how many of each are new.

    Reads the document again: some 0.2 s for the 2020 notebook.
    """
    if not peut_publier(par):
        raise PermissionDenied
    # A double click waits, then finds everything there.
    Recueil.objects.select_for_update(no_key=True).get(pk=importation.recueil_id)
    lecture = lire(importation.texte, importation.nom, importation.format)
    orientations, _ = identites_des_orientations(importation.recueil, lecture.orientations)
    textes = ecrire_les_orientations(lecture.orientations, orientations, auteur=par)
    return textes, importer_cartographie(lecture.controverses)


def _poser(piece: PieceImportee, par: Utilisateur, etat: str) -> None:
    courante = _verrouiller(piece, par)
    if courante.etat == PieceImportee.Etat.ACCEPTEE:
        obstacle = (
            "Cette piste est déjà acceptée : son brouillon se reprend ou s'écarte sur sa page."
        )
        raise TransitionRefusee("ecarter", [obstacle])
    courante.etat = etat
    courante.save(update_fields=["etat"])


def _verrouiller(piece: PieceImportee, par: Utilisateur) -> PieceImportee:
    if not peut_publier(par):
        raise PermissionDenied
    verrou = PieceImportee.objects.select_for_update(of=("self",))
    return verrou.select_related("importation__recueil", "piste__recueil", "edition").get(
        pk=piece.pk
    )


def _piste_a_la_page(piece: PieceImportee, titre: str, rang: int | None) -> Piste:
    if not rang:
        obstacle = "Dites à quelle page, ou sous quel numéro, ranger cette piste."
        raise TransitionRefusee("accepter", [obstacle])
    recueil = piece.importation.recueil
    try:
        with transaction.atomic():
            return identites_des_pistes(recueil, [(rang, titre, None)], {})[rang]
    except IntegrityError:
        return Piste.objects.get(recueil=recueil, rang=rang)
