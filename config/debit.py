"""How often one may do something without an account. Counted in the cache alone, on a scrambled address.

Without Redis everything passes.
"""

import hashlib
import ipaddress
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from config.jours import jour_de

if TYPE_CHECKING:
    from django.http import HttpRequest

MINUTE, HEURE, JOUR = 60, 3600, 86_400  # seconds
Limites = Iterable[tuple[int, int]]  # (seconds, how many at most)


def attente(sujet: str, limites: Limites) -> int:
    """Count one more for this subject; return how many seconds to wait before it is accepted (0: it is)."""
    for duree, limite in limites:
        if _compter(f"{sujet}:{duree}", duree) > limite:
            return MINUTE if duree == MINUTE else 15 * MINUTE
    return 0


def adresse_brouillee(request: "HttpRequest") -> str:
    """The address one answers from, which nobody can read back: its salt is drawn each day and kept nowhere.

    An IPv6 subscriber has a whole /64: it counts as one address.
    """
    sel_du_jour = f"debit:sel:{jour_de():%Y%m%d}"
    sel = cache.get_or_set(sel_du_jour, lambda: secrets.token_hex(16), JOUR)
    try:
        ip = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "inconnue"
    masque = 64 if ip.version == 6 else 32
    reseau = ipaddress.ip_network(f"{ip}/{masque}", strict=False)
    return hashlib.sha256(f"{sel}{reseau}".encode()).hexdigest()[:32]


def _compter(cle: str, duree: int) -> int:
    """One more in a window that begins with its first; 1 when Redis does not answer."""
    cache.add(cle, 0, duree)
    try:
        return int(cache.incr(cle))
    except ValueError:  # the window ended between the two
        return 1
