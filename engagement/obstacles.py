"""What forbids to propose an offer for a need, all of it, in words. Said of the person: « a dit : … ».

The same rules exclude in engagement/suggestions_sql.py (PROPOSABLES, PERMISES); a test holds that they agree.
"""

import datetime as dt
from typing import TYPE_CHECKING

from config.jours import jour_de
from engagement.limites import DEMANDE

if TYPE_CHECKING:
    from engagement.models import Besoin, Offre
    from engagement.raisons import Faits

DEJA = {
    "proposee": "ce besoin lui est déjà proposé",
    "en_discussion": "la conversation est déjà ouverte pour ce besoin",
    "rencontree": "la rencontre a déjà eu lieu pour ce besoin",
    "en_mission": "est déjà en mission pour ce besoin",
    "declinee": "cette rencontre a déjà été déclinée",
    "interrompue": "une mission pour ce besoin a déjà été interrompue",
}
RAYON = {
    "commune": "ne se déplace que dans sa commune",
    "epci": "ne se déplace que dans son intercommunalité",
    "departement": "ne se déplace que dans son département",
}
STATUTS = {
    "agent": ("aux_agents", "ce dispositif n'est pas ouvert aux agent·es"),
    "habitant": ("aux_habitants", "ce dispositif n'est pas ouvert aux habitant·es"),
    "organisation": ("aux_organisations", "ce dispositif n'est pas ouvert aux organisations"),
}
NATURES = {
    "temps": ("du_temps", "ce dispositif ne prend pas de temps"),
    "lieu": ("des_lieux", "ce dispositif ne prend pas de lieux"),
    "materiel": ("du_materiel", "ce dispositif ne prend pas de matériel"),
}
CRENEAUX = (
    "n'offre rien à ces dates",
    "a dit : pas le week-end",
    "sera absent·e à toutes ces dates",
    "n'est plus libre à ces dates",
    "a déjà le maximum de demi-journées de ce dispositif à ces dates",
)


def obstacles(
    faits: "Faits", besoin: "Besoin", offre: "Offre", at: dt.datetime | None = None
) -> list[str]:
    """All that forbids; empty when one may propose. Reads the offer's person and dispositif."""
    dits = [*de_l_offre(offre, at), *_de_la_personne(faits, offre)]
    refusees = [limite for limite in DEMANDE if limite in offre.refuse and limite in besoin.demande]
    dits += [f"a dit : {_bas(str(limite.label))}" for limite in refusees]
    if not faits.atteint:
        dits.append(RAYON[offre.rayon])
    if faits.deja:
        dits.append(DEJA[faits.deja])
    if dit := _des_creneaux(faits):
        dits.append(dit)
    return dits


def de_l_offre(offre: "Offre", at: dt.datetime | None = None) -> list[str]:
    """What the offer and its person say, whatever the need."""
    jour, personne, regles = jour_de(at), offre.personne, offre.dispositif
    dits = []
    confirmee = (
        personne.consentement != "en_ligne" or personne.confirmee_le or personne.utilisateur_id
    )
    if offre.etat == "a_confirmer" or not confirmee:
        dits.append("n'a pas encore confirmé son adresse")
    if offre.etat == "terminee" or (offre.fin is not None and offre.fin < jour):
        dits.append("son offre est terminée")
    if personne.effacee_le:
        dits.append("ses données ont été effacées")
    if personne.en_pause_depuis:
        dits.append("est en pause")
    for regle, dit in (STATUTS[personne.statut], NATURES[offre.nature]):
        if not getattr(regles, regle):
            dits.append(dit)
    return dits


def _de_la_personne(faits: "Faits", offre: "Offre") -> list[str]:
    dits = []
    if faits.demande:
        dits.append("c'est qui demande")
    if faits.absente:
        dits.append(absente())
    return [*dits, *trop_sollicitee(faits.en_cours, faits.sollicitations)]


def absente() -> str:
    """Of somebody away today: days on which a person is not asked."""
    return "est absent·e en ce moment"


def trop_sollicitee(en_cours: int, maximum: int) -> list[str]:
    """Of somebody asked as much as the dispositif allows."""
    if en_cours < maximum:
        return []
    s = "s" if en_cours > 1 else ""
    return [f"a déjà {en_cours} proposition{s} en cours, le maximum de ce dispositif"]


def _des_creneaux(faits: "Faits") -> str:
    """Why no half-day of the need is possible; "" when one is, or when none is named."""
    if faits.tous == 0 or faits.possible:
        return ""
    if faits.masque == 0:
        return "ce besoin n'a plus de demi-journée à venir"
    for cause, dit in zip((faits.detail or [])[3:], CRENEAUX, strict=False):
        if cause:
            return dit
    return "aucune de ces demi-journées ne lui est possible (absences, autres missions)"


def _bas(libelle: str) -> str:
    return libelle[:1].lower() + libelle[1:]
