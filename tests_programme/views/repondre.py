"""The public page of a questionnaire: no account, no cookie, no address kept."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tests_programme import debit
from tests_programme.duree_questionnaire import en_mots, secondes
from tests_programme.forms.reponse import ReponseForm
from tests_programme.models import Questionnaire
from tests_programme.reception import (
    QuestionnaireFerme,
    QuestionsChangees,
    cle_de,
    recevoir,
    reprendre_ses_mots,
)
from tests_programme.views.discretion import discrete

CHANGEES = (
    "L'équipe vient de changer les questions. Ce que vous aviez écrit est encore là : relisez, puis "
    "envoyez à nouveau."
)
# A forged form of another site could only do what anybody may do without being anybody: answer. So no
# token, which would need a cookie.


@discrete
@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def repondre(request: HttpRequest, jeton: str) -> HttpResponse:
    """Ask, take in, thank. What was typed stays on the page whatever goes wrong."""
    questionnaire = _du_jeton(jeton)
    if questionnaire is None:
        return render(request, "tests_programme/voix/inconnu.html", status=404)
    questions = list(questionnaire.questions.filter(masquee=False))
    envoyee = request.POST if request.method == "POST" else None
    form = ReponseForm(envoyee, questionnaire=questionnaire, questions=questions)
    if obstacle := questionnaire.obstacle():
        return _ferme(request, questionnaire, obstacle, form)
    if form.is_bound and form.est_piegee:
        return redirect("tests_programme:merci", jeton, uuid.uuid4())
    if not form.is_bound or not form.is_valid():
        return _page(request, questionnaire, form, statut=422 if form.is_bound else 200)
    if attente := debit.attente(request, questionnaire.pk):
        return _page(request, questionnaire, form, statut=429, attente=attente)
    cle = cle_de(form.dessine, form.envoi_lu)
    try:
        recevoir(questionnaire, form.envoi_lu, cle=cle, vue=form.cleaned_data["version"])
    except QuestionnaireFerme as raison:
        return _ferme(request, questionnaire, str(raison), form)
    except QuestionsChangees:
        return _page(request, questionnaire, form.reprise(), statut=409, refus=CHANGEES)
    return redirect("tests_programme:merci", jeton, cle)


@discrete
@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merci(request: HttpRequest, jeton: str, cle: uuid.UUID) -> HttpResponse:
    """Thanks; and, for who keeps this address, the way to take one's words back."""
    questionnaire = _du_jeton(jeton)
    if questionnaire is None:
        return render(request, "tests_programme/voix/inconnu.html", status=404)
    repris = request.method == "POST"
    if repris:
        reprendre_ses_mots(questionnaire, cle)
    contexte = {"questionnaire": questionnaire, "test": questionnaire.test, "repris": repris}
    return render(request, "tests_programme/voix/merci.html", contexte)


def _du_jeton(jeton: str) -> Questionnaire | None:
    """The questionnaire of a link; None for one that was cut, or never was. One query."""
    connus = Questionnaire.objects.select_related("test__organisation")
    trouve: Questionnaire | None = connus.filter(jeton=jeton.replace("\x00", "")).first()
    return trouve


def _page(
    request: HttpRequest,
    questionnaire: Questionnaire,
    form: ReponseForm,
    *,
    statut: int,
    attente: int = 0,
    refus: str = "",
) -> HttpResponse:
    contexte = {
        "questionnaire": questionnaire,
        "test": questionnaire.test,
        "form": form,
        "duree": en_mots(secondes(q.type for q in form.questions.values())),
        "attente": attente // 60,
        "refus": refus,
    }
    reponse = render(request, "tests_programme/voix/repondre.html", contexte, status=statut)
    if attente:
        reponse["Retry-After"] = str(attente)
    return reponse


def _ferme(
    request: HttpRequest, questionnaire: Questionnaire, obstacle: str, form: ReponseForm
) -> HttpResponse:
    """Said in words, with what the person had just written, so that they can keep it."""
    contexte = {
        "questionnaire": questionnaire,
        "test": questionnaire.test,
        "obstacle": obstacle,
        "mots": form.mots_a_garder if form.is_bound else [],
        "envoye": form.is_bound,
    }
    statut = 410 if form.is_bound else 200
    return render(request, "tests_programme/voix/ferme.html", contexte, status=statut)
