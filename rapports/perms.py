"""Who may take data out of the platform."""

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


@rules.predicate
def peut_exporter(user: "Utilisateur | AnonymousUser") -> bool:
    """Anybody signed in: an export holds what they read on the screen, and what was taken is written down."""
    return bool(user.is_authenticated and user.is_active)


@rules.predicate
def voit_tous_les_exports(user: "Utilisateur | AnonymousUser") -> bool:
    """Administrateur·rices: who took what (DESIGN, "Who uses it": exports and reports for all)."""
    return bool(getattr(user, "est_administrateur", False))


rules.add_perm("rapports.exporter", peut_exporter)
rules.add_perm("rapports.voir_les_exports", voit_tous_les_exports)
