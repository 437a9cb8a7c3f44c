"""Who may do what with a test. Views, templates, API and admin ask here."""

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from tests_programme.models import Test
    from tests_programme.transitions import Qui


@rules.predicate
def peut_modifier(user: "Utilisateur", test: "Test | None") -> bool:
    """An active member of the test's own organisation, and nobody else (DESIGN: agents). One query."""
    if test is None or not user.is_authenticated or not user.is_active:
        return False
    return user.adhesions.actives().filter(organisation=test.organisation_id).exists()


def peut_relire(user: "Utilisateur", test: "Test") -> bool:
    """Who may read an évaluation for its team: a member, or a curateur·rice. One query at most.

    Whoever submitted it is refused later, in words: they may see it, and not be its second reader.
    """
    if not user.is_authenticated:
        return False
    return user.est_curateur or peut_modifier(user, test)


def peut_agir(user: "Utilisateur", test: "Test", qui: "Qui") -> bool:
    """Whether this person is of those the table of transitions names. One query at most."""
    if qui == "date":
        return False
    return peut_relire(user, test) if qui == "lecture" else peut_modifier(user, test)
