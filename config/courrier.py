"""The developer's letter box: every mail becomes one .eml file that /_dev/courriers/ shows."""

import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class DossierBackend(BaseEmailBackend):
    """Writes mails into ``settings.DOSSIER_COURRIERS``, newest last by name."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message; return how many were written."""
        folder = Path(settings.DOSSIER_COURRIERS)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns()}-{uuid.uuid4().hex[:8]}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)
