"""Who could answer a need, what an offer could answer, and proposing one to the other: always by hand."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config.reperes import instant_lu, repere
from engagement import suggestions
from engagement.acces import RequeteConnectee, besoin_du_guichet, offre_du_guichet
from engagement.forms.suggestions import FiltreOffres, PropositionForm
from engagement.lettre_de_proposition import premiers_mots
from engagement.models import MiseEnRelation, Offre
from engagement.refus import ActionRefusee
from engagement.suivi_besoin import en_clair

PAR_PAGE = 20


@require_safe
def suggestions_besoin(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The best twenty offers for a need, with what fits and what does not. Seven queries."""
    besoin = besoin_du_guichet(request.user, pk)
    contexte = {
        "besoin": besoin,
        "dispositif": besoin.dispositif,
        "demande": en_clair(besoin),
        "vus": suggestions.pour_besoin(besoin),
        "ordre": suggestions.ORDRE_EN_MOTS,
    }
    return render(request, "engagement/suggestions/besoin.html", contexte)


@require_safe
def suggestions_offre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The best twenty needs for an offer; or why it may not be proposed today."""
    offre = offre_du_guichet(request.user, pk)
    contexte = {
        "offre": offre,
        "dispositif": offre.dispositif,
        "obstacles": suggestions.obstacles_de_l_offre(offre),
        "vus": suggestions.pour_offre(offre),
        "ordre": suggestions.ORDRE_DES_BESOINS_EN_MOTS,
    }
    return render(request, "engagement/suggestions/offre.html", contexte)


@require_safe
def chercher_offre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Anybody, by name or words, with the reasons and what forbids to propose the others."""
    besoin = besoin_du_guichet(request.user, pk)
    filtre = FiltreOffres(request.GET)
    lues = filtre.appliquer(besoin).select_related("personne", "territoire", "dispositif")
    place = instant_lu(request.GET.get("apres", ""))
    if place is not None:
        lues = lues.apres(*place)
    page: list[Offre] = list(lues.defer("recherche")[: PAR_PAGE + 1])
    debut, suite = request.GET.copy(), request.GET.copy()
    debut.pop("apres", None)
    if len(page) > PAR_PAGE:
        suite["apres"] = repere(page[PAR_PAGE - 1].cree_le, page[PAR_PAGE - 1].pk)
    vus = suggestions.entre(besoin, page[:PAR_PAGE])
    contexte = {
        "besoin": besoin,
        "dispositif": besoin.dispositif,
        "filtre": filtre,
        "vus": [vus[offre.pk] for offre in page[:PAR_PAGE] if offre.pk in vus],
        "suivante": f"?{suite.urlencode()}" if len(page) > PAR_PAGE else "",
        "debut": f"?{debut.urlencode()}" if place else "",
    }
    return render(request, "engagement/suggestions/chercher.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def proposer(request: RequeteConnectee, pk: int, offre_pk: int) -> HttpResponse:
    """The message as it will leave, then one click. Nothing leaves before it."""
    besoin, offre = besoin_du_guichet(request.user, pk), offre_du_guichet(request.user, offre_pk)
    if offre.dispositif_id != besoin.dispositif_id:
        raise Http404
    vu = suggestions.entre(besoin, [offre]).get(offre.pk)
    if vu is None:  # time for a need of a place, or the other way round
        raise Http404
    premieres = {premiere.offre.pk for premiere in suggestions.pour_besoin(besoin)}
    form = PropositionForm(
        request.POST if request.method == "POST" else None,
        hors_des_premieres=offre.pk not in premieres and not vu.obstacles,
        mot=premiers_mots(besoin, offre, request.user),
    )
    contexte = {
        "besoin": besoin,
        "dispositif": besoin.dispositif,
        "offre": offre,
        "vu": vu,
        "form": form,
    }
    if form.is_bound and form.is_valid():
        try:
            mise = MiseEnRelation.proposer(
                besoin=besoin, offre=offre, par=request.user, **form.cleaned_data
            )
        except ActionRefusee as refus:
            contexte["refus"] = refus.obstacles
            return render(request, "engagement/suggestions/proposer.html", contexte, status=409)
        messages.success(request, _ce_qui_part(offre))
        return redirect(mise)
    statut = 422 if form.is_bound else 200
    return render(request, "engagement/suggestions/proposer.html", contexte, status=statut)


def _ce_qui_part(offre: Offre) -> str:
    if offre.personne.joignable:
        return "Proposition envoyée. La réponse arrivera ici."
    return "Proposition notée. Cette personne n'a pas d'adresse e-mail : appelez-la."
