"""Who may take data out of the platform."""

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


@rules.predicate
def peut_exporter(user: "Utilisateur | AnonymousUser") -> bool:
    """Administrateur·rices only (DESIGN, "Who uses it": exports and reports for all)."""
    return bool(getattr(user, "est_administrateur", False))


rules.add_perm("rapports.exporter", peut_exporter)
