"""The mails about loans and their return."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from config.jours import PARIS, jour_de
from engagement.courriels.missions import mise_du_message
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import Pret
    from rappels.models import Message

GABARITS = "engagement/courriels"


def _pret(message: "Message") -> "Pret | None":
    """The loan, while it is due back on the day the message announces."""
    mise = mise_du_message(message)
    pret: Pret | None = getattr(mise, "pret", None)
    annonce = message.donnees.get("annonce")
    if pret is None or (annonce is not None and annonce != str(jour_de(pret.fin))):
        return None
    return pret


def _rediger(
    message: "Message", pret: "Pret", objet: str, gabarit: str, **contexte: Any
) -> Courriel:
    fin = pret.fin.astimezone(PARIS)
    return rediger(
        message,
        objet=f"{objet} : {en_bref(pret.offre.titre)}",
        gabarit=f"{GABARITS}/{gabarit}",
        contexte={
            "pret": pret,
            "offre": pret.offre,
            "besoin": pret.mise_en_relation.besoin,
            "dispositif": pret.mise_en_relation.dispositif,
            "fin": f"{jour_en_mots(fin.date())} à {fin:%H h %M}",
            **contexte,
        },
    )


def _a_rendre(message: "Message") -> Courriel | None:
    """Reminds whoever has the thing: only of what is out."""
    pret = _pret(message)
    if pret is None or pret.etat != pret.Etat.SORTI:
        return None
    en_retard = message.genre == "pret_3"
    if not en_retard and jour_de(pret.fin) < jour_de():
        return None
    objet = "Toujours attendu" if en_retard else "À rendre bientôt"
    return _rediger(message, pret, objet, "pret_a_rendre", en_retard=en_retard)


redige("pret_2", libelle="Prêt à rendre dans deux jours", aux_heures_ouvrees=True)(_a_rendre)
redige("pret_0", libelle="Prêt à rendre le jour même", aux_heures_ouvrees=True)(_a_rendre)
redige("pret_3", libelle="Prêt pas rendu", aux_heures_ouvrees=True)(_a_rendre)


@redige("pret_cellule", libelle="Prêt pas rendu, à toute la cellule", aux_heures_ouvrees=True)
def pret_cellule(message: "Message") -> Courriel | None:
    """Tells the cellule: somebody calls. A thing that never left is said too: its days are kept for nothing."""
    pret = _pret(message)
    if pret is None or pret.etat not in ("sorti", "prevu") or pret.fin > timezone.now():
        return None
    jamais_parti = pret.etat == "prevu"
    objet = "Prêt jamais parti" if jamais_parti else "Prêt pas rendu"
    adresse = lien(reverse("engagement:pret", args=[pret.pk]))
    return _rediger(message, pret, objet, "pret_en_retard", jamais_parti=jamais_parti, lien=adresse)


def _etat(message: "Message") -> Courriel | None:
    """Says to both sides in which state the thing left, or came back."""
    pret = _pret(message)
    rendu = message.genre == "pret_rendu"
    if pret is None or (rendu and pret.etat != "rendu"):
        return None
    objet = "Rendu" if rendu else "Sorti"
    cote = message.donnees["cote"]
    return _rediger(message, pret, objet, "pret_etat", rendu=rendu, cote=cote)


redige("pret_sorti", libelle="Prêt sorti")(_etat)
redige("pret_rendu", libelle="Prêt rendu")(_etat)
