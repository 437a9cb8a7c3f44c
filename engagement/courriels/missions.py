"""The mails about missions, their half-days and their return."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from config.jours import jour_de
from engagement.liens_mission import lien_d_attestation, lien_de_bilan, lien_de_mission
from engagement.rappels_retour import avec_qui, jour_prevu
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


def _rediger(
    message: "Message", mise: "MiseEnRelation", objet: str, gabarit: str, **contexte: Any
) -> Courriel:
    cote = message.donnees.get("cote", "cellule")
    return rediger(
        message,
        objet=f"{objet} : {en_bref(mise.besoin.titre)}",
        gabarit=f"{GABARITS}/{gabarit}",
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
    return _rediger(
        message,
        mise,
        "Demi-journée annulée",
        "demi_journee_annulee",
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
    return _rediger(message, mise, "Point de suivi aujourd'hui", "suivi_prevu", premier=premier)


@redige("mission_interrompue", libelle="Mission interrompue", indispensable=True)
def mission_interrompue(message: "Message") -> Courriel | None:
    """Tells the others that it stops before its end; why, only when something was said to them."""
    mise = mise_du_message(message)
    if mise is None or mise.etat != "interrompue":
        return None
    faites = mise.demi_journees.filter(etat="faite").exists()
    attestation = message.donnees["cote"] == "personne" and faites
    return _rediger(
        message,
        mise,
        "Mission interrompue",
        "mission_interrompue",
        dit_par=DIT_PAR[message.donnees["par"]],
        attestation=lien_d_attestation(mise) if attestation else "",
    )


def _est_note(mise: "MiseEnRelation") -> bool:
    from engagement.models import Retour

    retour = Retour.objects.filter(mise_en_relation=mise).first()
    return retour is not None and bool(retour.entretien_le or retour.sans_entretien)


def _retour(message: "Message") -> Courriel | None:
    """Asks the person and their manager to speak; reminds them two days before, and the day."""
    mise = mise_du_message(message)
    if mise is None or mise.etat not in ("en_mission", "retour") or _est_note(mise):
        return None
    jour = jour_prevu(mise)
    if jour is None:
        return None
    annonce = message.donnees.get("annonce")
    if annonce is not None and (annonce != str(jour) or jour < jour_de()):
        return None
    quand = "aujourd'hui" if jour == jour_de() else jour_en_mots(jour)
    objet = "Le retour se prépare" if annonce is None else f"Entretien de retour {quand}"
    return _rediger(
        message, mise, objet, "retour", quand=quand, passe=jour < jour_de(), finie=mise.etat_au() == "retour",
        agent=mise.personne.est_agent, avec=avec_qui(mise, message.donnees["cote"]),
    )  # fmt: skip


redige(
    "retour_annonce",
    libelle="Mission finie, retour à préparer",
    indispensable=True,
    aux_heures_ouvrees=True,  # the job that sees the end runs at midnight
)(_retour)
redige("retour_2", libelle="Entretien de retour dans deux jours", aux_heures_ouvrees=True)(_retour)
redige("retour_0", libelle="Entretien de retour du jour", aux_heures_ouvrees=True)(_retour)


def _retour_a_noter(message: "Message") -> Courriel | None:
    """Asks whoever follows the mission, then the cellule, what came of the talk."""
    mise = mise_du_message(message)
    if mise is None or mise.etat_au() != "retour" or _est_note(mise):
        return None
    jour = dt.date.fromisoformat(message.donnees["annonce"])
    return _rediger(
        message,
        mise,
        "Retour à noter",
        "retour_a_noter",
        quand=jour_en_mots(jour),
        toute_la_cellule=message.genre == "retour_cellule",
    )


redige("retour_3", libelle="Retour pas encore noté", aux_heures_ouvrees=True)(_retour_a_noter)
redige("retour_cellule", libelle="Retour pas noté, à toute la cellule", aux_heures_ouvrees=True)(
    _retour_a_noter
)


def _bilan(message: "Message") -> Courriel | None:
    """Asks one side how it went, by their personal link; once more when they have not said."""
    mise, cote = mise_du_message(message), message.donnees["cote"]
    if mise is None or mise.etat not in ("retour", "close"):
        return None
    if mise.bilans.filter(cote=cote).exists():
        return None
    rappel = message.genre == "bilan_rappel"
    return _rediger(
        message, mise, "Comment cela s'est-il passé ?", "bilan", rappel=rappel,
        lien=lien_de_bilan(mise, cote),
    )  # fmt: skip


redige("bilan_demande", libelle="Bilan demandé", aux_heures_ouvrees=True)(_bilan)
redige("bilan_rappel", libelle="Bilan toujours attendu", aux_heures_ouvrees=True)(_bilan)


@redige("remerciements", libelle="Remerciements")
def remerciements(message: "Message") -> Courriel | None:
    """Thanks both sides; the person finds their attestation there."""
    mise = mise_du_message(message)
    if mise is None or mise.etat != "close":
        return None
    faites = mise.demi_journees.filter(etat="faite").count()
    attestation = message.donnees["cote"] == "personne" and faites
    return _rediger(
        message, mise, "Merci", "remerciements", faites=faites, pret=mise.est_un_pret,
        attestation=lien_d_attestation(mise) if attestation else "",
    )  # fmt: skip
