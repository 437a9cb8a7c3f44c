"""The mails about what waits too long at the desk, and about what changes hands there."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from engagement import paniers
from engagement.courriers_du_panier import sujet
from engagement.guichet import cellules_de
from engagement.lignes import lire
from engagement.models.panier import FINIES
from engagement.rappels_guichet import GENRE, QUI_VIEILLISSENT, a_dire
from engagement.vieillissement import Niveau
from rappels.redaction import en_bref, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif
    from rappels.models import Message

GABARITS = "engagement/courriels"
PAR_BAC = 8


def _destinataire(message: "Message", dispositif: "Dispositif | None") -> "Utilisateur | None":
    """Who it is for, while they keep this desk."""
    if dispositif is None:
        return None
    membres = cellules_de([dispositif.pk])[dispositif.pk].values()
    return next((m for m in membres if m.email.lower() == message.destinataire.lower()), None)


def _dispositif(message: "Message") -> "Dispositif | None":
    from engagement.models import Dispositif

    return Dispositif.objects.filter(pk=message.numero).first()


@redige(GENRE, libelle="Ce qui attend au guichet", aux_heures_ouvrees=True)
def guichet_du_jour(message: "Message") -> Courriel | None:
    """What has just waited too long; nothing when all of it has moved."""
    dispositif = _dispositif(message)
    user = _destinataire(message, dispositif)
    if dispositif is None or user is None:
        return None
    cellules = cellules_de([dispositif.pk])
    apres = message.donnees.get("apres")
    jours = (
        dt.date.fromisoformat(apres) if apres else None,
        dt.date.fromisoformat(message.donnees["jour"]),
    )
    blocs, nombre = [], 0
    for bac in QUI_VIEILLISSENT:
        cles = list(a_dire(bac, user, cellules, jours).values_list("pk", flat=True))
        if not cles:
            continue
        montrees = lire([bac], {bac.cle: cles[:PAR_BAC]}, cellules[dispositif.pk])[bac.cle]
        nombre += len(cles)
        blocs.append({"titre": bac.titre, "lignes": montrees, "autres": len(cles) - len(montrees)})
    if not blocs:
        return None
    s = "s" if nombre > 1 else ""
    contexte = {
        "dispositif": dispositif,
        "blocs": blocs,
        "toute_la_cellule": Niveau.CELLULE,
        "lien": lien(reverse("engagement:guichet", args=[dispositif.pk])),
    }
    return rediger(
        message,
        objet=f"Guichet : {nombre} ligne{s} à regarder, {en_bref(dispositif.nom)}",
        gabarit=f"{GABARITS}/guichet_du_jour",
        contexte=contexte,
    )


def _ligne(message: "Message", quoi: str) -> Any:
    """The need or the mise en relation a message is about, unless it is over."""
    from engagement.models import Besoin, MiseEnRelation

    modele = Besoin if message.sujet.startswith(f"{quoi}_besoin:") else MiseEnRelation
    objet = (
        modele.objects.select_related("dispositif", "mediateur").filter(pk=message.numero).first()
    )
    if objet is None or objet.etat in FINIES:
        return None
    return objet if sujet(objet, quoi) == message.sujet else None


def _titre(objet: Any) -> str:
    besoin = objet if objet._meta.model_name == "besoin" else objet.besoin
    return str(besoin.titre)


@redige("guichet_confie", libelle="Une ligne du guichet vous est confiée", discret=True)
def guichet_confie(message: "Message") -> Courriel | None:
    """To the colleague, while it is theirs."""
    objet = _ligne(message, "confie")
    if objet is None or objet.mediateur_id != message.donnees.get("a"):
        return None
    if _destinataire(message, objet.dispositif) is None:
        return None
    return _rediger(
        message, objet, f"{message.donnees['par']} vous confie : {en_bref(_titre(objet))}"
    )


@redige("guichet_aide", libelle="Une personne de la cellule demande de l'aide", discret=True)
def guichet_aide(message: "Message") -> Courriel | None:
    """To everybody else, until somebody has taken it."""
    objet = _ligne(message, "aide")
    if objet is None or objet.aide_demandee_le is None:
        return None
    if _destinataire(message, objet.dispositif) is None:
        return None
    return _rediger(message, objet, f"Coup de main demandé : {en_bref(_titre(objet))}")


def _rediger(message: "Message", objet: Any, objet_du_courriel: str) -> Courriel:
    quoi = "besoin" if objet._meta.model_name == "besoin" else "mise"
    contexte = {
        "dispositif": objet.dispositif,
        "titre": _titre(objet),
        "par": message.donnees["par"],
        "mot": message.donnees.get("mot", ""),
        "lien": lien(reverse("engagement:panier", args=[quoi, objet.pk])),
    }
    return rediger(
        message, objet=objet_du_courriel, gabarit=f"{GABARITS}/{message.genre}", contexte=contexte
    )


@redige(paniers.GENRE, libelle="Le panier d'une personne partie", aux_heures_ouvrees=True)
def guichet_depart(message: "Message") -> Courriel | None:
    """To those who stay."""
    dispositif = _dispositif(message)
    if dispositif is None or _destinataire(message, dispositif) is None:
        return None
    contexte = {
        "dispositif": dispositif,
        "nom": message.donnees["nom"],
        "nombre": message.donnees["nombre"],
        "lien": lien(reverse("engagement:guichet", args=[dispositif.pk]) + "?panier=personne"),
    }
    return rediger(
        message,
        objet=f"À reprendre au guichet : {en_bref(dispositif.nom)}",
        gabarit=f"{GABARITS}/guichet_depart",
        contexte=contexte,
    )
