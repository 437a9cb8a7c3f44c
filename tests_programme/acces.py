"""Loading a test with the right to see or lead it, in one act: no view holds an unchecked one."""

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from tests_programme.models import Test
from tests_programme.perms import peut_modifier

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


class RequeteConnectee(HttpRequest):
    """What LoginRequiredMiddleware lets through: somebody is signed in."""

    user: "Utilisateur"


def a_lire(user: "Utilisateur | AnonymousUser", pk: int) -> Test:
    """A test this reader may see, with what its page shows. Raises Http404. Two queries."""
    test = Test.objects.visible_to(user).pour_liste().filter(pk=pk).first()
    if test is None:
        raise Http404
    return cast(Test, test)


def a_mener(user: "Utilisateur", pk: int) -> Test:
    """A test this person leads. Raises Http404 unseen, PermissionDenied when only seen."""
    test = a_lire(user, pk)
    if not peut_modifier(user, test):
        raise PermissionDenied
    return test
