"""The team composes its questionnaire, shows it, closes it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.duree_questionnaire import en_mots, secondes
from tests_programme.forms.questionnaire import QuestionnaireForm, version_de
from tests_programme.forms.questions import BaseQuestions, QuestionsLignes
from tests_programme.forms.saisie import ChangeEntreTemps
from tests_programme.jeux import jeux
from tests_programme.models import Questionnaire, Test
from tests_programme.models.questionnaire import QuestionsFigees

FIGEES = "Quelqu'un a déjà répondu : les questions ne changent plus. Vous pouvez en masquer une."


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Choose a set to begin with; then the welcome, the dates and the questions on one page."""
    test = a_mener(request.user, pk)
    trouve = Questionnaire.objects.select_related("test").filter(test=test).first()
    if trouve is None:
        return _choisir(request, test)
    envoyee = request.POST if request.method == "POST" else None
    form = QuestionnaireForm(envoyee, instance=trouve)
    fige = trouve.est_fige
    lignes = None if fige else QuestionsLignes(envoyee, questionnaire=trouve, prefix="questions")
    statut, conflit = 200, False
    if envoyee is not None:
        statut = 422
        if all([form.is_valid(), lignes is None or lignes.is_valid()]):
            try:
                _enregistrer(form, lignes, envoyee.get("version", ""))
                messages.success(request, "Questionnaire enregistré.")
                return redirect(request.path)
            except ChangeEntreTemps:
                statut, conflit = 409, True
            except QuestionsFigees:
                messages.error(request, FIGEES)
                return redirect(request.path)
    types = trouve.questions.filter(masquee=False).values_list("type", flat=True)
    contexte = {
        "rubrique": "tests",
        "test": test,
        "questionnaire": trouve,
        "form": form,
        "lignes": lignes,
        "questions": trouve.questions.all(),
        "nombre": trouve.reponses.count() if fige else 0,
        "duree": en_mots(secondes(types)),
        "jeux": jeux().values(),
        "version": version_de(form, lignes),
        "conflit": conflit,
        "ecarts": _ecarts(form) if conflit else [],
        "adresse": request.build_absolute_uri(trouve.get_absolute_url()),
    }
    return render(request, "tests_programme/voix/questionnaire.html", contexte, status=statut)


@require_POST
def ajouter_jeu(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Begin with a ready-made set, with a blank page, or add a set to what is there."""
    test = a_mener(request.user, pk)
    if not _se_compose(test):
        return _refuser(request, test)
    cle = request.POST.get("jeu", "")
    if cle and cle not in jeux():
        raise Http404
    try:
        Questionnaire.preparer(test, par=request.user, jeu=jeux().get(cle))
        messages.success(
            request, "Le questionnaire est prêt à relire : changez ce que vous voulez."
        )
    except QuestionsFigees:
        messages.error(request, FIGEES)
    return redirect("tests_programme:questionnaire", test.pk)


@require_POST
def masquer_question(request: RequeteConnectee, pk: int, ligne: int) -> HttpResponse:
    """Hide a question from those who have not answered yet, or show it again."""
    test = a_mener(request.user, pk)
    trouve = get_object_or_404(Questionnaire, test=test)
    question = get_object_or_404(trouve.questions, pk=ligne)
    question.montrer(request.POST.get("montrer") == "1")
    messages.success(request, "Question masquée." if question.masquee else "Question montrée.")
    return redirect("tests_programme:questionnaire", test.pk)


@require_POST
def fermer_questionnaire(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Close now; what was received stays."""
    test = a_mener(request.user, pk)
    trouve = get_object_or_404(Questionnaire.objects.select_related("test"), test=test)
    if trouve.fermer(par=request.user):
        messages.success(
            request,
            "Questionnaire fermé. Les réponses reçues restent ; une date à venir le rouvre.",
        )
    else:
        messages.info(request, "Il était déjà fermé.")
    return redirect("tests_programme:questionnaire", test.pk)


@require_POST
def renouveler_lien(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Cut the former link. Asked with the link one wants to cut: a second click cuts nothing more."""
    test = a_mener(request.user, pk)
    trouve = get_object_or_404(Questionnaire.objects.select_related("test"), test=test)
    if trouve.renouveler(ancien=request.POST.get("ancien", ""), par=request.user):
        messages.warning(
            request,
            "L'ancien lien est coupé. Les affiches et les codes déjà imprimés ne mènent plus nulle "
            "part : imprimez-les à nouveau.",
        )
    return redirect("tests_programme:questionnaire", test.pk)


def _choisir(request: RequeteConnectee, test: Test) -> HttpResponse:
    if not _se_compose(test):
        return _refuser(request, test)
    contexte = {"rubrique": "tests", "test": test, "jeux": jeux().values()}
    return render(request, "tests_programme/voix/choisir.html", contexte)


def _se_compose(test: Test) -> bool:
    return not test.est_recit and test.etat_au() in {"preparation", "en_cours", "a_evaluer"}


def _refuser(request: RequeteConnectee, test: Test) -> HttpResponse:
    messages.error(request, "Ce test est terminé : on ne prépare plus de questionnaire pour lui.")
    return redirect(test)


@transaction.atomic
def _enregistrer(form: QuestionnaireForm, lignes: BaseQuestions | None, vue: str) -> None:
    Questionnaire.objects.select_for_update().get(pk=form.instance.pk)
    if vue != version_de(form, lignes):
        raise ChangeEntreTemps
    if lignes is not None:
        lignes.enregistrer()
    form.save()


def _ecarts(form: QuestionnaireForm) -> list[tuple[str, str]]:
    """What is saved where the person typed something else: (label, text)."""
    enregistre = form.en_base()
    ecarts = [
        (str(form.fields[nom].label), str(valeur or "(vide)"))
        for nom, valeur in enregistre.items()
        if valeur != form.cleaned_data.get(nom)
    ]
    questions = form.instance.questions.values_list("libelle", flat=True)
    return ecarts + [("Question enregistrée", libelle) for libelle in questions]
