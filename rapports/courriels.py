"""The mails about prepared exports."""

from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat

from config.jours import jour_de
from rappels.redaction import jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige
from rapports.catalogue import EXPORTS

if TYPE_CHECKING:
    from rappels.models import Message
    from rapports.models import ExportFait

GABARITS = "rapports/courriels"


@redige("export_pret", libelle="Un export est prêt", indispensable=True)
def export_pret(message: "Message") -> Courriel | None:
    """Where to take it and until when; nothing once it is gone."""
    fait = _fait(message)
    if fait is None or not fait.est_a_prendre() or fait.expire_le is None:
        return None
    contexte = {
        "fait": fait,
        "titre": EXPORTS[fait.quoi].titre,
        "taille": filesizeformat(fait.taille or 0),
        "jusqu_au": jour_en_mots(jour_de(fait.expire_le)),
        "lien": lien(fait.get_absolute_url()),
    }
    objet = f"Votre export est prêt : {contexte['titre']}"
    return rediger(message, objet=objet, gabarit=f"{GABARITS}/export_pret", contexte=contexte)


@redige("export_echoue", libelle="Un export n'a pas pu être préparé", indispensable=True)
def export_echoue(message: "Message") -> Courriel | None:
    """What to do; nothing once it was tried again."""
    fait = _fait(message)
    if fait is None or fait.etat != fait.Etat.ECHOUE:
        return None
    titre = EXPORTS[fait.quoi].titre if fait.quoi in EXPORTS else fait.quoi
    contexte = {"fait": fait, "titre": titre, "lien": lien(fait.get_absolute_url())}
    return rediger(
        message,
        objet=f"Votre export n'a pas pu être préparé : {titre}",
        gabarit=f"{GABARITS}/export_echoue",
        contexte=contexte,
    )


def _fait(message: "Message") -> "ExportFait | None":
    from rapports.models import ExportFait

    return ExportFait.objects.select_related("par").filter(pk=message.numero).first()
