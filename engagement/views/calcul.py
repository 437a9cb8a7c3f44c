"""The suggestions of a whole dispositif: computing them now, and the needs that nobody answers."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.reperes import instant_lu, repere
from engagement import suggestions_gardees
from engagement.acces import RequeteConnectee, guichet_de
from engagement.historique import noter
from engagement.models import Dispositif
from engagement.tasks import calculer_suggestions as tache

PAR_PAGE = 20
LANCE = "Le calcul est lancé : rechargez cette page dans quelques secondes."
FERME = "Ce dispositif n'est pas ouvert : il n'y a rien à calculer."


@require_http_methods(["GET", "HEAD", "POST"])
def calculer_suggestions(request: RequeteConnectee, pk: int) -> HttpResponse:
    """What the last computation found; a click starts another one in the background."""
    dispositif = guichet_de(request.user, pk)
    if request.method == "POST":
        _lancer(request, dispositif)
        return redirect("engagement:calculer_suggestions", pk=dispositif.pk)
    le = suggestions_gardees.calculees_le(dispositif)
    page, suivante, nombre = [], "", 0
    if le is not None:
        sans = suggestions_gardees.sans_offre(dispositif, le)
        nombre = sans.count()
        if (place := instant_lu(request.GET.get("apres", ""))) is not None:
            sans = sans.filter(Q(ouvert_le__gt=place[0]) | Q(ouvert_le=place[0], pk__gt=place[1]))
        page = list(sans.select_related("territoire", "genre")[: PAR_PAGE + 1])
        if len(page) > PAR_PAGE:
            derniere = page[PAR_PAGE - 1]
            suivante = f"?{urlencode({'apres': repere(derniere.ouvert_le, derniere.pk)})}"
    contexte = {
        "dispositif": dispositif,
        "calculees_le": le,
        "nombre": nombre,
        "ouverts": dispositif.besoins.ouverts().count(),
        "besoins": page[:PAR_PAGE],
        "suivante": suivante,
        "debut": request.path if request.GET.get("apres") else "",
    }
    return render(request, "engagement/suggestions/calcul.html", contexte)


def _lancer(request: RequeteConnectee, dispositif: Dispositif) -> None:
    if not dispositif.est_ouvert():
        messages.error(request, FERME)
        return
    with transaction.atomic():
        noter(
            dispositif.pk, f"dispositif:{dispositif.pk}", "calculer",
            "Suggestions calculées", par=request.user,
        )  # fmt: skip
        # Without a broker the night does it.
        transaction.on_commit(
            lambda: tache.apply_async([dispositif.pk], retry=False, expires=600), robust=True
        )
    messages.success(request, LANCE)
