"""The dispositifs: the list of those one can join, the public page of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.jours import jour_de
from config.reperes import jour_lu, repere
from engagement import cloture
from engagement.acces import dispositif_a_lire
from engagement.chiffres import chiffres
from engagement.filtres_dispositifs import FiltreDispositifs
from engagement.models import Dispositif
from engagement.perms import est_referent, peut_ouvrir, tient_le_guichet
from engagement.recit import mots_choisis

PAR_PAGE = 20
MOTS = 3


@login_not_required
@require_safe
def dispositifs(request: HttpRequest) -> HttpResponse:
    """Those this reader may see, through the filters of the address. Five queries at most."""
    filtre = FiltreDispositifs(request.GET)
    lignes = filtre.appliquer(Dispositif.objects.visible_to(request.user))
    lignes = lignes.select_related("organisation", "territoire").order_by("-debut", "-pk")
    place = jour_lu(request.GET.get("apres", ""))
    if place:
        lignes = lignes.apres(*place)
    page = list(lignes[: PAR_PAGE + 1])
    debut, suite = request.GET.copy(), request.GET.copy()
    debut.pop("apres", None)
    dernier = page[PAR_PAGE - 1] if len(page) > PAR_PAGE else None
    suite["apres"] = repere(dernier.debut, dernier.pk) if dernier else ""
    contexte = {
        "rubrique": "engagement",
        "filtre": filtre,
        "dispositifs": page[:PAR_PAGE],
        "suivante": f"?{suite.urlencode()}" if dernier else "",
        "debut": f"?{debut.urlencode()}" if place else "",
        "jour": jour_de(),
        "peut_ouvrir": est_referent(request.user),
    }
    return render(request, "engagement/dispositifs/liste.html", contexte)


@login_not_required
@require_safe
def dispositif(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, who may offer what, what is asked of whom; its buttons. Ten queries at most."""
    lu = dispositif_a_lire(request.user, pk)
    user = request.user
    du_guichet = user.is_authenticated and tient_le_guichet(user, lu)
    contexte = {
        "rubrique": "engagement",
        "dispositif": lu,
        "ouvert": lu.est_ouvert(),
        "a_venir": lu.etat == Dispositif.Etat.OUVERT and lu.debut > jour_de(),
        "a_clore": lu.est_a_clore(),
        "genres": lu.genres.all(),
        "faits": chiffres(lu),
        "mots": mots_choisis(lu)[:MOTS] if lu.recit_est_public else [],
        "du_guichet": du_guichet,
        "peut_regler": du_guichet or (user.is_authenticated and peut_ouvrir(user, lu.organisation)),
        "restes": cloture.compter(lu) if lu.cloture_en_cours else None,
    }
    return render(request, "engagement/dispositifs/dispositif.html", contexte)
