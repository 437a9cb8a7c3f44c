"""The mails about missions and their half-days."""

from typing import TYPE_CHECKING, Any

from config.jours import jour_de
from engagement.liens_mission import lien_d_attestation, lien_de_mission
from rappels.redaction import en_bref, jour_en_mots, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation
    from rappels.models import Message

GABARITS = "engagement/courriels"
DIT_PAR = {
    "personne": "la personne qui s'est proposée",
    "accueil": "l'accueil",
    "cellule": "la cellule",
}


def mise_du_message(message: "Message") -> "MiseEnRelation | None":
    """What the message speaks of."""
    from engagement.models import MiseEnRelation

    mise: MiseEnRelation | None = (
        MiseEnRelation.objects.avec_tout().filter(pk=message.numero).first()
    )
    return mise


def rediger_de_mission(
    message: "Message", mise: "MiseEnRelation", objet: str, gabarit: str, **contexte: Any
) -> Courriel:
    """A mail of a mission to one side, with the link to its page."""
    cote = message.donnees.get("cote", "cellule")
    return rediger(
        message,
        objet=f"{objet} : {en_bref(mise.besoin.titre)}",
        gabarit=gabarit,
        contexte={
            "mise": mise,
            "besoin": mise.besoin,
            "personne": mise.personne.nom_montre,
            "cote": cote,
            "lien": lien_de_mission(mise, cote),
            **contexte,
        },
    )


@redige("demi_journee_annulee", libelle="Demi-journée annulée", indispensable=True)
def demi_journee_annulee(message: "Message") -> Courriel | None:
    """Tells the others that a half-day will not take place."""
    mise = mise_du_message(message)
    demi_journees = mise.demi_journees.filter(etat="annulee") if mise else None
    demi = (
        demi_journees.filter(pk=message.donnees["demi_journee"]).first() if demi_journees else None
    )
    if mise is None or demi is None:
        return None
    return rediger_de_mission(
        message,
        mise,
        "Demi-journée annulée",
        f"{GABARITS}/demi_journee_annulee",
        quand=f"{jour_en_mots(demi.jour)}, {demi.quelle_moitie}",
        dit_par=DIT_PAR[message.donnees["par"]],
    )


@redige("suivi_prevu", libelle="Point de suivi d'une mission", aux_heures_ouvrees=True)
def suivi_prevu(message: "Message") -> Courriel | None:
    """Reminds whoever follows the mission to call, on the morning of the point."""
    mise = mise_du_message(message)
    if mise is None or mise.etat != "en_mission" or message.donnees["annonce"] != str(jour_de()):
        return None
    if not mise.points.filter(fait_le=None, prevu_le=jour_de()).exists():
        return None
    premier = not mise.points.exclude(fait_le=None).exists()
    return rediger_de_mission(
        message, mise, "Point de suivi aujourd'hui", f"{GABARITS}/suivi_prevu", premier=premier
    )


@redige("mission_interrompue", libelle="Mission interrompue", indispensable=True)
def mission_interrompue(message: "Message") -> Courriel | None:
    """Tells the others that it stops before its end; why, only when something was said to them."""
    mise = mise_du_message(message)
    if mise is None or mise.etat != "interrompue":
        return None
    faites = mise.demi_journees.filter(etat="faite").exists()
    attestation = message.donnees["cote"] == "personne" and faites
    return rediger_de_mission(
        message,
        mise,
        "Mission interrompue",
        f"{GABARITS}/mission_interrompue",
        dit_par=DIT_PAR[message.donnees["par"]],
        attestation=lien_d_attestation(mise) if attestation else "",
    )
