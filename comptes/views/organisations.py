"""Organisations: finding one by its name, its page, a new one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.creation import creer_organisation
from comptes.forms import OrganisationForm
from comptes.models import Adhesion, Organisation, Territoire, Utilisateur
from config.saisie import numero

PAR_PAGE = 30
PROPOSITIONS = 10
TESTS = 20


@login_not_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All by name, or what answers ``?q=``: organisations first, then territories to create one from."""
    saisie = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    contexte = {"saisie": saisie, **(_trouvailles(request, saisie) if saisie else _toutes(request))}
    en_fragment = bool(getattr(request, "htmx", False))
    gabarit = "comptes/_resultats.html" if en_fragment else "comptes/organisations.html"
    reponse = render(request, gabarit, contexte)
    patch_vary_headers(reponse, ["HX-Request"])
    return reponse


def _trouvailles(request: HttpRequest, saisie: str) -> dict[str, Any]:
    visibles = Organisation.objects.visible_to(request.user)
    territoires = Territoire.objects.nommes(saisie).sans_organisation()
    return {
        "organisations": visibles.nommees(saisie).select_related("territoire")[:PROPOSITIONS],
        "territoires": territoires.select_related("departement")[:PROPOSITIONS],
    }


def _toutes(request: HttpRequest) -> dict[str, Any]:
    visibles = Organisation.objects.visible_to(request.user)
    page = Paginator(visibles.select_related("territoire").order_by("nom", "pk"), PAR_PAGE)
    return {"page": page.get_page(request.GET.get("page"))}


@login_not_required
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """The public face, with the tests this reader may see."""
    visibles = Organisation.objects.visible_to(request.user)
    trouvee = get_object_or_404(visibles.select_related("territoire__departement"), pk=pk)
    user = request.user if isinstance(request.user, Utilisateur) else None
    tests = list(trouvee.tests.visible_to(request.user).pour_liste()[: TESTS + 1])
    contexte = {
        "organisation": trouvee,
        "tests": tests[:TESTS],
        "autres_tests": len(tests) > TESTS,
        # Of a room that comes later: shown through the organisation itself.
        "dispositifs": trouvee.dispositifs.visible_to(request.user)[:TESTS],
        "adhesion": trouvee.adhesions.filter(utilisateur=user).first() if user else None,
        "sans_referent": not trouvee.adhesions.referents().exists(),
    }
    return render(request, "comptes/organisation.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle(request: HttpRequest) -> HttpResponse:
    """A new organisation, from ``?territoire=`` or by hand; one that is there already is joined."""
    assert isinstance(request.user, Utilisateur)
    code = request.GET.get("territoire", "")
    territoires = Territoire.objects.select_related("departement")
    territoire = get_object_or_404(territoires, pk=numero(code)) if code.isdecimal() else None
    form = OrganisationForm(request.POST or None, user=request.user, territoire=territoire)
    if request.method == "POST" and form.is_valid():
        if form.existante is not None:
            return _rejoindre_plutot(request, form.existante)
        creee, premiere_fois = creer_organisation(form.instance, par=request.user)
        if not premiere_fois:
            return _rejoindre_plutot(request, creee)
        messages.success(
            request,
            "L'organisation est créée. Une personne de la plateforme la vérifie avant qu'elle paraisse.",
        )
        return redirect(creee)
    return render(request, "comptes/nouvelle.html", {"form": form, "territoire": territoire})


def _rejoindre_plutot(request: HttpRequest, existante: Organisation) -> HttpResponse:
    assert isinstance(request.user, Utilisateur)
    if existante.validee:
        messages.info(request, f"« {existante} » est déjà là : il reste à la rejoindre.")
    else:
        Adhesion.demander(
            utilisateur=request.user, organisation=existante, role=Adhesion.Role.REFERENT
        )
        messages.info(
            request, "Cette organisation attend une validation : votre demande est enregistrée."
        )
    return redirect(existante)


@require_POST
def valider(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrateur·rice lets everybody see it."""
    assert isinstance(request.user, Utilisateur)
    trouvee = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    trouvee.valider(par=request.user)
    messages.success(request, f"« {trouvee} » est validée. Répondez aussi aux demandes ci-dessous.")
    return redirect("comptes:membres", pk)
