"""The second reading: the évaluation as everybody will see it, then published or handed back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tests_programme.acces import RequeteConnectee, a_relire
from tests_programme.forms.apres import RemarqueForm
from tests_programme.manques import Manque, TransitionRefusee
from tests_programme.models import Test
from tests_programme.seconde_lecture import empreinte_de_l_evaluation, est_de_sa_main
from tests_programme.transitions import lecture_de
from tests_programme.views.actions import refuser


def page_de_lecture(
    request: RequeteConnectee,
    test: Test,
    *,
    membre: bool,
    form: RemarqueForm | None = None,
    manques: list[Manque] | None = None,
    status: int = 200,
) -> HttpResponse:
    """What was submitted, and to whoever did not submit it the two answers."""
    contexte = {
        "rubrique": "tests",
        "test": test,
        "membre": membre,
        "sien": est_de_sa_main(test, request.user),
        "evaluation": test.evaluation,
        "criteres": test.criteres.all(),
        "voix": test.voix.citables().avec_divergence(),
        "enseignements": test.enseignements.select_related("piste"),
        "lue": empreinte_de_l_evaluation(test),
        "form": form or RemarqueForm(),
        "manques": manques or [],
    }
    return render(request, "tests_programme/relecture.html", contexte, status=status)


@require_POST
def publier(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Publish what was read, unless it has changed since."""
    test, membre = a_relire(request.user, pk)
    try:
        test.evaluer(par=request.user, lue=request.POST.get("lue", ""))
    except TransitionRefusee as refus:
        return _refuser(request, pk, refus)
    if membre and test.evaluation.suites == "iterer":
        merci = "Évaluation publiée. Le test suivant se prépare d'ici, avec la chose qui change."
    else:
        merci = "Évaluation publiée. Merci : d'autres équipes vont s'en servir."
    messages.success(request, merci)
    return redirect(test)


@require_POST
def rendre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Hand it back to its team with a remark."""
    test, membre = a_relire(request.user, pk)
    form = RemarqueForm(request.POST)
    if not form.is_valid() and lecture_de(test) == "soumise":
        return page_de_lecture(request, test, membre=membre, form=form, status=422)
    try:
        test.rendre(par=request.user, remarque=form.cleaned_data.get("remarque", ""))
    except TransitionRefusee as refus:
        return _refuser(request, pk, refus)
    messages.success(
        request, "L'évaluation est rendue, avec votre remarque. L'équipe est prévenue."
    )
    return redirect(test)


def reprendre(request: RequeteConnectee, test: Test) -> None:
    """What was submitted has changed: nobody publishes what they have not read."""
    dire_la_reprise(request, test.reprendre(par=request.user))


def dire_la_reprise(request: HttpRequest, reprise: bool) -> None:
    """Say to whoever changed something that the submission is void, when it is."""
    if reprise:
        messages.warning(
            request,
            "L'évaluation a changé : sa soumission ne vaut plus. Soumettez-la de nouveau quand elle est prête.",
        )


def _refuser(request: RequeteConnectee, pk: int, refus: TransitionRefusee) -> HttpResponse:
    """The page the person came from, with the reasons; what it shows is what is saved now."""
    test, membre = a_relire(request.user, pk)
    if test.etat_au() != "a_evaluer" or lecture_de(test) != "soumise":
        return refuser(request, test, refus)
    return page_de_lecture(request, test, membre=membre, manques=refus.manques, status=409)
