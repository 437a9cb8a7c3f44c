"""What happened in a dispositif, for its cellule."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.places import suite
from config.reperes import instant_lu
from engagement.acces import RequeteConnectee, guichet_de
from engagement.histoire import en_clair
from engagement.models import Ligne

PAR_PAGE = 50


@require_safe
def historique(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Who did what, latest first, fifty lines a page; ``?sujet=`` keeps one thing."""
    dispositif = guichet_de(request.user, pk)
    sujet = request.GET.get("sujet", "").replace("\x00", "")[:40]
    lignes = Ligne.objects.filter(dispositif=dispositif).select_related("par")
    if sujet:
        lignes = lignes.filter(sujet=sujet)
    place = instant_lu(request.GET.get("apres", ""))
    if place is not None:
        le, cle = place
        lignes = lignes.filter(Q(le__lt=le) | Q(le=le, pk__lt=cle), le__lte=le)
    page = list(lignes.order_by("-le", "-pk")[: PAR_PAGE + 1])
    garde = {"sujet": sujet} if sujet else {}
    apres = suite(page, PAR_PAGE, "le")  # type: ignore[arg-type]
    contexte = {
        "dispositif": dispositif,
        "sujet": sujet,
        "lignes": [en_clair(ligne) for ligne in page[:PAR_PAGE]],
        "debut": f"{request.path}?{urlencode(garde)}" if place else "",
        "suivante": f"?{urlencode({**garde, 'apres': apres})}" if apres else "",
    }
    return render(request, "engagement/guichet/historique.html", contexte)
