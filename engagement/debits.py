"""How often one may write to the desk without an account: enough for a library computer, not for a machine."""

from typing import TYPE_CHECKING

from config import debit
from config.debit import HEURE, JOUR, MINUTE, adresse_brouillee

if TYPE_CHECKING:
    from django.http import HttpRequest

PAR_ADRESSE = ((MINUTE, 6), (HEURE, 30))
# A mail leaves to the address that was typed: nobody's letter box is filled through us.
PAR_DESTINATAIRE = ((HEURE, 3), (JOUR, 6))


def attente(request: "HttpRequest", email: str) -> int:
    """Count one more sending; return how many seconds to wait before it is accepted (0: it is)."""
    sienne = debit.attente(f"guichet:{adresse_brouillee(request)}", PAR_ADRESSE)
    return sienne or debit.attente(f"guichet:mail:{email.strip().lower()}", PAR_DESTINATAIRE)
