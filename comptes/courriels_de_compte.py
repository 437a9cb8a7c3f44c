"""allauth's mails in the outbox. No secret waits there: links are made at the moment a mail leaves.

Why, and what was weighed: docs/decisions/0006-courriels-de-compte.md.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from rappels import boite
from rappels.redaction import phrase_de_retard
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from rappels.models import Message

GENRE = "compte"
# What a mail about a change may hold beside its template: said to its owner, then erased.
FAITS = ("ip", "user_agent", "deleted_email", "from_email", "to_email")


def planifier(gabarit: str, email: str, contexte: dict[str, Any]) -> bool:
    """Plan one of allauth's mails; whether we know how to write it later (otherwise nothing is planned)."""
    if gabarit not in ECRITURES and "timestamp" not in contexte:
        return False
    at = timezone.now()
    user = contexte.get("user")
    faits = {nom: str(contexte[nom]) for nom in FAITS if contexte.get(nom)}
    if "timestamp" in contexte:
        faits["timestamp"] = contexte["timestamp"].isoformat()
    boite.planifier(
        genre=GENRE,
        sujet=f"compte:{user.pk}" if user else "compte",
        destinataire=email,
        cle=f"{gabarit}:{email}:{at:%Y%m%dT%H%M%S%f}",
        donnees={"gabarit": gabarit, "utilisateur": user.pk if user else None, "faits": faits},
    )
    return True


@redige(
    GENRE,
    libelle="Message du compte : adresse, mot de passe, sécurité",
    indispensable=True,
    discret=True,
)
def courriel_de_compte(message: "Message") -> Courriel | None:
    """Writes the mail with today's links; None when its account is gone or needs it no more."""
    gabarit = message.donnees["gabarit"]
    contexte = ECRITURES.get(gabarit, _changement)(message)
    if contexte is None:
        return None
    with translation.override("fr"):
        mail = get_adapter().render_mail(
            gabarit,
            message.destinataire,
            {"email": message.destinataire, "retard": phrase_de_retard(message), **contexte},
        )
    html = next((str(a.content) for a in getattr(mail, "alternatives", [])), "")
    return Courriel(objet=mail.subject, texte=f"{mail.body}\n", html=html)


def _confirmation(message: "Message") -> dict[str, Any] | None:
    adresses = EmailAddress.objects.filter(
        user=message.donnees["utilisateur"], email__iexact=message.destinataire, verified=False
    )
    adresse = adresses.select_related("user").first()
    if adresse is None:
        return None
    confirmation = EmailConfirmationHMAC(adresse)
    lien = get_adapter().get_email_confirmation_url(None, confirmation)
    return {"user": adresse.user, "activate_url": lien}


def _mot_de_passe(message: "Message") -> dict[str, Any] | None:
    from comptes.models import Utilisateur

    user = Utilisateur.objects.filter(pk=message.donnees["utilisateur"], is_active=True).first()
    if user is None or not _est_a(user, message.destinataire):
        return None
    cle = f"{user_pk_to_url_str(user)}-{PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
    lien = get_adapter().get_reset_password_from_key_url(cle)
    return {"user": user, "password_reset_url": lien}


def _est_a(user: Any, adresse: str) -> bool:
    """Whether the address is still this account's: it may have changed while the mail waited."""
    siennes = EmailAddress.objects.filter(user=user, email__iexact=adresse)
    return bool(user.email.lower() == adresse.lower() or siennes.exists())


def _sans_rien(message: "Message") -> dict[str, Any]:
    return {}


def _changement(message: "Message") -> dict[str, Any]:
    """A change of the account, told to its owner with where it came from."""
    faits = dict(message.donnees.get("faits", {}))
    return {**faits, "timestamp": parse_datetime(faits.get("timestamp", ""))}


ECRITURES: dict[str, Callable[["Message"], dict[str, Any] | None]] = {
    "account/email/email_confirmation": _confirmation,
    "account/email/email_confirmation_signup": _confirmation,
    "account/email/password_reset_key": _mot_de_passe,
    "account/email/account_already_exists": _sans_rien,
    "account/email/unknown_account": _sans_rien,
}
