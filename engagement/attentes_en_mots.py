"""What a line waits for, for whom and since when, said in words: a colour never says it alone."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from config.jours import PARIS, jour_de
from engagement.models import Cote
from rappels.redaction import jour_en_mots

if TYPE_CHECKING:
    from collections.abc import Callable

    from engagement.models import MiseEnRelation

ATTEND = {
    Cote.PERSONNE: "attend la réponse de la personne",
    Cote.ACCUEIL: "attend la réponse de l'accueil",
    Cote.MANAGER: "attend la réponse du manager d'origine",
    Cote.CELLULE: "attend la cellule",
}
ACCORD_DE = {
    Cote.PERSONNE: "de la personne",
    Cote.ACCUEIL: "de l'accueil",
    Cote.MANAGER: "du manager d'origine",
    Cote.CELLULE: "de la cellule",
}


def depuis(jour: dt.date, aujourd_hui: dt.date) -> str:
    """« depuis hier », « depuis 9 jours »."""
    jours = (aujourd_hui - jour).days
    return {0: "depuis aujourd'hui", 1: "depuis hier"}.get(max(jours, 0), f"depuis {jours} jours")


def heure(instant: dt.datetime) -> str:
    """« 14 h 30 », in Paris."""
    local = instant.astimezone(PARIS)
    return f"{local.hour} h {local.minute:02}" if local.minute else f"{local.hour} h"


def attente_de(bac: str, objet: Any, jour: dt.date, at: dt.datetime | None = None) -> str:
    """The words of a line of this bac, that began on a day."""
    at = at or timezone.now()
    quand = depuis(jour, jour_de(at))
    if bac in MOTS:
        return MOTS[bac](objet, quand, at)
    return {
        "offres": f"arrivée, non regardée {quand}",
        "qualifier": f"attend d'être qualifié {quand}",
        "sans_candidat": f"ouvert, sans personne en vue {quand}",
        "aides": f"aide demandée {quand}",
        "aides-besoins": f"aide demandée {quand}",
        "passes": f"dernier jour passé : {jour_en_mots(jour)}",
    }[bac]


def _rencontre(mise: "MiseEnRelation", quand: str, at: dt.datetime) -> str:
    assert mise.rencontre_le is not None
    lieu = f", {mise.rencontre_lieu}" if mise.rencontre_lieu else ""
    return f"rencontre à {heure(mise.rencontre_le)}{lieu}"


def _a_noter(mise: "MiseEnRelation", quand: str, at: dt.datetime) -> str:
    return f"rencontre passée, rien n'est noté {quand}"


def _qui_attend(mise: "MiseEnRelation", quand: str, at: dt.datetime) -> str:
    return f"{ATTEND[Cote(mise.attend)]} {quand}"


def _accords(mise: Any, quand: str, at: dt.datetime) -> str:
    """Whose accords are missing; « un accord » when they came in meanwhile."""
    qui = [ACCORD_DE[Cote(cote)] for cote in getattr(mise, "accords_attendus", [])]
    if not qui:
        return f"attend un accord {quand}"
    return f"attend l'accord {' et '.join([', '.join(qui[:-1]), qui[-1]]) if qui[:-1] else qui[0]} {quand}"


def _place(mise: "MiseEnRelation", quand: str, at: dt.datetime) -> str:
    jusqua = mise.attente.tenue_jusqua
    assert jusqua is not None
    if jusqua < at:
        return "place gardée 48 heures, sans réponse : elle passe à la personne suivante"
    return f"place gardée jusqu'à {jour_en_mots(jour_de(jusqua))}, {heure(jusqua)}"


def _fin(mise: Any, quand: str, at: dt.datetime) -> str:
    restants = (mise.fin_mission - jour_de(at)).days
    mots = {0: "finit aujourd'hui", 1: "finit demain"}
    return mots.get(restants, f"finit {jour_en_mots(mise.fin_mission)}")


def _retour(mise: Any, quand: str, at: dt.datetime) -> str:
    prevu = mise.retour_prevu_le
    if prevu and prevu > jour_de(at):
        return f"mission finie, retour prévu {jour_en_mots(prevu)}"
    if prevu == jour_de(at):
        return "retour prévu aujourd'hui"
    return f"retour à faire {quand}"


def _pret(mise: "MiseEnRelation", quand: str, at: dt.datetime) -> str:
    return f"à rendre {quand}, pas revenu"


def _en_attente(mise: Any, quand: str, at: dt.datetime) -> str:
    if mise.rencontre_le and jour_de(mise.rencontre_le) > jour_de(at):
        return f"rencontre {jour_en_mots(jour_de(mise.rencontre_le))}, {heure(mise.rencontre_le)}"
    attente = getattr(mise, "attente", None)
    if attente is not None and attente.etat == "attend":
        return f"dans la liste d'attente {quand}"
    return _qui_attend(mise, quand, at)


MOTS: "dict[str, Callable[[Any, str, dt.datetime], str]]" = {
    "rencontres": _rencontre,
    "a_noter": _a_noter,
    "cellule": _qui_attend,
    "relancer": _qui_attend,
    "accords": _accords,
    "places": _place,
    "fins": _fin,
    "retours": _retour,
    "prets": _pret,
    "en_attente": _en_attente,
}
