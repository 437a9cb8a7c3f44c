"""Who may do what with a test. Views, templates, API and admin ask here."""

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from tests_programme.models import Programme, Test
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
    return (user.is_authenticated and user.est_curateur) or peut_modifier(user, test)


def peut_agir(user: "Utilisateur", test: "Test", qui: "Qui") -> bool:
    """Whether this person is of those the table of transitions names. One query at most."""
    if qui == "date":
        return False
    return peut_relire(user, test) if qui == "lecture" else peut_modifier(user, test)


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


@rules.predicate
def peut_animer_programme(user: "Utilisateur", programme: "Programme | None") -> bool:
    """Who animates it, and the curateur·rices. One query."""
    if programme is None or not user.is_authenticated or not user.is_active:
        return False
    return user.est_curateur or user.programmes_animes.filter(pk=programme.pk).exists()


@rules.predicate
def peut_commenter(user: "Utilisateur", programme: "Programme | None") -> bool:
    """Its organisations, its animation, its groupe miroir, and the curateur·rices. One query."""
    if programme is None or not user.is_authenticated or not user.is_active:
        return False
    return user.est_curateur or (
        type(programme).objects.suivis_par(user).filter(pk=programme.pk).exists()
    )


@rules.predicate
def est_du_cercle(user: "Utilisateur", programme: "Programme | None") -> bool:
    """Who reads what a programme keeps for itself: participants, notes, documents, comments. One query."""
    if programme is None or not user.is_authenticated or not user.is_active:
        return False
    return user.est_administrateur or peut_commenter(user, programme)
