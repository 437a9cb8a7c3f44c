"""Calendars one subscribes to: making and cutting their secret addresses, and reading them."""

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.refus import DecisionImpossible
from config.saisie import numero
from tests_programme.acces import RequeteConnectee, a_lire
from tests_programme.flux import ics_du_flux
from tests_programme.models import FluxAgenda, Programme, Test


@require_http_methods(["GET", "HEAD", "POST"])
def agendas(request: RequeteConnectee) -> HttpResponse:
    """My addresses; ``?test=`` or ``?programme=`` offers one more."""
    donnees = request.POST if request.method == "POST" else request.GET
    test = _test(request, donnees.get("test", ""))
    programme = Programme.objects.filter(
        cle=donnees.get("programme", "").replace("\x00", "")[:80]
    ).first()
    if request.method == "POST":
        return _ouvrir(request, test, None if test else programme)
    siens = FluxAgenda.objects.filter(utilisateur=request.user).select_related("test", "programme")
    contexte = {
        "rubrique": "espace",
        "flux": [(f, f"{settings.ADRESSE_PUBLIQUE}{f.get_absolute_url()}") for f in siens],
        "a_tout": any(not f.test_id and not f.programme_id for f in siens),
        "test": test,
        "programme": programme,
    }
    return render(request, "tests_programme/agendas.html", contexte)


def _test(request: RequeteConnectee, demande: str) -> Test | None:
    """The test asked for, if this person may see it. Raises Http404."""
    return a_lire(request.user, numero(demande)) if demande else None


def _ouvrir(
    request: RequeteConnectee, test: Test | None, programme: Programme | None
) -> HttpResponse:
    try:
        FluxAgenda.ouvrir(par=request.user, test=test, programme=programme)
    except DecisionImpossible as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "L'adresse est prête : copiez-la dans votre agenda.")
    return redirect("tests_programme:agendas")


@require_POST
def couper_agenda(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Nothing answers at that address any more."""
    flux = get_object_or_404(FluxAgenda, pk=pk, utilisateur=request.user)
    flux.delete()
    messages.success(
        request, "L'adresse est coupée : les agendas qui la lisaient ne reçoivent plus rien."
    )
    return redirect("tests_programme:agendas")


@login_not_required
@require_safe
def flux_agenda(request: HttpRequest, jeton: str) -> HttpResponseBase:
    """The secret address is the right, as long as the account of its owner lives."""
    tous = FluxAgenda.objects.select_related("utilisateur", "test", "programme")
    flux = tous.filter(jeton=jeton, utilisateur__is_active=True).first()
    if flux is None:
        raise Http404
    contenu = ics_du_flux(flux)
    empreinte = f'"{sha256(contenu).hexdigest()}"'
    reponse = HttpResponse(
        contenu,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="reflexes-publics.ics"',
            "ETag": empreinte,
            "Cache-Control": "private, no-cache",
            "X-Robots-Tag": "noindex",
        },
    )
    return get_conditional_response(request, etag=empreinte, response=reponse) or reponse
