"""How each side is shown to the other: what they do at first, their name once a meeting is fixed, their
coordinates once every accord is given. The cellule sees coordinates on the logged page alone.
"""

import dataclasses
from typing import TYPE_CHECKING

from engagement.destinataires import de_l_accueil, nom_de

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation

CONVENUES = ("en_mission", "retour")
L_AUTRE = {"personne": "accueil", "accueil": "personne"}


@dataclasses.dataclass(frozen=True)
class Coordonnees:
    """How to reach the other side, once everybody has agreed."""

    nom: str
    email: str
    telephone: str
    adresse: str = ""


def presentation(mise: "MiseEnRelation", cote: str) -> str:
    """One side in words that name no individual before the meeting."""
    qui = mise.personne if cote == "personne" else mise.besoin.demandeur
    fonction = mise.personne.fonction if cote == "personne" else mise.besoin.accueil_fonction
    nom = nom_de(mise, cote) if se_connaissent(mise) else ""
    if not nom and qui.statut == "organisation":
        nom = qui.nom
    generique = "" if fonction or nom else str(qui.get_statut_display()).lower()
    return ", ".join(dict.fromkeys(m for m in (nom, fonction, qui.structure, generique) if m))


def se_connaissent(mise: "MiseEnRelation") -> bool:
    """Whether names may be said: a meeting was fixed, or took place."""
    return mise.rencontre_le is not None or mise.etat in ("rencontree", *CONVENUES)


def coordonnees_de(mise: "MiseEnRelation", cote: str) -> Coordonnees | None:
    """The coordinates of one side for the other; None until every accord is given and the mission agreed."""
    if mise.etat not in CONVENUES:
        return None
    if cote == "personne":
        personne = mise.personne
        return Coordonnees(personne.nom_montre, personne.email, personne.telephone)
    besoin = mise.besoin
    email = next(iter(de_l_accueil(mise)), "")
    telephone = besoin.demandeur.telephone
    lieu = ", ".join(m for m in (besoin.lieu, besoin.territoire.nom) if m)
    return Coordonnees(nom_de(mise, "accueil"), email, telephone, lieu)


def lieu_montre(mise: "MiseEnRelation") -> str:
    """Where: an inhabitant's own address is told once everybody has agreed."""
    besoin = mise.besoin
    chez_soi = besoin.demandeur.statut == "habitant" and mise.etat not in CONVENUES
    return ", ".join(m for m in ("" if chez_soi else besoin.lieu, besoin.territoire.nom) if m)
