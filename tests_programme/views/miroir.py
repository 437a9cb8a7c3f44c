"""The groupe miroir of a programme: its readers, their invitations."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import Utilisateur
from comptes.refus import DecisionImpossible
from tests_programme.acces import RequeteConnectee
from tests_programme.acces_programme import programme_anime, programme_du_cercle
from tests_programme.forms.miroir import InvitationMiroirForm
from tests_programme.models import LecteurMiroir
from tests_programme.views.discretion import discrete
from tests_programme.views.pages_du_miroir import page_du_miroir


@require_safe
def miroir(request: RequeteConnectee, cle: str) -> HttpResponse:
    """Who reads, what was said; for the animation, whom to invite."""
    return page_du_miroir(request, programme_du_cercle(request.user, cle))


@require_POST
def inviter_miroir(request: RequeteConnectee, cle: str) -> HttpResponse:
    """Invite an address to read and comment."""
    programme = programme_anime(request.user, cle)
    form = InvitationMiroirForm(request.POST)
    if form.is_valid():
        try:
            LecteurMiroir.inviter(programme=programme, par=request.user, **form.cleaned_data)
        except DecisionImpossible as refus:
            form.add_error("email", str(refus))
        else:
            messages.success(request, f"L'invitation part vers {form.cleaned_data['email']}.")
            return redirect("tests_programme:miroir", cle)
    return page_du_miroir(request, programme, invitation=form)


@require_POST
def renvoyer_miroir(request: RequeteConnectee, cle: str, pk: int) -> HttpResponse:
    """Send an invitation again."""
    lecteur = get_object_or_404(programme_anime(request.user, cle).miroir, pk=pk)
    try:
        lecteur.renvoyer(par=request.user)
    except DecisionImpossible as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"L'invitation repart vers {lecteur.email}, pour 14 jours.")
    return redirect("tests_programme:miroir", cle)


@require_POST
def retirer_miroir(request: RequeteConnectee, cle: str, pk: int) -> HttpResponse:
    """Close a reading, or an invitation."""
    lecteur = get_object_or_404(programme_anime(request.user, cle).miroir, pk=pk)
    lecteur.retirer(par=request.user)
    messages.success(request, f"{lecteur} ne fait plus partie du groupe miroir.")
    return redirect("tests_programme:miroir", cle)


@discrete
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_miroir(request: HttpRequest, jeton: str) -> HttpResponse:
    """The personal link: says what it is, leads to sign-up or sign-in, is accepted by POST."""
    lecteur = LecteurMiroir.objects.select_related("programme").filter(jeton=jeton).first()
    page = "tests_programme/invitation_miroir.html"
    if lecteur is None:
        return render(request, page, {"raison": "abime"}, status=404)
    user = request.user if isinstance(request.user, Utilisateur) else None
    la_sienne = user is not None and user.email.lower() == lecteur.email.lower()
    if lecteur.accepte_le and not lecteur.retire_le and la_sienne:
        return redirect("tests_programme:miroir", lecteur.programme.cle)
    if not lecteur.est_valide():
        return render(request, page, {"raison": _raison(lecteur), "lecteur": lecteur}, status=410)
    if request.method == "POST":
        return _accepter(request, lecteur, user)
    if user is None:
        # Whoever opened this link reads that mailbox: sign-up need not verify the address again.
        get_adapter().stash_verified_email(request, lecteur.email)
    suite = urlencode({"next": request.path, "email": lecteur.email})
    contexte = {
        "lecteur": lecteur,
        "a_la_bonne_personne": la_sienne,
        "lien_inscription": f"{reverse('account_signup')}?{suite}",
        "lien_connexion": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, page, contexte)


def _accepter(
    request: HttpRequest, lecteur: LecteurMiroir, user: Utilisateur | None
) -> HttpResponse:
    if user is None:
        return redirect_to_login(request.path)
    try:
        lecteur.accepter(par=user)
    except DecisionImpossible as refus:
        messages.error(request, str(refus))
        return redirect("accueil:mon_espace")
    messages.success(request, "Bienvenue dans le groupe miroir.")
    return redirect("tests_programme:miroir", lecteur.programme.cle)


def _raison(lecteur: LecteurMiroir) -> str:
    if lecteur.retire_le:
        return "retiree"
    return "acceptee" if lecteur.accepte_le else "expiree"
