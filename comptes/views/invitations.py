"""Invitations: sending them, and the personal link that works before one has an account."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comptes.forms import InvitationForm
from comptes.models import Invitation, Organisation, Utilisateur
from comptes.refus import DecisionImpossible
from comptes.views.membres import page_des_membres


@require_POST
def inviter(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite an address into an organisation."""
    assert isinstance(request.user, Utilisateur)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("comptes.gerer_organisation", organisation):
        raise PermissionDenied
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            Invitation.inviter(organisation=organisation, par=request.user, **form.cleaned_data)
        except DecisionImpossible as refus:
            form.add_error("email", str(refus))
        else:
            messages.success(request, f"L'invitation part vers {form.cleaned_data['email']}.")
            return redirect("comptes:membres", pk)
    return page_des_membres(request, organisation, form)


@require_POST
def renvoyer(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it again."""
    trouvee = _de_mon_organisation(request, pk)
    try:
        trouvee.renvoyer(par=request.user)  # type: ignore[arg-type]
    except DecisionImpossible as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"L'invitation repart vers {trouvee.email}, pour 14 jours.")
    return redirect("comptes:membres", trouvee.organisation_id)


@require_POST
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the link."""
    trouvee = _de_mon_organisation(request, pk)
    try:
        trouvee.annuler(par=request.user)  # type: ignore[arg-type]
    except DecisionImpossible as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"L'invitation de {trouvee.email} est annulée.")
    return redirect("comptes:membres", trouvee.organisation_id)


def _de_mon_organisation(request: HttpRequest, pk: int) -> Invitation:
    assert isinstance(request.user, Utilisateur)
    invitations = Invitation.objects.visible_to(request.user).select_related("organisation")
    trouvee: Invitation = get_object_or_404(invitations, pk=pk)
    return trouvee


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    """The personal link: says what it is, leads to sign-up or sign-in, is accepted by POST."""
    trouvee = Invitation.de_jeton(jeton)
    if trouvee is None:
        return render(request, "comptes/invitation.html", {"raison": "abime"}, status=404)
    if not trouvee.est_valide() or not trouvee.auteur_peut_inviter():
        deja = trouvee.acceptee_le is not None and _est_la_sienne(request, trouvee)
        contexte = {"raison": _raison(trouvee), "invitation": trouvee, "deja_membre": deja}
        return render(request, "comptes/invitation.html", contexte, status=410)
    if request.method == "POST":
        return _accepter(request, trouvee)
    if not request.user.is_authenticated:
        # Whoever opened this link reads that mailbox: sign-up need not verify the address again.
        get_adapter().stash_verified_email(request, trouvee.email)
    suite = urlencode({"next": request.path, "email": trouvee.email})
    contexte = {
        "invitation": trouvee,
        "a_la_bonne_personne": _est_la_sienne(request, trouvee),
        "lien_inscription": f"{reverse('account_signup')}?{suite}",
        "lien_connexion": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "comptes/invitation.html", contexte)


def _accepter(request: HttpRequest, trouvee: Invitation) -> HttpResponse:
    if not isinstance(request.user, Utilisateur):
        return redirect_to_login(request.path)
    try:
        trouvee.accepter(par=request.user)
    except DecisionImpossible as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"Bienvenue à {trouvee.organisation}.")
    return redirect("accueil:mon_espace")


def _est_la_sienne(request: HttpRequest, trouvee: Invitation) -> bool:
    return isinstance(request.user, Utilisateur) and request.user.email.lower() == trouvee.email


def _raison(trouvee: Invitation) -> str:
    if trouvee.acceptee_le:
        return "acceptee"
    return "expiree" if not trouvee.annulee_le and not trouvee.est_valide() else "annulee"
