"""Who may do what with the catalogue."""

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


@rules.predicate
def peut_publier(user: "Utilisateur | AnonymousUser") -> bool:
    """Only curateur·rices publish and edit texts of the catalogue."""
    return bool(getattr(user, "est_curateur", False))


rules.add_perm("pistes.publier_edition", peut_publier)
