"""The enquête: what it is, its étapes, its versions of the cartographie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reflexes.models import Enquete


@login_not_required
@require_safe
def enquete(request: HttpRequest, cle: str) -> HttpResponse:
    """One enquête."""
    enquete = get_object_or_404(Enquete.objects.prefetch_related("etapes"), cle=cle)
    contexte = {
        "rubrique": "cartographie",
        "enquete": enquete,
        "versions": enquete.versions.publiees().select_related("enquete"),
    }
    return render(request, "reflexes/enquete.html", contexte)
