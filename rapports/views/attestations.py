"""The attestation of a mission as PDF: for the person by their link, for the cellule by its page."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.acces import RequeteConnectee, mise_en_relation_du_guichet
from engagement.liens import mise_du_jeton
from engagement.models import MiseEnRelation
from engagement.views.discretion import discrete
from rapports import attestations
from rapports.composition import CompositionImpossible

journal = logging.getLogger(__name__)


@discrete
@login_not_required
@require_safe
def attestation(request: HttpRequest, jeton: str) -> HttpResponse:
    """By the person's own link; the host's opens nothing here."""
    trouvee = mise_du_jeton(jeton)
    if trouvee is None or trouvee[1] != "personne":
        raise Http404
    return _pdf(request, trouvee[0])


@discrete
@require_safe
def attestation_mission(request: RequeteConnectee, pk: int) -> HttpResponse:
    """For the cellule: who has no e-mail gets it on paper."""
    return _pdf(request, mise_en_relation_du_guichet(request.user, pk))


def _pdf(request: HttpRequest, mise: MiseEnRelation) -> HttpResponse:
    if mise.personne.effacee_le is not None or not attestations.est_attestable(mise):
        raise Http404
    try:
        contenu = attestations.attestation(mise)
    except CompositionImpossible:
        journal.exception("attestation of mission %s", mise.pk)
        return render(request, "rapports/attestation_en_panne.html", {"mise": mise}, status=500)
    return HttpResponse(
        contenu,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="attestation-{mise.pk}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
