"""Memberships: asking, deciding, changing a role, ending. All by POST."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from comptes.forms import RoleForm
from comptes.models import Adhesion, Organisation, Utilisateur
from comptes.refus import DecisionImpossible


@require_POST
def rejoindre(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to join. Asking twice is asking once."""
    assert isinstance(request.user, Utilisateur)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    # Without anybody to say otherwise, the first to come may offer to be its référent·e.
    form = RoleForm(request.POST)
    role = form.cleaned_data["role"] if form.is_valid() else Adhesion.Role.AGENT
    adhesion = Adhesion.demander(utilisateur=request.user, organisation=organisation, role=role)
    if adhesion.etat == Adhesion.Etat.ACTIVE:
        messages.info(request, "Vous êtes déjà membre de cette organisation.")
    else:
        messages.success(request, "Votre demande est envoyée. Un message vous dira la réponse.")
    return redirect(organisation)


@require_POST
def accepter(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in, with the role they asked for or the one chosen here."""
    form = RoleForm(request.POST)
    role = form.cleaned_data["role"] if form.is_valid() else None
    return _decider(
        request, pk, lambda a, par: a.accepter(par=par, role=role), "{} est maintenant membre."
    )


@require_POST
def refuser(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn somebody down."""
    return _decider(request, pk, lambda a, par: a.refuser(par=par), "La demande de {} est refusée.")


@require_POST
def changer_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a member référent·e, or agent·e again."""
    role = request.POST.get("role", "")
    return _decider(
        request, pk, lambda a, par: a.changer_role(par=par, role=role), "Le rôle de {} est changé."
    )


@require_POST
def terminer(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's membership, or one's own."""
    return _decider(request, pk, lambda a, par: a.terminer(par=par), "{} n'est plus membre.")


def _decider(
    request: HttpRequest,
    pk: int,
    decision: Callable[[Adhesion, Utilisateur], None],
    phrase: str,
) -> HttpResponse:
    assert isinstance(request.user, Utilisateur)
    adhesions = Adhesion.objects.visible_to(request.user).select_related(
        "organisation", "utilisateur"
    )
    adhesion = get_object_or_404(adhesions, pk=pk)
    soi_meme = adhesion.utilisateur_id == request.user.pk
    try:
        decision(adhesion, request.user)
    except DecisionImpossible as refus:
        messages.error(request, str(refus))
    else:
        messages.success(
            request, "C'est fait." if soi_meme else phrase.format(adhesion.utilisateur)
        )
    if request.user.has_perm("comptes.voir_membres", adhesion.organisation):
        return redirect("comptes:membres", adhesion.organisation_id)
    return redirect("accueil:mon_espace")
