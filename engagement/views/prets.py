"""Loans: one screen for leaving and coming back, by account or by link; and when a thing is free."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from config.fichiers import servir_en_petit
from engagement import agenda_pret
from engagement.acces import RequeteConnectee, pret_a_suivre
from engagement.liens import mise_du_jeton
from engagement.models import Offre, PhotoPret, Pret
from engagement.views.discretion import discrete
from engagement.views.pages_de_pret import EcranDePret


@require_http_methods(["GET", "HEAD", "POST"])
def pret(request: RequeteConnectee, pk: int) -> HttpResponse:
    """For the cellule, and for whoever lends with an account."""
    return EcranDePret(request, pret_a_suivre(request.user, pk), par=request.user).repondre()


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mon_pret(request: HttpRequest, jeton: str) -> HttpResponse:
    """For whoever lends, by their personal link. GET changes nothing."""
    return EcranDePret(request, _pret_du_jeton(jeton), jeton=jeton).repondre()


@require_safe
def photo_pret(request: RequeteConnectee, pk: int) -> HttpResponse:
    """A picture, for the cellule and for whoever lends the thing."""
    visibles = Pret.objects.visible_to(request.user).values("pk")
    return servir_en_petit(get_object_or_404(PhotoPret, pk=pk, pret__in=visibles).fichier)


@discrete
@login_not_required
@require_safe
def photo_de_mon_pret(request: HttpRequest, jeton: str, pk: int) -> HttpResponse:
    """The same, by the personal link."""
    return servir_en_petit(get_object_or_404(PhotoPret, pk=pk, pret=_pret_du_jeton(jeton)).fichier)


@require_safe
def calendrier_objet(request: RequeteConnectee, pk: int) -> HttpResponse:
    """When a thing is free: eight weeks, and its loans to come. Four queries."""
    offres = Offre.objects.visible_to(request.user).select_related("dispositif")
    offre = get_object_or_404(offres.exclude(nature="temps"), pk=pk)
    contexte = {
        "offre": offre,
        "semaines": agenda_pret.semaines(offre),
        "periodes": agenda_pret.periodes_prises(offre),
    }
    return render(request, "engagement/prets/calendrier.html", contexte)


def _pret_du_jeton(jeton: str) -> Pret:
    """The loan of the person whose link it is; whoever borrows notes nothing. Raises Http404."""
    trouvee = mise_du_jeton(jeton)
    if trouvee is None or trouvee[1] != "personne":
        raise Http404
    prets = Pret.objects.select_related("offre")
    pret: Pret = get_object_or_404(prets, mise_en_relation=trouvee[0])
    pret.mise_en_relation = trouvee[0]
    return pret
