"""The attestation of a mission: the half-days that took place, what for, when, with whom.

Recognition, never an evaluation (DOMAIN: engagement is recognised, and never made a subordinate relation).
The person's own name, and nobody else's.
"""

import dataclasses
import datetime as dt

from config.jours import jour_de
from engagement.models import MiseEnRelation
from engagement.page_mission import ATTESTABLES
from rappels.redaction import jour_en_mots
from rapports.composition import composer
from rapports.textes_imprimes import ABSENT, imprimable

# Beyond, the sheet gives the first and the last day, and the number.
JOURS_NOMMES = 24


@dataclasses.dataclass(frozen=True)
class Donnees:
    """What the sheet is made of."""

    titre_document: str
    nom: str
    nombre: str
    pour_quoi: str
    lieu: str
    periode: str
    jours: list[str]
    dispositif: str
    organisation: str
    fait_le: str


def est_attestable(mise: MiseEnRelation, at: dt.datetime | None = None) -> bool:
    """The mission is over, in one way or another, and a half-day took place. One query."""
    return mise.etat_au(at) in ATTESTABLES and mise.demi_journees.filter(etat="faite").exists()


def donnees(mise: MiseEnRelation, at: dt.datetime | None = None) -> Donnees:
    """For a mission that ``est_attestable``. Some three queries."""
    faites = list(mise.demi_journees.filter(etat="faite").order_by("jour", "moment"))
    premier, dernier = faites[0].jour, faites[-1].jour
    nom = imprimable(mise.personne.nom)
    if ABSENT in nom:  # better no name, that one writes by hand, than half of one
        nom = ""
    titre = f"Attestation de {nom}" if nom else "Attestation"
    combien = len(faites)
    return Donnees(
        titre_document=titre,
        nom=nom,
        nombre=f"{combien} demi-journée{'s' if combien > 1 else ''}",
        pour_quoi=imprimable(_pour_quoi(mise)),
        lieu=imprimable(mise.besoin.territoire.nom),
        periode=jour_en_mots(premier)
        if premier == dernier
        else f"du {jour_en_mots(premier)} au {jour_en_mots(dernier)}",
        jours=[f"{jour_en_mots(d.jour)}, {d.quelle_moitie}" for d in faites]
        if combien <= JOURS_NOMMES
        else [],
        dispositif=imprimable(mise.dispositif.nom),
        organisation=imprimable(mise.dispositif.organisation.nom),
        fait_le=jour_en_mots(jour_de(at)),
    )


def attestation(mise: MiseEnRelation, at: dt.datetime | None = None) -> bytes:
    """The sheet as PDF/UA. Raises CompositionImpossible."""
    return composer("attestation", dataclasses.asdict(donnees(mise, at)), at=at)


def _pour_quoi(mise: MiseEnRelation) -> str:
    """What was done; of somebody's home only the kind of help, whoever they are."""
    besoin = mise.besoin
    if besoin.demandeur.statut != "habitant":
        return str(besoin.titre)
    return besoin.genre.libelle if besoin.genre else "un coup de main à une personne du territoire"
