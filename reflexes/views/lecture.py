"""Témoignages read by a curateur·rice before anybody else: the queue, one of them, the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from comptes.models import Utilisateur
from comptes.refus import DecisionImpossible
from config import places
from reflexes.forms_temoignage import MotifForm
from reflexes.models import Temoignage

PAR_PAGE = 20
reserve = permission_required("reflexes.lire_temoignages", raise_exception=True)


@reserve
@require_safe
def a_lire(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; what may tell who somebody is, marked."""
    place = places.lire(request.GET.get("apres", ""))
    file = Temoignage.objects.a_lire()
    page = list(file.pour_liste().apres(place).order_by("depose_le", "pk")[: PAR_PAGE + 1])
    suite = places.suite(page, PAR_PAGE, "depose_le")
    contexte = {
        "rubrique": "cartographie",
        "temoignages": page[:PAR_PAGE],
        "nombre": file.count(),
        "suivante": f"?apres={suite}" if suite else "",
        "debut": "?" if place else "",
    }
    return render(request, "reflexes/temoignages/a_lire.html", contexte)


@reserve
@require_safe
def lire(request: HttpRequest, pk: int) -> HttpResponse:
    """One that waits, or that is published: to take it back."""
    return _montrer(request, _lisible(pk), MotifForm())


@reserve
@require_POST
def decider(request: HttpRequest, pk: int, publie: bool) -> HttpResponse:
    """Publish the words that were read, or set them aside with a reason."""
    if not isinstance(request.user, Utilisateur):
        raise PermissionDenied
    temoignage = get_object_or_404(Temoignage.objects.pour_liste(), pk=pk)
    form, lu = MotifForm(request.POST), request.POST.get("lu", "")[:64]
    try:
        if not form.is_valid():
            return _montrer(request, temoignage, form, statut=422)
        if publie:
            temoignage.publier(par=request.user, empreinte=lu)
        else:
            motif = form.cleaned_data["motif"]
            temoignage.ecarter(par=request.user, motif=motif, empreinte=lu)
    except DecisionImpossible as refus:
        form.add_error(None, str(refus))
        return _montrer(request, temoignage, form, statut=409)
    dit = "publié" if publie else "écarté"
    messages.success(
        request, f"Le témoignage est {dit}. La personne qui l'a apporté en est prévenue."
    )
    return redirect("reflexes:temoignages_a_lire")


def _lisible(pk: int) -> Temoignage:
    """Waiting or published: what was set aside or withdrawn is no more read by anybody else."""
    lisibles = Temoignage.objects.filter(etat__in=["a_lire", "publie"])
    temoignage: Temoignage = get_object_or_404(lisibles.pour_liste(), pk=pk)
    return temoignage


def _montrer(
    request: HttpRequest, temoignage: Temoignage, form: MotifForm, statut: int = 200
) -> HttpResponse:
    contexte = {"rubrique": "cartographie", "temoignage": temoignage, "form": form}
    return render(request, "reflexes/temoignages/lire.html", contexte, status=statut)
