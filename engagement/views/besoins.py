"""The needs of a dispositif for its cellule, and the page of one."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.reperes import instant_lu, repere
from engagement.acces import RequeteConnectee, guichet_de
from engagement.filtres_besoins import FiltreBesoins
from engagement.manques_besoin import manques_pour_ouvrir
from engagement.models import Besoin
from engagement.perms import tient_le_guichet
from engagement.suivi_besoin import pour_la_cellule, suivi_de

if TYPE_CHECKING:
    from comptes.models import Utilisateur

PAR_PAGE = 20


@require_safe
def besoins(request: RequeteConnectee, pk: int) -> HttpResponse:
    """All that was asked here, newest first, through the filters of the address."""
    dispositif = guichet_de(request.user, pk)
    filtre = FiltreBesoins(request.GET, dispositif=dispositif, user=request.user)
    lus = filtre.appliquer(dispositif.besoins.all()).select_related(
        "demandeur", "territoire", "genre", "mediateur"
    )
    lus = lus.order_by("-cree_le", "-pk")
    place = instant_lu(request.GET.get("apres", ""))
    if place is not None:
        lus = lus.apres(*place)
    page = list(lus[: PAR_PAGE + 1])
    debut, suite = request.GET.copy(), request.GET.copy()
    debut.pop("apres", None)
    if len(page) > PAR_PAGE:
        suite["apres"] = repere(page[PAR_PAGE - 1].cree_le, page[PAR_PAGE - 1].pk)
    contexte = {
        "dispositif": dispositif,
        "filtre": filtre,
        "besoins": page[:PAR_PAGE],
        "suivante": f"?{suite.urlencode()}" if len(page) > PAR_PAGE else "",
        "debut": f"?{debut.urlencode()}" if place else "",
    }
    return render(request, "engagement/besoins/liste.html", contexte)


@require_safe
def besoin(request: RequeteConnectee, pk: int) -> HttpResponse:
    """One need: for the cellule all it works on, for who asked where it stands. Nine queries at most."""
    trouve = besoin_a_lire(request.user, pk)
    contexte: dict[str, Any] = {"besoin": trouve, "dispositif": trouve.dispositif}
    if not tient_le_guichet(request.user, trouve.dispositif):
        return render(request, "engagement/besoins/suivi.html", {**contexte, **suivi_de(trouve)})
    contexte |= pour_la_cellule(trouve)
    if trouve.etat == Besoin.Etat.A_QUALIFIER:
        contexte["manques"] = manques_pour_ouvrir(trouve)
    return render(request, "engagement/besoins/besoin.html", contexte)


def besoin_a_lire(user: "Utilisateur", pk: int) -> Besoin:
    """A need this reader asked for, or whose desk they keep. Raises Http404. One query."""
    lus = Besoin.objects.visible_to(user).select_related(
        "dispositif__organisation", "demandeur", "territoire__departement", "genre", "mediateur"
    )
    trouve: Besoin | None = lus.filter(pk=pk).first()
    if trouve is None:
        raise Http404
    return trouve
