"""From a writer's words to a mail: headers, text and HTML, files."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from rappels.jetons import lien_du_choix
from rappels.models import Message
from rappels.registre import Courriel, peut_se_refuser


def identifiant(cle: str) -> str:
    """The Message-ID of a key: sent again after a crash, the mail says that it is the same one."""
    domaine = urlsplit(settings.ADRESSE_PUBLIQUE).hostname or "localhost"
    return f"<{hashlib.sha256(cle.encode()).hexdigest()[:32]}@{domaine}>"


def enveloppe(message: Message, courriel: Courriel) -> EmailMultiAlternatives:
    """The mail, ready to be sent."""
    mail = EmailMultiAlternatives(
        # A line break in a title must not begin a new header.
        subject=" ".join(courriel.objet.split()),
        body=courriel.texte,
        to=[message.destinataire],
        headers={
            "Message-ID": identifiant(message.cle),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            "Content-Language": "fr",
            **_desinscription(message),
        },
    )
    if courriel.html:
        mail.attach_alternative(courriel.html, "text/html")
    for piece in courriel.pieces:
        mail.attach(piece.nom, piece.contenu, piece.type_mime)
    return mail


def _desinscription(message: Message) -> dict[str, str]:
    """One click, without signing in (RFC 8058), for what can be refused."""
    if not peut_se_refuser(message.genre):
        return {}
    return {
        "List-Unsubscribe": f"<{lien_du_choix(message.destinataire)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
