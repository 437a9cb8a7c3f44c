"""Who keeps the desk: its page, coming in, leaving."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from comptes.models import Utilisateur
from config.saisie import numero
from engagement import cellule as la_cellule
from engagement.acces import RequeteConnectee, dispositif_a_regler
from engagement.forms.dispositifs import ArriveeForm
from engagement.models import Dispositif
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee

COLLEGUES = 100


@require_http_methods(["GET", "HEAD", "POST"])
def cellule(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Who is there; adding somebody by address, or among the members of the organisation."""
    dispositif = dispositif_a_regler(request.user, pk)
    form = ArriveeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        choisi = numero(request.POST.get("collegue", ""))
        arrive = _collegues(dispositif).filter(pk=choisi).first() if choisi else None
        if arrive is None and form.is_valid():
            arrive = form.trouve
        if arrive is not None:
            if la_cellule.ajouter(dispositif, arrive, par=request.user):
                messages.success(request, f"{arrive} tient maintenant le guichet.")
            else:
                messages.info(request, f"{arrive} est déjà dans la cellule.")
            return redirect("engagement:cellule", dispositif.pk)
    contexte = {
        "rubrique": "engagement",
        "dispositif": dispositif,
        "form": form,
        "mediations": dispositif.mediations.actives().select_related("utilisateur"),
        "collegues": _collegues(dispositif)[:COLLEGUES],
        "du_guichet": tient_le_guichet(request.user, dispositif),
    }
    statut = 422 if form.errors else 200
    return render(request, "engagement/dispositifs/cellule.html", contexte, status=statut)


def _collegues(dispositif: Dispositif) -> QuerySet[Utilisateur]:
    """Members of its organisation who do not keep the desk."""
    membres = Utilisateur.objects.filter(
        is_active=True,
        adhesions__organisation=dispositif.organisation_id,
        adhesions__etat="active",
    )
    dedans = dispositif.mediations.filter(jusqu_au=None).values("utilisateur")
    return membres.exclude(pk__in=dedans).order_by("nom", "pk")


@require_POST
def quitter_la_cellule(request: RequeteConnectee, pk: int, mediation: int) -> HttpResponse:
    """End a place, one's own or another's."""
    dispositif = dispositif_a_regler(request.user, pk)
    place = get_object_or_404(dispositif.mediations.select_related("utilisateur"), pk=mediation)
    try:
        la_cellule.retirer(place, par=request.user)
        messages.success(request, f"{place.utilisateur} ne tient plus le guichet.")
    except ActionRefusee as refus:
        messages.error(request, " ".join(refus.obstacles))
    if place.utilisateur_id == request.user.pk:
        return redirect(dispositif)
    return redirect("engagement:cellule", dispositif.pk)
