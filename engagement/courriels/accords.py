"""The mails about the accords of a mission: asked, asked again of those still missing, refused, all given."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from engagement.accords import obstacle_a_la_reponse, parties
from engagement.annonces import RELANCES
from engagement.courriels.relations import a_la_cellule, a_un_cote, commun, quand
from engagement.courriels.relations import mise_du_message as _mise
from engagement.ecarts import ecart_pour
from engagement.lettre import texte_de
from engagement.presentation import L_AUTRE, coordonnees_de
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import AccordMission
    from rappels.models import Message

GABARITS = "engagement/courriels"

DEMANDES = {
    "personne": "Voici la lettre de mission préparée pour vous. Elle ne vaut que si elle vous convient.",
    "manager": "Une personne de votre équipe est volontaire pour la mission ci-dessous. Votre accord est "
    "demandé, comme celui de la personne et de l'accueil.",
    "accueil": "Une personne est prête à venir vous aider. Voici la lettre de mission qui dirait ce qui est "
    "convenu entre vous.",
}
DEMANDES_DE_PRET = {
    "personne": "Voici la convention qui dirait ce que vous prêtez, à qui et jusqu'à quand.",
    "accueil": "Voici la convention du prêt que vous avez demandé.",
}


def _gabarit(message: "Message") -> str:
    return f"{GABARITS}/{message.genre}"


@redige("accord_mission_demande", libelle="Accord demandé pour une mission", indispensable=True)
def accord_mission_demande(message: "Message") -> Courriel | None:
    """Asks a party for their accord on the exact text, by a personal link."""
    return _demande(message, "Votre accord")


def _relance(message: "Message") -> Courriel | None:
    """Asks once more those who have not answered: not while the asking has just left, nor twice a morning."""
    from rappels.models import Message

    du_meme = Message.objects.filter(sujet=message.sujet).exclude(etat=Message.Etat.ANNULE)
    demande = du_meme.filter(genre="accord_mission_demande").order_by("pk").last()
    veille = timezone.now() - dt.timedelta(hours=12)
    if demande is None or demande.envoye_le is None or demande.envoye_le > veille:
        return None
    suivantes = du_meme.filter(genre__in=RELANCES, prevu_le__gt=message.prevu_le)
    if suivantes.filter(prevu_le__lte=timezone.now()).exists():
        return None
    return _demande(message, "Toujours attendu, votre accord")


for _rang, _genre in enumerate(RELANCES, 1):
    redige(
        _genre, libelle=f"Accord attendu pour une mission, rappel {_rang}", aux_heures_ouvrees=True
    )(_relance)


def _accord(pk: int) -> "AccordMission | None":
    from engagement.models import AccordMission

    accord: AccordMission | None = AccordMission.objects.avec_tout().filter(pk=pk).first()
    return accord


def _demande(message: "Message", debut: str) -> Courriel | None:
    accord = _accord(message.numero)
    if accord is None or not accord.attend_une_reponse or obstacle_a_la_reponse(accord):
        return None
    if accord.email.lower() != message.destinataire.lower():
        return None
    mise, ecart = accord.mise_en_relation, ecart_pour(accord)
    demandes = DEMANDES_DE_PRET if mise.offre.est_un_pret else DEMANDES
    contexte = {
        **commun(mise),
        "accord": accord,
        "nom": accord.nom,
        "demande": demandes[accord.cote],
        "relance": jour_en_mots(jour_de(accord.demande_le)) if message.genre in RELANCES else "",
        "changements": ecart.morceaux if ecart else [],
        "changements_html": ecart.html if ecart else "",
        "depuis": ecart.depuis,
        "a_repondu": ecart.a_repondu,
        "lien": lien_de_l_accord(accord),
    }
    return rediger(
        message,
        objet=f"{debut} : {en_bref(mise.besoin.titre)}",
        gabarit=f"{GABARITS}/accord_mission_demande",
        contexte=contexte,
    )


def lien_de_l_accord(accord: "AccordMission") -> str:
    """The whole address of the page of one accord."""
    return lien(reverse("engagement:accord", args=[accord.jeton]))


@redige("accord_mission_refuse", libelle="Accord refusé pour une mission")
def accord_mission_refuse(message: "Message") -> Courriel | None:
    """Whoever follows it hears that a party refuses, and what was said for the others."""
    mise, accord = _mise(message), _accord(message.donnees.get("accord", 0))
    if mise is None or accord is None or accord.etat != "refuse":
        return None
    objet = f"Accord refusé : {en_bref(mise.besoin.titre)}"
    return a_la_cellule(
        message,
        mise,
        objet,
        gabarit=_gabarit(message),
        accord=accord,
        qui=accord.get_cote_display(),
    )


@redige("accord_recueilli", libelle="Réponse notée par la cellule", indispensable=True)
def accord_recueilli(message: "Message") -> Courriel | None:
    """Somebody hears what was noted in their name, and how to say otherwise."""
    mise, accord = _mise(message), _accord(message.donnees.get("accord", 0))
    if mise is None or accord is None or not accord.recueilli_comment:
        return None
    donne = accord.etat == "donne"
    objet = f"{'Accord noté' if donne else 'Refus noté'} : {en_bref(mise.besoin.titre)}"
    lien_ = lien_de_l_accord(accord)
    return a_un_cote(
        message, mise, objet, gabarit=_gabarit(message), accord=accord, donne=donne, lien=lien_
    )


@redige("mission_convenue", libelle="Mission ou prêt convenu", indispensable=True)
def mission_convenue(message: "Message") -> Courriel | None:
    """Everybody agreed: when, where, and how to reach each other."""
    mise = _mise(message)
    if mise is None or mise.etat != "en_mission" or message.donnees["cote"] not in parties(mise):
        return None
    cote = message.donnees["cote"]
    accord = mise.accords.filter(cote=cote, etat="donne").first()
    # The manager has no conversation: their link leads back to what they agreed to.
    contexte: dict[str, Any] = {}
    if cote not in L_AUTRE and accord is not None:
        contexte["lien"] = lien_de_l_accord(accord)
    return a_un_cote(
        message,
        mise,
        f"C'est convenu : {en_bref(mise.besoin.titre)}",
        gabarit=_gabarit(message),
        quand=quand(mise),
        coordonnees=coordonnees_de(mise, L_AUTRE[cote]) if cote in L_AUTRE else None,
        texte=texte_de(mise),
        pret=mise.offre.est_un_pret,
        **contexte,
    )


@redige("mission_empechee", libelle="Mission empêchée malgré les accords", discret=True)
def mission_empechee(message: "Message") -> Courriel | None:
    """Whoever follows it hears what the database refused, and that the accords are kept."""
    mise = _mise(message)
    if mise is None or mise.etat != "rencontree":
        return None
    objet = f"Empêchée : {en_bref(mise.besoin.titre)}"
    return a_la_cellule(
        message,
        mise,
        objet,
        gabarit=_gabarit(message),
        obstacle=message.donnees.get("obstacle", ""),
    )
