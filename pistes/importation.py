"""Bringing a notebook into the catalogue: all as drafts, nothing twice, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from comptes.models import Utilisateur
from pistes.carnet.modele import Carnet, OrientationLue, PisteLue
from pistes.identites import identites_des_orientations, identites_des_pistes
from pistes.models import EditionOrientation, EditionPiste, Orientation, Piste, Recueil
from pistes.models.textes import Edition
from pistes.redaction import (
    DetailEcrit,
    InspirationEcrite,
    TextePiste,
    ecrire_edition,
)
from reflexes.importation import importer_cartographie
from reflexes.livraison import Bilan, livrer
from reflexes.models import empreinte_de

RECUEIL = "carnet"
# Until the corpus is loaded; it then completes this row, which nobody has edited.
CHAMPS_DU_RECUEIL = {
    "titre": "Réflexes publics, le carnet",
    "annee": 2020,
    "editeur": "",
    "presentation": "",
    "source": "",
}


class ImportRefuse(Exception):
    """The notebook was read, but not well enough to be applied. The message says why, in French."""


@dataclass
class BilanImport:
    """How many drafts an import has made."""

    pistes: int = 0
    orientations: int = 0
    cartographie: int = 0

    @property
    def rien_de_neuf(self) -> bool:
        """Whether everything had been imported before."""
        return not (self.pistes or self.orientations or self.cartographie)


def importer(carnet: Carnet) -> BilanImport:
    """Write the drafts, in one transaction. Raises ImportRefuse before writing anything."""
    _refuser_les_trous(carnet)
    bilan = BilanImport()
    with transaction.atomic():
        recueil = Recueil.objects.filter(cle=RECUEIL).first() or livrer(
            Recueil, {"cle": RECUEIL}, CHAMPS_DU_RECUEIL, Bilan()
        )
        orientations, neuves = identites_des_orientations(recueil, carnet.orientations)
        places = [(lue.page, lue.titre, lue.orientation) for lue in carnet.pistes if lue.page]
        pistes = identites_des_pistes(recueil, places, orientations)
        noter_les_aussi(neuves, orientations, pistes)
        bilan.orientations = ecrire_les_orientations(carnet.orientations, orientations)
        bilan.pistes = _pistes(carnet.pistes, orientations, pistes)
        bilan.cartographie = importer_cartographie(carnet.controverses)
    return bilan


def _refuser_les_trous(carnet: Carnet) -> None:
    """Contents and pages must hold the same pistes: none lost, none invented, none twice."""
    obstacles = [] if carnet.pistes else ["Aucune piste n'a été reconnue."]
    connues = {orientation.numero for orientation in carnet.orientations}
    pages = [piste.page for piste in carnet.pistes]
    for piste in carnet.pistes:
        nom = f"« {piste.titre} » (ligne {piste.ligne})"
        if piste.page is None or not piste.titre_sommaire:
            obstacles.append(f"{nom} a un texte, mais le sommaire ne l'annonce pas.")
        elif pages.count(piste.page) > 1:
            obstacles.append(f"{nom} : une autre piste porte aussi la page {piste.page}.")
        if not (piste.constat or piste.levier or piste.details):
            obstacles.append(f"{nom} est au sommaire, page {piste.page}, mais son texte manque.")
        if piste.orientation is not None and piste.orientation not in connues:
            obstacles.append(f"{nom} : l'orientation {piste.orientation} n'a pas été lue.")
        obstacles += _trop_longs(piste)
    if obstacles:
        raise ImportRefuse("\n".join(["Rien n'a été importé.", *dict.fromkeys(obstacles)]))


def _trop_longs(piste: PisteLue) -> Iterable[str]:
    """Titles and links the database would not take."""
    mesures = [("titre", piste.titre, 200)]
    mesures += [("titre de détail", detail.titre, 300) for detail in piste.details]
    mesures += [("titre d'inspiration", i.titre, 300) for i in piste.inspirations]
    mesures += [("lieu", i.lieu, 120) for i in piste.inspirations]
    mesures += [("lien", i.lien, 500) for i in piste.inspirations]
    for nom, valeur, limite in mesures:
        if len(valeur) > limite:
            yield f"Page {piste.page} : un {nom} dépasse {limite} caractères (« {valeur[:60]}… »)."


def noter_les_aussi(
    neuves: Iterable[OrientationLue], orientations: dict[int, Orientation], pistes: dict[int, Piste]
) -> None:
    """The other pistes that orientations just made refer to."""
    for lue in neuves:
        aussi = [pistes[page] for page in lue.aussi if page in pistes]
        orientations[lue.numero].aussi.set(aussi)


def ecrire_les_orientations(
    lues: Iterable[OrientationLue],
    orientations: dict[int, Orientation],
    auteur: Utilisateur | None = None,
) -> int:
    """Their texts as drafts, those brought before left out; return how many."""
    deja = set(
        EditionOrientation.objects.filter(
            origine=Edition.Origine.IMPORT, orientation__in=orientations.values()
        ).values_list("orientation_id", "empreinte")
    )
    ecrites = 0
    for lue in lues:
        orientation = orientations[lue.numero]
        champs = {"titre": lue.titre, "texte": lue.texte, "source": "CARNET"}
        empreinte = empreinte_de(champs)
        if (orientation.pk, empreinte) not in deja:
            EditionOrientation.suivante(
                orientation,
                **champs,
                origine=Edition.Origine.IMPORT,
                empreinte=empreinte,
                auteur=auteur,
            )
            ecrites += 1
    return ecrites


def _pistes(
    lues: Iterable[PisteLue], orientations: dict[int, Orientation], pistes: dict[int, Piste]
) -> int:
    deja = set(
        EditionPiste.objects.filter(
            origine=Edition.Origine.IMPORT, piste__in=pistes.values()
        ).values_list("piste_id", "empreinte")
    )
    ecrites = 0
    for lue in lues:
        assert lue.page is not None  # refused above
        piste, texte = pistes[lue.page], texte_lu(lue)
        if (piste.pk, texte.empreinte) not in deja:
            ecrire_edition(
                piste,
                texte,
                origine=EditionPiste.Origine.IMPORT,
                orientations=orientations.values(),
                pistes=pistes,
            )
            ecrites += 1
    return ecrites


def texte_lu(lue: PisteLue) -> TextePiste:
    """The words of a piste as the notebook says them. What opens the details has no title there."""
    details = [DetailEcrit(detail.titre, detail.texte) for detail in lue.details]
    if lue.chapeau_details:
        details.insert(0, DetailEcrit("", lue.chapeau_details))
    autre = lue.titre_sommaire
    return TextePiste(
        titre=lue.titre,
        autres_titres=[autre] if autre and autre != lue.titre else [],
        accroche=lue.accroche,
        constat=lue.constat,
        levier=lue.levier,
        source=f"CARNET, p. {lue.page}",
        details=details,
        inspirations=[
            InspirationEcrite(i.titre, i.lieu, "", i.texte, i.lien) for i in lue.inspirations
        ],
        mots_cles=list(lue.mots_cles),
        renvois=[page for page in lue.renvois if page != lue.page],
    )
