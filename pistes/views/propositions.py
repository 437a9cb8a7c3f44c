"""Proposals: deposited from the page of a piste, followed by who made them, answered by the curation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import Utilisateur
from config import places
from pistes.forms_curation import PropositionForm, ReponseForm
from pistes.models import EditionPiste, Proposition
from pistes.propositions import accepter
from pistes.transitions import TransitionRefusee
from pistes.views.brouillons import reserve

PAR_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def proposer(request: HttpRequest, slug: str) -> HttpResponse:
    """An inspiration, a correction, a return of experience; on a public piste only."""
    assert isinstance(request.user, Utilisateur)
    editions = EditionPiste.objects.publies().select_related("piste")
    edition = get_object_or_404(editions, piste__slug=slug)
    form = PropositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            Proposition.deposer(par=request.user, piste=edition.piste, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error(None, " ".join(refus.obstacles))
        else:
            messages.success(
                request,
                "Votre proposition est déposée. Vous recevrez la réponse, quelle qu'elle soit, "
                "avec sa raison ; elle sera aussi sur cette page.",
            )
            return redirect("pistes:mes_propositions")
    contexte = {"rubrique": "pistes", "edition": edition, "piste": edition.piste, "form": form}
    statut = 422 if request.method == "POST" else 200
    return render(request, "pistes/proposer.html", contexte, status=statut)


@require_safe
def miennes(request: HttpRequest) -> HttpResponse:
    """What I proposed, latest first, and how each one ended."""
    assert isinstance(request.user, Utilisateur)
    propositions = Proposition.objects.de(request.user).pour_liste().order_by("-deposee_le", "-pk")
    place = places.lire(request.GET.get("avant", ""))
    if place:
        propositions = propositions.avant(*place)
    page = list(propositions[: PAR_PAGE + 1])
    suite = places.suite(page, PAR_PAGE, "deposee_le")
    contexte = {
        "rubrique": "espace",
        "propositions": page[:PAR_PAGE],
        "suivante": f"?avant={suite}" if suite else "",
        "debut": "?" if place else "",
    }
    return render(request, "pistes/mes_propositions.html", contexte)


@reserve
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, oldest first."""
    propositions = Proposition.objects.en_attente().pour_liste()
    nombre = Proposition.objects.en_attente().count()
    place = places.lire(request.GET.get("apres", ""))
    if place:
        propositions = propositions.apres(*place)
    page = list(propositions[: PAR_PAGE + 1])
    suite = places.suite(page, PAR_PAGE, "deposee_le")
    contexte = {
        "rubrique": "pistes",
        "propositions": page[:PAR_PAGE],
        "nombre": nombre,
        "suivante": f"?apres={suite}" if suite else "",
        "debut": "?" if place else "",
    }
    return render(request, "pistes/propositions.html", contexte)


@reserve
@require_safe
def proposition(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, and its answer."""
    proposition = get_object_or_404(Proposition.objects.pour_liste(), pk=pk)
    return _montrer(request, proposition, ReponseForm())


@reserve
@require_POST
def repondre(request: HttpRequest, pk: int, accepte: bool) -> HttpResponse:
    """Yes or no. A yes to an inspiration leads to the draft that holds it."""
    if not isinstance(request.user, Utilisateur):
        raise PermissionDenied
    proposition = get_object_or_404(Proposition.objects.pour_liste(), pk=pk)
    form = ReponseForm(request.POST)
    if not form.is_valid():
        return _montrer(request, proposition, form, statut=422)
    reponse = form.cleaned_data["reponse"]
    try:
        if accepte:
            brouillon = accepter(proposition, par=request.user, reponse=reponse)
        else:
            brouillon = None
            proposition.refuser(par=request.user, reponse=reponse)
    except TransitionRefusee as refus:
        for obstacle in refus.obstacles:
            form.add_error(None if proposition.etat != "attend" else "reponse", obstacle)
        return _montrer(request, proposition, form, statut=409)
    messages.success(request, "Réponse enregistrée : la personne en est prévenue.")
    if brouillon is not None:
        messages.info(
            request, "Ce brouillon contient l'inspiration : relisez ses mots et son titre."
        )
        return redirect(brouillon.get_edit_url())
    return redirect("pistes:propositions")


def _montrer(
    request: HttpRequest, proposition: Proposition, form: ReponseForm, statut: int = 200
) -> HttpResponse:
    contexte: dict[str, Any] = {"rubrique": "pistes", "proposition": proposition, "form": form}
    return render(request, "pistes/proposition.html", contexte, status=statut)
