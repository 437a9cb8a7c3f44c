"""The mails about the return of a mission: its talk, both sides' bilan, the thanks."""

import datetime as dt
from typing import TYPE_CHECKING

from config.jours import jour_de
from engagement.courriels.missions import mise_du_message, rediger_de_mission
from engagement.liens_mission import lien_d_attestation, lien_de_bilan
from engagement.rappels_retour import avec_qui, jour_prevu
from rappels.redaction import jour_en_mots
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation
    from rappels.models import Message

GABARITS = "engagement/courriels"


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
    return rediger_de_mission(
        message, mise, objet, f"{GABARITS}/retour", quand=quand, passe=jour < jour_de(),
        finie=mise.etat_au() == "retour", agent=mise.personne.est_agent, avec=avec_qui(mise, message.donnees["cote"]),
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
    return rediger_de_mission(
        message,
        mise,
        "Retour à noter",
        f"{GABARITS}/retour_a_noter",
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
    return rediger_de_mission(
        message, mise, "Comment cela s'est-il passé ?", f"{GABARITS}/bilan", rappel=rappel,
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
    return rediger_de_mission(
        message, mise, "Merci", f"{GABARITS}/remerciements", faites=faites, pret=mise.est_un_pret,
        attestation=lien_d_attestation(mise) if attestation else "",
    )  # fmt: skip
