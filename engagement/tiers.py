"""Managers and whoever welcomes, known by the address of an accord: what is held on them, and forgetting it."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet

from engagement.historique import noter
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from engagement.models import AccordMission, Besoin, Personne

EN_COURS = ("proposee", "en_discussion", "rencontree", "en_mission", "retour")
ENCORE_BESOIN = (
    "Une mise en relation vous concerne encore : il faut pouvoir vous joindre jusqu'à sa fin. Répondez d'abord, ou "
    "demandez à la cellule de voir cela avec quelqu'un d'autre."
)


def _accords(accord: "AccordMission") -> "QuerySet[AccordMission]":
    from engagement.models import AccordMission

    dispositif = accord.mise_en_relation.dispositif_id
    memes = AccordMission.objects.filter(mise_en_relation__dispositif=dispositif)
    return memes.filter(email__iexact=accord.email).exclude(email="")


def _agents(accord: "AccordMission") -> "QuerySet[Personne]":
    from engagement.models import Personne

    ici = Personne.objects.filter(dispositif=accord.mise_en_relation.dispositif_id)
    return ici.filter(manager_email__iexact=accord.email).exclude(manager_email="")


def _besoins(accord: "AccordMission") -> "QuerySet[Besoin]":
    from engagement.models import Besoin

    ici = Besoin.objects.filter(dispositif=accord.mise_en_relation.dispositif_id)
    return ici.filter(accueil_email__iexact=accord.email).exclude(accueil_email="")


def tout(accord: "AccordMission") -> dict[str, Any]:
    """What this dispositif holds on the address of an accord, and nothing of the others. Three queries."""
    return {
        "dispositif": accord.mise_en_relation.dispositif.nom,
        "adresse e-mail": accord.email,
        "manager de": [{"votre nom, comme il a été écrit": a.manager_nom} for a in _agents(accord)],
        "accueil de": [
            {"besoin": b.titre, "votre nom": b.accueil_nom, "votre fonction": b.accueil_fonction}
            for b in _besoins(accord)
        ],
        "accords demandés": [
            {
                "en tant que": un.get_cote_display(),
                "le": un.demande_le.isoformat(timespec="minutes"),
                "réponse": un.get_etat_display(),
                "motif": un.motif,
                "texte": un.texte,
            }
            for un in _accords(accord)
        ],
    }


def en_mots(accord: "AccordMission") -> list[tuple[str, list[str]]]:
    """The same for a page, without the texts that were agreed to."""
    dit = tout(accord)
    rubriques = ("manager de", "accueil de", "accords demandés")
    return [
        (
            titre,
            [", ".join(v for c, v in ligne.items() if v and c != "texte") for ligne in dit[titre]],
        )
        for titre in rubriques
        if dit[titre]
    ]


def obstacles(accord: "AccordMission") -> list[str]:
    """Why it is too soon to forget them. One query."""
    en_cours = _accords(accord).filter(mise_en_relation__etat__in=EN_COURS)
    return [ENCORE_BESOIN] if en_cours.exclude(etat="caduc").exists() else []


@transaction.atomic
def effacer(accord: "AccordMission", at: dt.datetime | None = None) -> None:
    """Forget their name, their address and their words; that an accord was given stays. Raises ActionRefusee."""
    if manques := obstacles(accord):
        raise ActionRefusee(*manques)
    dispositif, cle = accord.mise_en_relation.dispositif_id, accord.mise_en_relation_id
    _agents(accord).update(manager_nom="", manager_email="")
    _besoins(accord).update(accueil_nom="", accueil_email="")
    effaces = _accords(accord).update(nom="", motif="", recueilli_comment="", texte="", email="")
    if not effaces:
        return  # a second click
    sujet = f"mise_en_relation:{cle}"
    noter(dispositif, sujet, "effacer_un_tiers", "Coordonnées d'une partie effacées", at=at)
