"""How allauth speaks and links in our name."""

import re
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from comptes import courriels_de_compte


class AdaptateurDeCompte(DefaultAccountAdapter):  # type: ignore[misc]
    """Links in mails begin with the site's own address, whatever host the request claimed."""

    def unstash_verified_email(self, request: HttpRequest) -> str | None:
        """The address an invitation has proved, for a sign-up with that very address and no other."""
        prouvee: str | None = super().unstash_verified_email(request)
        saisie = request.POST.get("email", "").strip().lower()
        return prouvee if prouvee and prouvee.lower() == saisie else None

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        chemin = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.ADRESSE_PUBLIQUE}{chemin}"

    def get_reset_password_from_key_url(self, key: str) -> str:
        # Written by a worker, which sees no request: allauth's own way would ask for one.
        modele = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.ADRESSE_PUBLIQUE}{modele.replace('UID-KEY', quote(key))}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, at once; a kind of mail we cannot write again later leaves from here."""
        if not courriels_de_compte.planifier(template_prefix, email, context):
            super().send_mail(template_prefix, email, context)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """In the frame of all our mails (templates/courriels/)."""
        cadre = {
            "adresse_publique": settings.ADRESSE_PUBLIQUE,
            "objet": render_to_string(f"{template_prefix}_subject.txt", context).strip(),
        }
        entetes = {"Auto-Submitted": "auto-generated", "Content-Language": "fr", **(headers or {})}
        message: EmailMessage = super().render_mail(
            template_prefix, email, {**context, **cadre}, entetes
        )
        message.body = re.sub(r"\n{3,}", "\n\n", str(message.body))
        return message
