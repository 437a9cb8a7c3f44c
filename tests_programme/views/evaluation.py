"""Evaluating: a draft saved as often as one likes, then read by somebody else."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from reflexes.models import empreinte_de
from tests_programme.acces import RequeteConnectee, a_mener, a_relire
from tests_programme.forms import EnseignementForm, EvaluationForm, ValeursForm, VoixForm
from tests_programme.forms.saisie import ChangeEntreTemps
from tests_programme.manques import Manque, TransitionRefusee
from tests_programme.models import Evaluation, Test
from tests_programme.seconde_lecture import empreinte_de_l_evaluation
from tests_programme.transitions import lecture_de
from tests_programme.views.actions import refuser
from tests_programme.views.relecture import page_de_lecture, reprendre


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Three forms on one page, told apart by the pressed button: the draft, a voice, a lesson.

    Once submitted, it is read; ``?modifier`` opens it again to its team.
    """
    test, membre = a_relire(request.user, pk)
    if test.est_recit or test.etat_au() not in {"en_cours", "a_evaluer"}:
        messages.error(request, "Ce test n'attend pas d'évaluation.")
        return redirect(test)
    soumise = lecture_de(test) == "soumise"
    if request.method != "POST" and soumise and not (membre and "modifier" in request.GET):
        return page_de_lecture(request, test, membre=membre)
    test = a_mener(request.user, pk)
    formulaires = _formulaires(request, test)
    if request.method == "POST":
        try:
            if _enregistrer(request, test, formulaires):
                return redirect(request.path)
        except ChangeEntreTemps:
            return _page(request, test, formulaires, status=409, conflit=True)
    return _page(request, test, formulaires)


@require_POST
def soumettre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Ask somebody else to read what is saved, or show everything it lacks."""
    test = a_mener(request.user, pk)
    try:
        test.soumettre(par=request.user)
    except TransitionRefusee as refus:
        test = a_mener(request.user, pk)
        if test.est_recit or test.etat_au() != "a_evaluer" or lecture_de(test) == "soumise":
            return refuser(request, test, refus)
        return _page(request, test, _formulaires(request, test, vides=True), refus.manques, 409)
    messages.success(request, "Évaluation soumise. Vous aurez un message quand elle aura été lue.")
    return redirect("tests_programme:evaluation", test.pk)


@require_POST
def retirer_enseignement(request: RequeteConnectee, pk: int, ligne: int) -> HttpResponse:
    """Take a lesson off the draft."""
    return _retirer(request, pk, "enseignements", ligne)


def _retirer(request: RequeteConnectee, pk: int, relation: str, ligne: int) -> HttpResponse:
    test = a_mener(request.user, pk)
    with transaction.atomic():
        if _verrouiller(test):
            get_object_or_404(getattr(test, relation), pk=ligne).delete()
            messages.success(request, "Retiré.")
            reprendre(request, test)
    return redirect("tests_programme:evaluation", test.pk)


def _verrouiller(test: Test) -> bool:
    """Lock the test; whether its évaluation is still a draft."""
    courant = Test.objects.select_for_update(of=("self",)).get(pk=test.pk)
    return not courant.est_recit and courant.etat in {"en_cours", "a_evaluer"}


def _formulaires(request: RequeteConnectee, test: Test, *, vides: bool = False) -> dict[str, Any]:
    quoi = request.POST.get("quoi", "brouillon") if request.method == "POST" and not vides else ""
    brouillon = Evaluation.objects.filter(test=test).first() or Evaluation(test=test)
    data = {
        nom: request.POST if quoi == nom else None for nom in ("brouillon", "voix", "enseignement")
    }
    return {
        "form": EvaluationForm(data["brouillon"], instance=brouillon),
        "valeurs": ValeursForm(data["brouillon"], test=test),
        "voix_form": VoixForm(data["voix"], prefix="voix"),
        "enseignement_form": EnseignementForm(
            data["enseignement"], prefix="enseignement", test=test
        ),
    }


def _enregistrer(request: RequeteConnectee, test: Test, formulaires: dict[str, Any]) -> bool:
    envoyes = [form for form in formulaires.values() if form.is_bound]
    valides = [form.is_valid() for form in envoyes]  # all of them: every error is shown at once
    if not all(valides):
        return False
    with transaction.atomic():
        if not _verrouiller(test):
            return True  # published meanwhile: the page says so
        if formulaires["form"].is_bound and request.POST.get("version") != _version(test):
            raise ChangeEntreTemps
        lue = empreinte_de_l_evaluation(test)
        for form in envoyes:
            if isinstance(form, (ValeursForm, EvaluationForm)):
                form.enregistrer()
            else:
                form.instance.test = test
                form.save()
        messages.success(request, "Enregistré.")
        if lue != empreinte_de_l_evaluation(test):
            reprendre(request, test)
    return True


def _page(
    request: RequeteConnectee,
    test: Test,
    formulaires: dict[str, Any],
    manques: list[Manque] | None = None,
    status: int | None = None,
    conflit: bool = False,
) -> HttpResponse:
    contexte = {
        "version": _version(test),
        "conflit": conflit,
        "ecarts": _ecarts(test, formulaires["form"]) if conflit else [],
        "rubrique": "tests",
        "test": test,
        "manques": manques or [],
        "restent": test.manques_pour_evaluer(),
        "soumise": lecture_de(test) == "soumise",
        "voix": test.voix.all(),
        "enseignements": test.enseignements.select_related("piste"),
        **formulaires,
    }
    statut = status or (422 if request.method == "POST" else 200)
    return render(request, "tests_programme/evaluation.html", contexte, status=statut)


def _version(test: Test) -> str:
    """The fingerprint of the saved draft: answer, suites and observed values. Two queries."""
    brouillon = Evaluation.objects.filter(test=test).first() or Evaluation()
    reponses = [str(getattr(brouillon, nom) or "") for nom in EvaluationForm.Meta.fields]
    return empreinte_de([reponses, list(test.criteres.values_list("pk", "valeur_observee"))])


def _ecarts(test: Test, form: EvaluationForm) -> list[tuple[str, str]]:
    """What is saved where the person typed something else: (label, text)."""
    enregistree = Evaluation.objects.filter(test=test).first() or Evaluation()
    trouves = [
        (str(form.fields[nom].label), _en_mots(enregistree, nom) or "(vide)")
        for nom in EvaluationForm.Meta.fields
        if getattr(enregistree, nom) != form.cleaned_data.get(nom)
    ]
    return trouves + [
        (critere.libelle, critere.valeur_observee)
        for critere in test.criteres.all()
        if critere.valeur_observee
    ]


def _en_mots(enregistree: Evaluation, nom: str) -> str:
    """A value as people read it: a choice by its label, a date as it is written here."""
    valeur = getattr(enregistree, nom)
    dite = getattr(enregistree, f"get_{nom}_display", None)
    if dite is not None:
        return str(dite())
    return f"{valeur:%d/%m/%Y}" if isinstance(valeur, dt.date) else str(valeur or "")
