"""How many answers one may send in a row.

Generous on purpose: a room where forty people answer through one public network, or one library computer
for twenty, is a success and not an attack.
"""

from typing import TYPE_CHECKING

from config import debit
from config.debit import HEURE, MINUTE, adresse_brouillee

if TYPE_CHECKING:
    from django.http import HttpRequest

PAR_ADRESSE = ((MINUTE, 40), (HEURE, 300))
PAR_QUESTIONNAIRE = ((MINUTE, 200),)


def attente(request: "HttpRequest", questionnaire_pk: int) -> int:
    """Count one more answer; return how many seconds to wait before it is accepted (0: it is)."""
    sienne = debit.attente(f"voix:{questionnaire_pk}:{adresse_brouillee(request)}", PAR_ADRESSE)
    return sienne or debit.attente(f"voix:{questionnaire_pk}", PAR_QUESTIONNAIRE)
