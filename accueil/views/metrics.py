"""``/metrics``: the outbox in figures, as Prometheus reads them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rappels.mesures import en_texte, mesurer


@never_cache
@login_not_required  # a collector has no account: it shows a token
@require_safe
def metrics(request: HttpRequest) -> HttpResponseBase:
    """For administrateurs, and whoever shows METRICS_TOKEN: 401 with another token, 403 with another account."""
    montre = request.headers.get("Authorization", "")
    if montre:
        attendu = f"Bearer {settings.METRICS_TOKEN}"
        if not settings.METRICS_TOKEN or not constant_time_compare(montre, attendu):
            return HttpResponse("Jeton refusé.", status=401, headers={"WWW-Authenticate": "Bearer"})
    elif not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    elif not request.user.est_administrateur:
        raise PermissionDenied
    return HttpResponse(
        en_texte(mesurer()), content_type="text/plain; version=0.0.4; charset=utf-8"
    )
