"""A person as the cellule sees them: coordinates only after a gesture, and each look is logged."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from comptes.models import Utilisateur
from engagement.acces import RequeteConnectee
from engagement.forms.gestes_personnels import AbsenceForm
from engagement.forms.personnes import CorrectionForm
from engagement.models import ConsultationContact, Dispositif, Ligne, Personne
from engagement.refus import ActionRefusee
from engagement.views.discretion import discrete

REGARDS = 50


@discrete
@require_http_methods(["GET", "HEAD", "POST"])
def personne(request: RequeteConnectee, pk: int) -> HttpResponse:
    """GET shows no coordinates. POST « voir » shows them, once, and writes who looked."""
    personne = personne_du_guichet(request.user, pk)
    if request.method != "POST":
        return _page(request, personne)
    geste = request.POST.get("geste", "")
    if geste == "voir" and personne.effacee_le is None:
        ConsultationContact.objects.create(
            personne=personne, par=request.user, page=request.POST.get("page", "")[:80] or "Sa page"
        )
        return _page(request, personne, form=CorrectionForm(instance=personne))
    if geste == "absence":
        return _noter_absence(request, personne)
    if geste == "pause":
        personne.mettre_en_pause(par=request.user)
        messages.success(request, "En pause : rien ne lui sera proposé.")
    elif geste == "reprendre":
        personne.reprendre(par=request.user)
        messages.success(request, "De retour : on peut lui proposer une mission.")
    else:
        messages.error(request, "Ce geste n'existe pas : rien n'a été changé.")
    return redirect("engagement:personne", pk)


def _noter_absence(request: RequeteConnectee, personne: Personne) -> HttpResponse:
    absence = AbsenceForm(request.POST)
    if not absence.is_valid():
        return _page(request, personne, absence=absence, statut=422)
    try:
        jours = absence.cleaned_data
        personne.s_absenter(jours["debut"], jours["fin"], par=request.user)
    except ActionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "Absence notée : rien ne lui sera proposé ces jours-là.")
    return redirect("engagement:personne", personne.pk)


@discrete
@require_POST
def corriger_personne(request: RequeteConnectee, pk: int) -> HttpResponse:
    """What they said on the phone replaces what was written."""
    personne = personne_du_guichet(request.user, pk)
    if personne.effacee_le is not None:
        raise Http404
    form = CorrectionForm(request.POST, instance=personne)
    if not form.is_valid():
        return _page(request, personne, form=form, statut=422)
    personne.corriger(form.champs_de_la_personne, par=request.user)
    messages.success(request, "C'est corrigé.")
    return redirect("engagement:personne", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def effacer_personne(request: RequeteConnectee, pk: int) -> HttpResponse:
    """They asked for it by phone or at the counter: forgotten, for good."""
    personne = personne_du_guichet(request.user, pk)
    if personne.effacee_le is not None:
        return redirect("engagement:personne", pk)
    if request.method == "POST":
        try:
            personne.effacer(par=request.user)
            messages.success(request, "C'est effacé, pour de bon.")
            return redirect("engagement:personne", pk)
        except ActionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("engagement:effacer_personne", pk)
    contexte = {
        "dispositif": personne.dispositif,
        "personne": personne,
        "obstacles": personne.obstacles_a_l_effacement(),
    }
    return render(request, "engagement/personnes/effacer.html", contexte)


def personne_du_guichet(user: Utilisateur, pk: int) -> Personne:
    """A person of a dispositif whose desk this reader keeps. Raises Http404 for anybody else. One query."""
    siens = Dispositif.objects.de_la_cellule(user)
    personnes = Personne.objects.filter(dispositif__in=siens)
    trouvee: Personne | None = (
        personnes.select_related("dispositif__organisation", "organisation").filter(pk=pk).first()
    )
    if trouvee is None:
        raise Http404
    return trouvee


def _page(
    request: HttpRequest,
    personne: Personne,
    *,
    form: CorrectionForm | None = None,
    absence: AbsenceForm | None = None,
    statut: int = 200,
) -> HttpResponse:
    contexte: dict[str, Any] = {
        "dispositif": personne.dispositif,
        "personne": personne,
        "form": form,
        "absence": absence or AbsenceForm(),
        "absences": personne.absences.all(),
        "offres": personne.offres.select_related("territoire"),
        "besoins": personne.besoins.all(),
        "mises": personne.mises_en_relation.select_related("besoin"),
        "regards": personne.consultations.select_related("par")[:REGARDS],
        "historique": Ligne.objects.filter(sujet=f"personne:{personne.pk}").select_related("par"),
    }
    return render(request, "engagement/personnes/personne.html", contexte, status=statut)
