"""Loading a test with the right to see or lead it, in one act: no view holds an unchecked one."""

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest

from tests_programme.models import Note, Test
from tests_programme.perms import peut_animer, peut_modifier, peut_relire
from tests_programme.querysets import visibles
from tests_programme.transitions import lecture_de

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


class RequeteConnectee(HttpRequest):
    """What LoginRequiredMiddleware lets through: somebody is signed in."""

    user: "Utilisateur"


def a_lire(user: "Utilisateur | AnonymousUser", pk: int) -> Test:
    """A test this reader may see, with what its page shows. Raises Http404. Two queries."""
    visibles = Test.objects.visible_to(user).pour_liste().select_related("edition_piste")
    test = visibles.filter(pk=pk).first()
    if test is None:
        raise Http404
    return cast(Test, test)


def a_mener(user: "Utilisateur", pk: int) -> Test:
    """A test this person leads. Raises Http404 unseen, PermissionDenied when only seen."""
    test = a_lire(user, pk)
    if not peut_modifier(user, test):
        raise PermissionDenied
    return test


def a_relire(user: "Utilisateur", pk: int) -> tuple[Test, bool]:
    """A test whose évaluation this person may open, and whether they lead it.

    Its team always may; a curateur·rice once it is submitted. Raises Http404, PermissionDenied.
    """
    test = a_lire(user, pk)
    membre = peut_modifier(user, test)
    if not membre and not (lecture_de(test) == "soumise" and peut_relire(user, test)):
        raise PermissionDenied
    return test, membre


def a_suivre(user: "Utilisateur | AnonymousUser", pk: int) -> Test:
    """A test this reader may see, or a note of it: its journal de bord opens. Raises Http404. One query.

    A note shown to the programme opens the journal of a test kept private, and nothing else of it.
    """
    notes = Note.objects.visible_to(user).filter(test=OuterRef("pk"))
    test = (
        Test.objects.filter(visibles(user) | Exists(notes), pk=pk, source="")
        .select_related("organisation", "programme")
        .first()
    )
    if test is None:
        raise Http404
    return cast(Test, test)


def a_accompagner(user: "Utilisateur", pk: int) -> tuple[Test, bool]:
    """A test whose inner life this person follows, and whether they lead it.

    Its team, who animates its programme, the platform. Raises Http404 unseen (and for an account),
    PermissionDenied when only seen. Four queries at most.
    """
    test = a_lire(user, pk)
    if test.est_recit:
        raise Http404
    membre = peut_modifier(user, test)
    if not (membre or user.est_administrateur or peut_animer(user, test)):
        raise PermissionDenied
    return test, membre
