"""What is held on oneself, by one's personal link: corrected, taken away as a file, erased."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from engagement.forms.personnes import CorrectionForm
from engagement.models import Personne
from engagement.refus import ActionRefusee
from engagement.tout_sur_moi import tout
from engagement.views.discretion import discrete


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mes_coordonnees(request: HttpRequest, jeton: str) -> HttpResponse:
    """Correct what is known of oneself."""
    personne = Personne.de_jeton(jeton)
    if personne is None:
        return inconnu(request)
    form = CorrectionForm(request.POST if request.method == "POST" else None, instance=personne)
    if form.is_bound and form.is_valid():
        personne.corriger(form.champs_de_la_personne)
        messages.success(request, "C'est noté.")
        return redirect("engagement:mon_engagement", jeton)
    contexte = {"personne": personne, "dispositif": personne.dispositif, "form": form}
    statut = 422 if form.is_bound else 200
    return render(request, "engagement/moi/coordonnees.html", contexte, status=statut)


@discrete
@login_not_required
@require_safe
def mes_donnees(request: HttpRequest, jeton: str) -> HttpResponse:
    """All about me, as a file."""
    personne = Personne.de_jeton(jeton)
    if personne is None:
        return inconnu(request)
    nom = f"{slugify(personne.dispositif.nom)[:60] or 'mes-donnees'}.json"
    return JsonResponse(
        tout(personne),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def effacer_mes_donnees(request: HttpRequest, jeton: str) -> HttpResponse:
    """Says what goes and what stays as figures; then forgets, for good. A second click says the same thing."""
    personne = Personne.de_jeton(jeton)
    if personne is None:
        partie = Personne.de_jeton(jeton, effacee=True) if request.method == "POST" else None
        if partie is None:
            return inconnu(request)
        contexte = {"dispositif": partie.dispositif}
        return render(request, "engagement/moi/effacee.html", contexte)
    refus = ""
    contexte = {"dispositif": personne.dispositif}
    if request.method == "POST":
        try:
            personne.effacer()
            return render(request, "engagement/moi/effacee.html", contexte)
        except ActionRefusee as raison:
            refus = str(raison)
    obstacles = [refus] if refus else personne.obstacles_a_l_effacement()
    page = {**contexte, "personne": personne, "obstacles": obstacles}
    statut = 409 if refus else 200
    return render(request, "engagement/moi/effacer.html", page, status=statut)


def inconnu(request: HttpRequest) -> HttpResponse:
    """Damaged, cut by a mail program, or of somebody who asked to be forgotten: the same words."""
    return render(request, "engagement/moi/inconnu.html", status=404)
