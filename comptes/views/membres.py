"""Who is in an organisation, who asks, who was invited. For its members; deciding is for référent·es."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comptes.forms import InvitationForm
from comptes.models import Invitation, Organisation


@require_safe
def membres(request: HttpRequest, pk: int) -> HttpResponse:
    """The members; with requests and invitations for those who decide."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    return page_des_membres(request, organisation, InvitationForm())


def page_des_membres(
    request: HttpRequest, organisation: Organisation, form: InvitationForm
) -> HttpResponse:
    """The page, with an invitation form that may have been refused (then 422). Raises PermissionDenied."""
    if not request.user.has_perm("comptes.voir_membres", organisation):
        raise PermissionDenied
    contexte: dict[str, Any] = {
        "organisation": organisation,
        "membres": organisation.adhesions.actives()
        .select_related("utilisateur")
        .order_by("-role", "utilisateur__nom", "pk"),
        "peut_gerer": request.user.has_perm("comptes.gerer_organisation", organisation),
        "form": form,
    }
    if contexte["peut_gerer"]:
        contexte["demandes"] = (
            organisation.adhesions.demandees()
            .filter(utilisateur__is_active=True)
            .select_related("utilisateur")
            .order_by("cree_le")
        )
        contexte["invitations"] = (
            Invitation.objects.filter(organisation=organisation, acceptee_le=None, annulee_le=None)
            .select_related("par")
            .order_by("-cree_le")
        )
    statut = 422 if form.errors else 200
    return render(request, "comptes/membres.html", contexte, status=statut)
