"""The enquête: what it is, its étapes, its versions of the cartographie."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reflexes.frise import frise
from reflexes.models import Enquete

PAR_PAGE = 30


@login_not_required
@require_safe
def enquetes(request: HttpRequest) -> HttpResponse:
    """Every enquête, the latest first."""
    contexte = {
        "rubrique": "cartographie",
        "page": Paginator(Enquete.objects.all(), PAR_PAGE).get_page(request.GET.get("page")),
        "peut_mener": request.user.has_perm("reflexes.mener_enquete"),
    }
    return render(request, "reflexes/enquetes.html", contexte)


@login_not_required
@require_safe
def enquete(request: HttpRequest, cle: str) -> HttpResponse:
    """One enquête."""
    enquete = get_object_or_404(Enquete.objects.prefetch_related("etapes"), cle=cle)
    contexte = {
        "rubrique": "cartographie",
        "enquete": enquete,
        "frise": frise(enquete.etapes.all()),
        "participantes": enquete.organisations.filter(validee=True).order_by("nom", "pk"),
        "versions": enquete.versions.visible_to(request.user).select_related("enquete"),
        "peut_mener": request.user.has_perm("reflexes.mener_enquete"),
        "peut_participer": request.user.has_perm("reflexes.participer", enquete),
    }
    return render(request, "reflexes/enquete.html", contexte)
