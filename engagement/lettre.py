"""The lettre de mission, or the convention of a loan: the exact text each party agrees to, and its fingerprint.

Everything material is in it, nobody's address: it goes to three parties before they know each other.
"""

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import PARIS, jour_de
from engagement.destinataires import nom_de
from engagement.semaine import MOMENTS, bit
from rappels.calendrier import jour_ouvre
from rappels.redaction import jour_en_mots

if TYPE_CHECKING:
    from engagement.models import Creneau, MiseEnRelation

RETOUR_APRES = 7  # days after the last half-day: soon enough to remember, late enough to look back


def texte_de(mise: "MiseEnRelation") -> str:
    """The exact text shown to the parties, in plain paragraphs « titre : … ». One query: its half-days."""
    lignes = _convention(mise) if mise.offre.est_un_pret else _mission(mise)
    return "\n\n".join(f"{titre} : {dit.strip()}" for titre, dit in lignes if dit.strip())


def empreinte(texte: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(texte.encode()).hexdigest()


def _mission(mise: "MiseEnRelation") -> list[tuple[str, str]]:
    besoin = mise.besoin
    return [
        ("Lettre de mission", besoin.titre),
        ("Qui", _avec(nom_de(mise, "personne"), mise.personne.fonction, mise.personne.structure)),
        ("Ce qui est à faire", mise.mission),
        ("Où", _ou(mise)),
        ("Quand", _quand(mise)),
        ("Qui accueille", _avec(besoin.accueil_fonction, _nom_de_l_accueil(mise))),
        ("Qui accompagne", besoin.binome),
        ("Ce qu'on y apprend", besoin.apprend),
        ("Conditions", mise.conditions),
        ("Retour prévu", _retour(mise)),
        ("Ce qui ne change pas", _cadre(mise)),
    ]


def _convention(mise: "MiseEnRelation") -> list[tuple[str, str]]:
    besoin, offre = mise.besoin, mise.offre
    return [
        ("Convention de prêt", offre.titre),
        ("Qui prête", _avec(nom_de(mise, "personne"), mise.personne.structure)),
        ("À qui", _avec(besoin.accueil_fonction, _nom_de_l_accueil(mise))),
        ("Pour quoi faire", _avec(besoin.titre, mise.mission, par=". ")),
        ("Où le prendre", _avec(offre.lieu, offre.territoire.nom)),
        ("À partir de", instant_en_mots(mise.pret_debut)),
        ("À rendre avant", instant_en_mots(mise.pret_fin)),
        ("Conditions de prêt", offre.conditions),
        ("Autres conditions", mise.conditions),
        ("État au départ", offre.etat_connu),
    ]


def _avec(*mots: str, par: str = ", ") -> str:
    """What was said, once each."""
    return par.join(dict.fromkeys(mot.strip() for mot in mots if mot.strip()))


def _ou(mise: "MiseEnRelation") -> str:
    """An inhabitant's own address is told once everybody has agreed; the text stays the same then."""
    besoin = mise.besoin
    if besoin.demandeur.statut == "habitant" and besoin.lieu:
        return f"{besoin.territoire.nom} (l'adresse est donnée une fois tous les accords réunis)"
    return _avec(besoin.lieu, besoin.territoire.nom)


def _nom_de_l_accueil(mise: "MiseEnRelation") -> str:
    return _avec(mise.besoin.accueil_nom, mise.besoin.demandeur.nom)


def _quand(mise: "MiseEnRelation") -> str:
    dits = [f"{jour_en_mots(c.jour)}, {MOMENTS[c.moment]}" for c in creneaux_de(mise)]
    return "\n".join(["", *[f"- {dit}" for dit in dits]]) if len(dits) > 1 else "".join(dits)


def _retour(mise: "MiseEnRelation") -> str:
    if mise.retour_prevu_le is None:
        return ""
    avec = f", avec {mise.retour_avec}" if mise.retour_avec else ""
    return f"un entretien le {jour_en_mots(mise.retour_prevu_le)}{avec}"


def _cadre(mise: "MiseEnRelation") -> str:
    """DOMAIN: voluntary, never a subordinate relation."""
    qui = "son service et sa rémunération" if mise.personne.est_agent else "sa liberté"
    return (
        f"la personne est volontaire et garde {qui}. Chacun·e peut arrêter en le disant à la cellule, "
        "sans se justifier."
    )


def instant_en_mots(le: dt.datetime | None) -> str:
    """« mardi 3 mars 2027, 9 h », in Paris; "" for none."""
    if le is None:
        return ""
    ici = le.astimezone(PARIS)
    return f"{jour_en_mots(ici.date())}, {ici.hour} h {ici:%M}".replace(" h 00", " h")


def creneaux_de(mise: "MiseEnRelation") -> "list[Creneau]":
    """Its half-days in order. One query unless prefetched."""
    return sorted(mise.creneaux.all(), key=lambda c: (c.jour, c.moment))


def preparer(mise: "MiseEnRelation", at: dt.datetime | None = None) -> list[str]:
    """Begin the letter from the need, where nothing was written yet; return the fields to save. Some three queries."""
    champs = []
    if not mise.mission:
        mise.mission = mise.besoin.description
        champs.append("mission")
    if mise.offre.est_un_pret:
        return champs
    creneaux = creneaux_de(mise)
    if not creneaux:
        creneaux = creneaux_proposes(mise, at)
        mise.creneaux.set(creneaux)
    if creneaux and mise.retour_prevu_le is None:
        mise.retour_prevu_le = jour_ouvre(creneaux[-1].jour + dt.timedelta(days=RETOUR_APRES))
        champs.append("retour_prevu_le")
    if not mise.retour_avec:
        mise.retour_avec = "son manager" if mise.personne.est_agent else "la cellule"
        champs.append("retour_avec")
    return champs


def creneaux_proposes(mise: "MiseEnRelation", at: dt.datetime | None = None) -> "list[Creneau]":
    """The half-days to come that suit the offer, within the week and the month the dispositif allows."""
    offre, regles = mise.offre, mise.dispositif
    demain = jour_de(at or timezone.now()) + dt.timedelta(days=1)
    retenus: list[Creneau] = []
    semaines: dict[tuple[int, int], int] = {}
    mois: dict[tuple[int, int], int] = {}
    for creneau in mise.besoin.creneaux.filter(jour__gte=demain).order_by("jour", "moment"):
        jour = creneau.jour
        semaine, du_mois = jour.isocalendar()[:2], (jour.year, jour.month)
        if not offre.semaine & bit(jour.weekday(), creneau.moment):
            continue
        if jour < offre.debut or (offre.fin is not None and jour > offre.fin):
            continue
        if regles.par_semaine is not None and semaines.get(semaine, 0) >= regles.par_semaine:
            continue
        if regles.par_mois is not None and mois.get(du_mois, 0) >= regles.par_mois:
            continue
        semaines[semaine] = semaines.get(semaine, 0) + 1
        mois[du_mois] = mois.get(du_mois, 0) + 1
        retenus.append(creneau)
    return retenus
