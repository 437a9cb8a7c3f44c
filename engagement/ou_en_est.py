"""Where a mise en relation stands, in words, for one of its two sides: what happened, who is waited for, since when."""

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.urls import NoReverseMatch, reverse

from config.jours import jour_de
from engagement.liens import jeton_de_conversation
from rappels.redaction import jour_en_mots

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation

ATTENDS_TOI = "On attend votre réponse"
QUI = {
    "personne": "On attend la réponse de l'autre personne",
    "accueil": "On attend la réponse de l'accueil",
    "manager": "On attend l'accord du manager",
    "cellule": "La cellule s'en occupe",
}


class OuEnEst(NamedTuple):
    """One line of somebody's own page."""

    mise: "MiseEnRelation"
    titre: str
    phrase: str
    attente: str
    a_repondre: bool
    lien: str


def ou_en_est(mise: "MiseEnRelation", cote: str, at: dt.datetime | None = None) -> OuEnEst:
    """``cote``: whose page it is, « personne » or « accueil ». No query when need and offer were selected."""
    active = mise.etat in ("proposee", "en_discussion", "rencontree")
    a_repondre = active and mise.attend == cote
    attente = ""
    if active:
        qui = ATTENDS_TOI if a_repondre else QUI.get(mise.attend, QUI["cellule"])
        attente = f"{qui} {depuis(mise.attend_depuis, at)}."
    titre = mise.besoin.titre if cote == "personne" else mise.offre.titre
    try:
        page = "ma_mission" if mise.a_une_mission else "conversation"
        lien = reverse(f"engagement:{page}", args=[jeton_de_conversation(mise, cote)])
    except NoReverseMatch:
        lien = ""
    return OuEnEst(mise, titre, _phrase(mise, cote), attente, a_repondre, lien)


def _phrase(mise: "MiseEnRelation", cote: str) -> str:
    if mise.etat == "rencontree" or (mise.etat == "en_discussion" and mise.rencontre_le is None):
        return "Vous vous êtes rencontrés." if mise.etat == "rencontree" else "Vous en parlez."
    if mise.etat == "en_discussion" and mise.rencontre_le:
        return f"Une rencontre est prévue {jour_en_mots(jour_de(mise.rencontre_le))}."
    if mise.etat == "declinee":
        moi = mise.declinee_par == cote
        return "Vous avez dit non." if moi else "Cela ne se fera pas cette fois."
    phrases = {
        "proposee": "La cellule vous a proposé ceci."
        if cote == "personne"
        else "La cellule a proposé votre besoin à quelqu'un.",
        "en_mission": "C'est convenu : la mission est en cours.",
        "retour": "La mission est finie : il reste à en parler au retour.",
        "close": "C'est fini. Merci.",
        "interrompue": "La mission s'est arrêtée avant sa fin.",
    }
    return phrases.get(mise.etat_au(), "")


def depuis(instant: dt.datetime, at: dt.datetime | None = None) -> str:
    """« depuis aujourd'hui », « depuis hier », « depuis 3 jours »: in days of Paris."""
    jours = (jour_de(at) - jour_de(instant)).days
    if jours <= 0:
        return "depuis aujourd'hui"
    return "depuis hier" if jours == 1 else f"depuis {jours} jours"
