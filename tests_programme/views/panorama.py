"""Every test of a programme on one page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.jours import jour_de
from tests_programme.models import Programme
from tests_programme.panorama import panorama_de


@login_not_required
@require_safe
def panorama(request: HttpRequest, cle: str) -> HttpResponse:
    """By piste and organisation, on an axis of time, and what waits: as far as this reader may see."""
    programme = get_object_or_404(Programme, cle=cle)
    contexte = {
        "rubrique": "programmes",
        "programme": programme,
        "panorama": panorama_de(programme, request.user),
        "jour": jour_de(),
    }
    return render(request, "tests_programme/panorama.html", contexte)
