"""One connection to the mail server for a batch, reopened when it drops; and what its answers mean."""

import logging
import smtplib

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)


class ErreurTemporaire(Exception):
    """Not now: this message may pass later."""


class ErreurPermanente(Exception):
    """Never: the server wants no such message, or no such recipient."""


class ServeurInjoignable(Exception):
    """Nothing can be sent at present, whatever the message."""


class Liaison:
    """The connection. ``envoyer`` opens it when it is not open."""

    def __init__(self) -> None:
        self._connexion = get_connection(fail_silently=False)

    def envoyer(self, courriel: EmailMessage) -> None:
        """Return once the server has accepted the message. Raises one of the three errors above."""
        try:
            self._connexion.open()
        except OSError as erreur:  # smtplib's errors are OSErrors
            self.fermer()  # a half-open connection would be taken for an open one
            raise ServeurInjoignable(dit(erreur)) from erreur
        try:
            self._connexion.send_messages([courriel])
        except smtplib.SMTPResponseException as erreur:
            self._fermer_si(erreur.smtp_code == 421)
            if isinstance(erreur, smtplib.SMTPSenderRefused):
                raise ServeurInjoignable(dit(erreur)) from erreur  # it is us it refuses
            raise _selon_le_code(erreur.smtp_code, dit(erreur)) from erreur
        except smtplib.SMTPRecipientsRefused as erreur:
            code = max((reponse[0] for reponse in erreur.recipients.values()), default=550)
            self._fermer_si(code == 421)
            raise _selon_le_code(code, dit(erreur)) from erreur
        except OSError as erreur:  # dropped, timed out, TLS broken
            self.fermer()
            raise ErreurTemporaire(dit(erreur)) from erreur
        except Exception:
            self.fermer()  # whatever it is, begin the next one afresh
            raise

    def fermer(self) -> None:
        """Close it; a server that is gone does not mind."""
        try:
            self._connexion.close()
        except OSError as erreur:
            logger.info("Closing the mail connection: %s", erreur)

    def _fermer_si(self, perdue: bool) -> None:
        if perdue:
            self.fermer()


def _selon_le_code(code: int, texte: str) -> Exception:
    return ErreurPermanente(texte) if 500 <= code < 600 else ErreurTemporaire(texte)


def dit(erreur: Exception) -> str:
    """An error in a short line fit for the administration's list."""
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        reponses = [f"{code} {_texte(texte)}" for code, texte in erreur.recipients.values()]
        return "; ".join(reponses)[:500]
    if isinstance(erreur, smtplib.SMTPResponseException):
        return f"{erreur.smtp_code} {_texte(erreur.smtp_error)}"[:500]
    return f"{type(erreur).__name__} : {erreur}"[:500]


def _texte(reponse: bytes | str) -> str:
    texte = reponse.decode(errors="replace") if isinstance(reponse, bytes) else reponse
    return " ".join(texte.split())
