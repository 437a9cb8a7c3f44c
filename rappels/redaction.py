"""From a pair of templates to a mail: what every mail of the platform shares."""

import datetime as dt
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from config.jours import jour_de
from rappels.jetons import lien_du_choix
from rappels.models import Message
from rappels.registre import Courriel, PieceJointe, peut_se_refuser

# Past that, the mail says that it comes late.
RETARD_DIT = dt.timedelta(days=1)


def rediger(
    message: Message,
    *,
    objet: str,
    gabarit: str,
    contexte: Mapping[str, Any],
    pieces: tuple[PieceJointe, ...] = (),
) -> Courriel:
    """Render ``<gabarit>.txt`` and ``<gabarit>.html``, which extend the bases of templates/courriels/."""
    tout = {
        **contexte,
        "objet": objet,
        "retard": phrase_de_retard(message),
        "adresse_publique": settings.ADRESSE_PUBLIQUE,
        "lien_choix": lien_du_choix(message.destinataire) if peut_se_refuser(message.genre) else "",
        # Inside a digest, a message is a part of a mail: the digest greets, signs and says why.
        "rassemble": message.etat == Message.Etat.RASSEMBLE,
    }
    with translation.override("fr"):
        texte = render_to_string(f"{gabarit}.txt", tout)
        html = render_to_string(f"{gabarit}.html", tout)
    return Courriel(objet=objet, texte=_aere(texte), html=html, pieces=pieces)


def phrase_de_retard(message: Message, at: dt.datetime | None = None) -> str:
    """One sentence when the message leaves more than a day after its promised instant, else nothing."""
    if message.retard(at) <= RETARD_DIT or message.etat == Message.Etat.RASSEMBLE:
        return ""
    jour = jour_en_mots(jour_de(message.prevu_le))
    return f"Ce message devait partir {jour} : il vous arrive en retard, par notre faute."


def jour_en_mots(jour: dt.date) -> str:
    """A day for people: « mardi 12 mai 2027 », « samedi 1er mai 2027 »."""
    with translation.override("fr"):
        nom, mois = date_format(jour, "l"), date_format(jour, "F Y")
    return f"{nom.lower()} {'1er' if jour.day == 1 else jour.day} {mois.lower()}"


def en_bref(texte: str, longueur: int = 45) -> str:
    """A title short enough for a subject, on one line, cut between two words."""
    return textwrap.shorten(texte, longueur, placeholder="…")


def lien(chemin: str) -> str:
    """The whole address of a path of the site."""
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def _aere(texte: str) -> str:
    lignes = "\n".join(ligne.rstrip() for ligne in texte.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lignes) + "\n"
