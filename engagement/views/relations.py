"""The cellule's pages of a mise en relation: where it stands, and its letter."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from engagement.acces import RequeteConnectee, mise_en_relation_du_guichet
from engagement.accords import etat_des_accords
from engagement.forms.gestes import agir, formulaires
from engagement.forms.lettre import LettreForm, lettre_pour
from engagement.forms.relation import Saisie
from engagement.lettre import texte_de
from engagement.manques_lettre import manques_pour_demander
from engagement.models import Ligne, MiseEnRelation
from engagement.refus import ActionRefusee
from engagement.suite import gestes_permis, suite

POSSIBLES = ["GET", "HEAD", "POST"]


@require_http_methods(POSSIBLES)
def mise_en_relation(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Where it stands, its one next step, and all that was said. Only a POST acts."""
    mise = _charger(request, pk)
    if request.method != "POST":
        return _page(request, mise, formulaires(mise))
    geste = request.POST.get("geste", "")
    forms = formulaires(mise, geste, request.POST)
    form = forms.get(geste)
    if form is not None and not form.is_valid():
        return _page(request, mise, forms, geste=geste, statut=422)
    try:
        messages.success(request, agir(geste, mise, request.user, form))
    except ActionRefusee as refus:
        mise = _charger(request, pk)
        forms = formulaires(mise, geste, request.POST)
        return _page(request, mise, forms, geste=geste, refus=refus.obstacles, statut=409)
    return redirect(mise)


def _charger(request: RequeteConnectee, pk: int) -> MiseEnRelation:
    """With its half-days and its accords, which the page asks for several times. Three queries."""
    mise = mise_en_relation_du_guichet(request.user, pk)
    prefetch_related_objects([mise], "creneaux", "accords")
    return mise


def _page(
    request: HttpRequest,
    mise: MiseEnRelation,
    forms: dict[str, Saisie],
    *,
    geste: str = "",
    refus: list[str] | None = None,
    statut: int = 200,
) -> HttpResponse:
    lettree = mise.etat not in ("proposee", "en_discussion")
    contexte = {
        "mise": mise,
        "suite": suite(mise),
        "forms": forms,
        "form": forms.get(geste),
        "geste": geste,
        "refus": refus or [],
        "permis": gestes_permis(mise),
        "echanges": mise.echanges.select_related("auteur"),
        "lettre": texte_de(mise) if lettree else "",
        "accords": etat_des_accords(mise) if lettree and mise.accords.all() else [],
        "motif_prive": getattr(mise, "motif_prive", None),
        "attente": getattr(mise, "attente", None),
        "histoire": Ligne.objects.filter(sujet=f"mise_en_relation:{mise.pk}")
        .select_related("par")
        .order_by("le", "pk"),
    }
    return render(request, "engagement/relations/mise_en_relation.html", contexte, status=statut)


@require_http_methods(POSSIBLES)
def lettre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Write the letter; « demander » asks for the accords at once."""
    mise = mise_en_relation_du_guichet(request.user, pk)
    form = lettre_pour(mise, request.POST if request.method == "POST" else None)
    refus: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _ecrire(form, request))
            return redirect(mise)
        except ActionRefusee as raison:
            refus = raison.obstacles
            mise = mise_en_relation_du_guichet(request.user, pk)
    contexte = {
        "mise": mise,
        "form": form,
        "refus": refus,
        "texte": texte_de(mise),
        "manques": manques_pour_demander(mise),
        "demandes": mise.accords.filter(etat__in=["demande", "donne", "refuse"]).exists(),
    }
    statut = 200 if request.method != "POST" else 409 if refus else 422
    return render(request, "engagement/relations/lettre.html", contexte, status=statut)


def _ecrire(form: LettreForm, request: RequeteConnectee) -> str:
    """What was typed is saved, even when the accords cannot be asked yet."""
    form.mise.rediger(par=request.user, **form.valeurs())
    if request.POST.get("suite") == "demander" and not manques_pour_demander(form.mise):
        form.mise.demander_accords(par=request.user)
        return "Lettre enregistrée, accords demandés."
    return "Lettre enregistrée."
