"""What people said: counted for the team, read one by one, and what everybody may read of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.saisie import numero
from tests_programme import resultats
from tests_programme.acces import RequeteConnectee, a_lire, a_mener
from tests_programme.forms import MotifForm
from tests_programme.forms.voix import EntretienForm
from tests_programme.models import Question, Questionnaire, Test, ValeurReponse, Voix
from tests_programme.views.relecture import reprendre

PAR_PAGE = 20


@require_safe
def voix(request: RequeteConnectee, pk: int) -> HttpResponse:
    """For the team: the answers drawn and tabled, then every voice."""
    test = a_mener(request.user, pk)
    questionnaire = Questionnaire.objects.select_related("test").filter(test=test).first()
    etiquette = _mot(request.GET, "etiquette")
    page = page_de(test.voix.lisibles().avec_etiquette(etiquette).avec_divergence(), request.GET)
    graphiques = []
    if questionnaire is not None:
        graphiques = [
            resultats.sur_l_hypothese(test), *resultats.par_question(questionnaire)
        ]  # fmt: skip
    contexte = {
        "rubrique": "tests",
        "test": test,
        "questionnaire": questionnaire,
        "graphiques": graphiques,
        "nombre": graphiques[0].total if graphiques else 0,
        "etiquette": etiquette,
        "etiquettes": test.voix.lisibles().etiquettes(),
        "se_note": _se_note(test),
        **page,
    }
    return render(request, "tests_programme/voix/voix.html", contexte)


@require_safe
def textes(request: RequeteConnectee, pk: int) -> HttpResponse:
    """For the team: the free texts one by one, of one question or of all."""
    test = a_mener(request.user, pk)
    questions = Question.objects.filter(questionnaire__test=test, type="texte")
    etiquette = _mot(request.GET, "etiquette")
    tous = ValeurReponse.objects.textes_de(test)
    choisie = questions.filter(pk=numero(request.GET.get("question", ""))).first()
    retenus = tous.filter(question=choisie) if choisie else tous
    retenus = retenus.avec_etiquette(etiquette).select_related("question", "reponse")
    contexte = {
        "rubrique": "tests",
        "test": test,
        "questions": questions,
        "choisie": choisie,
        "etiquette": etiquette,
        "etiquettes": tous.etiquettes(),
        **page_de(retenus, request.GET),
    }
    return render(request, "tests_programme/voix/textes.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle_voix(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Note what somebody said in an interview, while the test runs or after."""
    test = a_mener(request.user, pk)
    if not _se_note(test):
        messages.error(request, "On note des entretiens une fois que le test a commencé.")
        return redirect(test)
    envoyee = request.POST if request.method == "POST" else None
    form = EntretienForm(envoyee, instance=Voix(test=test))
    if form.is_bound and form.is_valid():
        _noter_entretien(request, test, {nom: form.cleaned_data[nom] for nom in form.Meta.fields})
        messages.success(request, "Voix notée.")
        return redirect("tests_programme:voix", test.pk)
    contexte = {"rubrique": "tests", "test": test, "form": form}
    statut = 422 if form.is_bound else 200
    return render(request, "tests_programme/voix/nouvelle.html", contexte, status=statut)


@transaction.atomic
def _noter_entretien(request: RequeteConnectee, test: Test, dit: dict[str, Any]) -> None:
    """The same words of the same function, sent twice, are one voice. Nobody publishes meanwhile."""
    Test.objects.select_for_update(of=("self",)).get(pk=test.pk)
    _, nouvelle = test.voix.get_or_create(origine=Voix.Origine.ENTRETIEN, **dit)
    if nouvelle:
        reprendre(request, test)


@require_POST
def retirer_voix(request: RequeteConnectee, pk: int, ligne: int) -> HttpResponse:
    """Take a voice out everywhere. Once it is public, say why: the history keeps the reason."""
    test = a_mener(request.user, pk)
    parole = get_object_or_404(test.voix.select_related("test"), pk=ligne)
    motif = request.POST.get("motif", "").strip()
    if test.etat == "evalue":
        form = MotifForm(request.POST if "motif" in request.POST else None)
        if not motif or not form.is_valid():
            contexte = {"rubrique": "tests", "test": test, "parole": parole, "form": form}
            return render(request, "tests_programme/voix/retirer.html", contexte, status=422)
    parole.retirer(par=request.user, motif=motif)
    reprendre(request, test)
    messages.success(request, "Voix retirée : elle n'apparaît plus nulle part.")
    vers = "evaluation" if request.POST.get("depuis") == "evaluation" else "voix"
    return redirect(f"tests_programme:{vers}", test.pk)


@login_not_required
@require_safe
def paroles(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody, once the évaluation is published: the numbers, and the voices that may be quoted."""
    test = a_lire(request.user, pk)
    evaluation = getattr(test, "evaluation", None)
    publiee = evaluation is not None and evaluation.est_publiee
    questionnaire = (
        Questionnaire.objects.select_related("test").filter(test=test).first() if publiee else None
    )
    contexte = {
        "rubrique": "tests",
        "test": test,
        "evaluation": evaluation if publiee else None,
        "graphiques": resultats.publics(questionnaire) if questionnaire else [],
        **page_de(test.voix.publiees().avec_divergence(), request.GET),
    }
    return render(request, "tests_programme/voix/paroles.html", contexte)


def _se_note(test: Test) -> bool:
    return not test.est_recit and test.etat_au() in {"en_cours", "a_evaluer", "evalue"}


def _mot(parametres: QueryDict, nom: str) -> str:
    """A word asked for in the address; PostgreSQL knows no text with a NUL."""
    return parametres.get(nom, "").replace("\x00", "")[:60]


def page_de(lignes: Any, parametres: QueryDict) -> dict[str, Any]:
    """Some rows, newest first, and the address of the next ones."""
    apres = numero(parametres.get("apres", ""))
    trouvees = list(lignes.suivants(apres)[: PAR_PAGE + 1])
    garde = {nom: str(parametres[nom]) for nom in ("etiquette", "question") if parametres.get(nom)}
    suivante = ""
    if len(trouvees) > PAR_PAGE:
        suivante = f"?{_adresse({**garde, 'apres': str(trouvees[PAR_PAGE - 1].pk)})}"
    debut = f"?{_adresse(garde)}" if apres else ""
    return {"lignes": trouvees[:PAR_PAGE], "suivante": suivante, "debut": debut}


def _adresse(parametres: dict[str, str]) -> str:
    adresse = QueryDict(mutable=True)
    adresse.update(parametres)
    return adresse.urlencode()
