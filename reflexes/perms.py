"""Who may do what with the cartographie."""

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


@rules.predicate
def peut_publier(user: "Utilisateur | AnonymousUser") -> bool:
    """Only curateur·rices publish a version, and read it before it is."""
    return bool(getattr(user, "est_curateur", False))


rules.add_perm("reflexes.publier_version", peut_publier)
# Create an enquête, tell its étapes, choose who takes part.
rules.add_perm("reflexes.mener_enquete", peut_publier)
