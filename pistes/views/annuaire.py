"""The annuaire of a territory's actors: read, fed with its owners' consent, taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import Utilisateur
from config.saisie import numero
from pistes.filtre_annuaire import FiltreAnnuaire
from pistes.forms_annuaire import FicheForm
from pistes.models import Cahier, FicheActeur
from pistes.transitions import TransitionRefusee

PAR_PAGE = 30


@require_safe
def annuaire(request: HttpRequest) -> HttpResponse:
    """The entries their owner has accepted, for people who are signed in: not for robots nor mailings."""
    filtre = FiltreAnnuaire(request.GET)
    fiches = filtre.appliquer(FicheActeur.objects.dans_l_annuaire())
    fiches = fiches.select_related("territoire__departement").order_by("nom", "pk")
    contexte = {
        "rubrique": "chantiers",
        "filtre": filtre,
        "page": Paginator(fiches, PAR_PAGE).get_page(request.GET.get("page")),
        "peut_proposer": request.user.has_perm("pistes.proposer_fiche"),
    }
    return render(request, "pistes/annuaire/annuaire.html", contexte)


@permission_required("pistes.proposer_fiche", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def proposer(request: HttpRequest) -> HttpResponse:
    """Ask an actor whether they want to be there; ``?cahier=`` names the écoute where they were met."""
    assert isinstance(request.user, Utilisateur)
    cahier = _cahier(request)
    initial = {"territoire_nom": cahier.territoire.nom} if cahier and cahier.territoire else {}
    form = FicheForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            FicheActeur.proposer(par=request.user, cahier=cahier, **form.champs)
        except TransitionRefusee as refus:
            form.add_error(None, " ".join(refus.obstacles))
        else:
            messages.success(
                request,
                "La question est posée par courriel. La fiche paraîtra si la personne accepte.",
            )
            return redirect("pistes:fiches_proposees")
    contexte = {"rubrique": "chantiers", "form": form, "cahier": cahier}
    statut = 422 if request.method == "POST" else 200
    return render(request, "pistes/annuaire/proposer.html", contexte, status=statut)


def _cahier(request: HttpRequest) -> Cahier | None:
    """The écoute it comes from, when this person may write in it."""
    pk = numero(request.GET.get("cahier", ""))
    cahiers = Cahier.objects.select_related("territoire")
    cahier: Cahier | None = cahiers.filter(pk=pk).first() if pk else None
    return cahier if cahier and request.user.has_perm("pistes.modifier_cahier", cahier) else None


@permission_required("pistes.proposer_fiche", raise_exception=True)
@require_safe
def proposees(request: HttpRequest) -> HttpResponse:
    """What my organisations have proposed, and what became of it."""
    assert isinstance(request.user, Utilisateur)
    siennes = request.user.adhesions.actives().values("organisation")
    fiches = FicheActeur.objects.filter(organisation__in=siennes)
    fiches = fiches.select_related("organisation", "territoire").order_by("-demande_le", "-pk")
    contexte = {
        "rubrique": "chantiers",
        "page": Paginator(fiches, PAR_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "pistes/annuaire/proposees.html", contexte)


@permission_required("pistes.proposer_fiche", raise_exception=True)
@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back: it goes with its address. Clicked twice, it says that it is gone."""
    assert isinstance(request.user, Utilisateur)
    siennes = request.user.adhesions.actives().values("organisation")
    fiche = FicheActeur.objects.filter(pk=pk, organisation__in=siennes).first()
    if fiche is None:
        messages.info(request, "Cette fiche n'est pas, ou n'est plus, à votre organisation.")
        return redirect("pistes:fiches_proposees")
    try:
        fiche.abandonner(par=request.user)
    except TransitionRefusee as refus:
        messages.error(request, " ".join(refus.obstacles))
    else:
        messages.success(request, "La fiche et l'adresse sont effacées.")
    return redirect("pistes:fiches_proposees")
