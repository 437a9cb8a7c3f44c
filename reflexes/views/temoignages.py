"""Témoignages: brought by who takes part in the enquête, followed, corrected and withdrawn by the same."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from comptes.models import Utilisateur
from comptes.refus import DecisionImpossible
from config import places
from reflexes.forms_temoignage import TemoignageForm
from reflexes.models import ControverseFigee, Enquete, Temoignage, TerrainFige

PAR_PAGE = 20
lire_et_ecrire = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def temoigner(request: HttpRequest, cle: str) -> HttpResponse:
    """On which terrain? One choice, then the words."""
    enquete = _enquete_de(request, cle)
    controverses = ControverseFigee.objects.en_vigueur().filter(version__enquete=enquete)
    contexte = {
        "rubrique": "cartographie",
        "enquete": enquete,
        "controverses": controverses.prefetch_related("terrains").order_by("numero"),
    }
    return render(request, "reflexes/temoignages/terrains.html", contexte)


@lire_et_ecrire
def deposer(request: HttpRequest, cle: str, terrain: int) -> HttpResponse:
    """The words, the pole, who speaks from where, and their consent."""
    enquete = _enquete_de(request, cle)
    figes = TerrainFige.objects.en_vigueur().select_related("controverse", "terrain")
    fige = get_object_or_404(figes, terrain=terrain, version__enquete=enquete)
    form = TemoignageForm(request.POST or None, terrain=fige)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, Utilisateur)
        try:
            Temoignage.deposer(par=request.user, enquete=enquete, terrain=fige.terrain, **form.mots)
        except DecisionImpossible as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(
                request,
                "Merci. Une personne de la curation lira ce témoignage avant qu'il paraisse ; "
                "un message vous dira la suite.",
            )
            return redirect("reflexes:mes_temoignages")
    return _page(request, form, fige, enquete)


@require_safe
def miens(request: HttpRequest) -> HttpResponse:
    """What I brought, latest first: read or not, published or not, and why."""
    place = places.lire(request.GET.get("avant", ""))
    siens = Temoignage.objects.de(request.user).pour_liste().order_by("-depose_le", "-pk")
    page = list(siens.deposes_avant(place)[: PAR_PAGE + 1])
    suite = places.suite(page, PAR_PAGE, "depose_le")
    contexte = {
        "rubrique": "espace",
        "temoignages": page[:PAR_PAGE],
        "suivante": f"?avant={suite}" if suite else "",
        "debut": "?" if place else "",
        "enquetes": Enquete.objects.ou_participe(request.user),
    }
    return render(request, "reflexes/temoignages/miens.html", contexte)


@lire_et_ecrire
def corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for one that is not published."""
    temoignage, user = _le_mien(request, pk)
    figes = TerrainFige.objects.publies().select_related("controverse", "terrain")
    fige = figes.filter(terrain=temoignage.terrain_id).order_by("-version__rang").first()
    if fige is None or temoignage.etat not in {"a_lire", "ecarte"}:
        messages.info(
            request, "Ce témoignage ne se corrige plus : retirez-le, puis apportez le nouveau."
        )
        return redirect("reflexes:mes_temoignages")
    depart = {nom: getattr(temoignage, nom) for nom in ("texte", "fonction", "type_organisation")}
    depart |= {"pole": temoignage.pole or "ni", "consentement": temoignage.consentement}
    form = TemoignageForm(request.POST or None, terrain=fige, initial=depart)
    if request.method == "POST" and form.is_valid():
        try:
            temoignage.corriger(par=user, **form.mots)
        except DecisionImpossible as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "C'est corrigé : il sera relu avant de paraître.")
            return redirect("reflexes:mes_temoignages")
    return _page(request, form, fige, temoignage.enquete, temoignage)


@lire_et_ecrire
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once, says what goes. A second click finds it gone."""
    temoignage, user = _le_mien(request, pk)
    if request.method == "POST":
        temoignage.retirer(par=user)
        messages.success(request, "Le témoignage est retiré : il n'en reste aucun mot sur le site.")
        return redirect("reflexes:mes_temoignages")
    contexte = {"rubrique": "espace", "temoignage": temoignage}
    return render(request, "reflexes/temoignages/retirer.html", contexte)


def _enquete_de(request: HttpRequest, cle: str) -> Enquete:
    """The enquête, for who takes part; 403 for the others."""
    enquete = get_object_or_404(Enquete, cle=cle)
    if not request.user.has_perm("reflexes.participer", enquete):
        raise PermissionDenied
    return enquete


def _le_mien(request: HttpRequest, pk: int) -> tuple[Temoignage, Utilisateur]:
    """One I brought; that of somebody else does not exist."""
    if not isinstance(request.user, Utilisateur):
        raise Http404
    siens = Temoignage.objects.de(request.user).pour_liste()
    return get_object_or_404(siens, pk=pk), request.user


def _page(
    request: HttpRequest,
    form: TemoignageForm,
    fige: TerrainFige,
    enquete: Enquete,
    temoignage: Temoignage | None = None,
) -> HttpResponse:
    contexte: dict[str, Any] = {
        "rubrique": "cartographie",
        "form": form,
        "terrain": fige,
        "enquete": enquete,
        "temoignage": temoignage,
    }
    statut = 422 if form.is_bound else 200
    return render(request, "reflexes/temoignages/formulaire.html", contexte, status=statut)
