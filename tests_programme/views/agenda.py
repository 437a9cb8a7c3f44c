"""The end of a test, for somebody's calendar."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tests_programme.acces import a_lire
from tests_programme.agenda import ics_du_test


@login_not_required
@require_safe
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever sees the test may have its date."""
    test = a_lire(request.user, pk)
    if test.date_peremption is None:
        raise Http404
    return HttpResponse(
        ics_du_test(test),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="fin-du-test-{test.pk}.ics"'},
    )
