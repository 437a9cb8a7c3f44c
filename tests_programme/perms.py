"""Who may do what with a test. Views, templates, API and admin ask here."""

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from tests_programme.models import Test


@rules.predicate
def peut_modifier(user: "Utilisateur", test: "Test | None") -> bool:
    """An active member of the test's own organisation, and nobody else (DESIGN: agents). One query."""
    if test is None or not user.is_authenticated or not user.is_active:
        return False
    return user.adhesions.actives().filter(organisation=test.organisation_id).exists()


@rules.predicate
def peut_animer(user: "Utilisateur", test: "Test | None") -> bool:
    """Who animates its programme, and the curateur·rices, who stand in where nobody does. One query."""
    if test is None or not user.is_authenticated or not user.is_active:
        return False
    if user.est_curateur:
        return True
    return (
        test.programme_id is not None
        and user.programmes_animes.filter(pk=test.programme_id).exists()
    )
