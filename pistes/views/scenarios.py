"""The library of crises: everybody reads it, curateur·rices edit it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pistes.confrontations import crises
from pistes.crises import ouvrir_une_crise
from pistes.forms_crash_test import ScenarioForm
from pistes.models import Scenario

reserve = permission_required("pistes.modifier_scenario", raise_exception=True)
lire_et_ecrire = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def scenarios(request: HttpRequest) -> HttpResponse:
    """Every crisis: what happens, and the questions it asks."""
    contexte = {
        "rubrique": "chantiers",
        "crises": crises(),
        "peut_modifier": request.user.has_perm("pistes.modifier_scenario"),
    }
    return render(request, "pistes/crash_tests/scenarios.html", contexte)


@reserve
@lire_et_ecrire
def nouveau(request: HttpRequest) -> HttpResponse:
    """One more crisis, at the end."""
    rang = Scenario.objects.count() + 1
    form = ScenarioForm(request.POST or None, initial={"rang": rang})
    if request.method == "POST" and form.is_valid():
        ouvrir_une_crise(form.instance)
        messages.success(request, "La crise est dans la bibliothèque.")
        return redirect("pistes:scenarios")
    return _page(request, form, None)


@reserve
@lire_et_ecrire
@transaction.atomic
def modifier(request: HttpRequest, cle: str) -> HttpResponse:
    """Its words. Two people at once: the second sees both texts."""
    scenario = get_object_or_404(Scenario.objects.select_for_update(), cle=cle)
    form = ScenarioForm(request.POST or None, instance=scenario)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "C'est enregistré.")
        return redirect("pistes:scenarios")
    return _page(request, form, Scenario.objects.get(pk=scenario.pk))


def _page(request: HttpRequest, form: ScenarioForm, scenario: Scenario | None) -> HttpResponse:
    contexte = {"rubrique": "chantiers", "form": form, "scenario": scenario}
    statut = 409 if form.divergences else 422
    statut = statut if request.method == "POST" else 200
    return render(request, "pistes/crash_tests/scenario.html", contexte, status=statut)
