"""What a team does with its test. The rules answer; a refusal is shown with all its reasons."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from comptes.models import Organisation
from config.saisie import numero
from tests_programme import filiation
from tests_programme.acces import RequeteConnectee, a_lire, a_mener
from tests_programme.forms import MotifForm
from tests_programme.manques import TransitionRefusee
from tests_programme.models import Test
from tests_programme.views.preparation import verification


@require_POST
def demander_accords(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Write to everybody who was not asked about today's text."""
    test = a_mener(request.user, pk)
    try:
        nombre = test.demander_accords(par=request.user)
    except TransitionRefusee as refus:
        return refuser(request, test, refus)
    if nombre:
        s = "s" if nombre > 1 else ""
        messages.success(
            request, f"{nombre} message{s} part{'ent' if nombre > 1 else ''} maintenant."
        )
    else:
        messages.info(request, "Personne à prévenir : tout le monde a déjà reçu ce texte.")
    return redirect("tests_programme:etape", test.pk, "verification")


@require_POST
def demarrer(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Start, or show everything that is missing."""
    test = a_mener(request.user, pk)
    try:
        test.demarrer(par=request.user)
    except TransitionRefusee as refus:
        return refuser(request, test, refus)
    messages.success(request, "Le test a démarré. Bon essai ! Ses textes ne changent plus.")
    return redirect(test)


@require_http_methods(["GET", "HEAD", "POST"])
def renoncer(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Give up before the start."""
    return _avec_motif(
        request, pk, "renoncer", Test.renoncer, "Le test est abandonné. Merci d'avoir dit pourquoi."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def arreter(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Stop before the date."""
    return _avec_motif(
        request, pk, "arreter", Test.arreter, "Le test est arrêté. Il reste à l'évaluer."
    )


def _avec_motif(
    request: RequeteConnectee, pk: int, action: str, methode: Callable[..., None], merci: str
) -> HttpResponse:
    """A page that explains and asks for the reason, then the transition."""
    test = a_mener(request.user, pk)
    form = MotifForm(request.POST if request.method == "POST" else None)
    statut = 200
    if request.method == "POST" and form.is_valid():
        try:
            methode(test, par=request.user, motif=form.cleaned_data["motif"])
            messages.success(request, merci)
            return redirect(test)
        except TransitionRefusee as refus:
            if not any(manque.etape == "motif" for manque in refus.manques):
                return refuser(request, test, refus)
            statut = 422
            for manque in refus.manques:
                form.add_error("motif", manque.message)
    contexte = {"rubrique": "tests", "test": test, "action": action, "form": form}
    return render(request, f"tests_programme/{action}.html", contexte, status=statut)


@require_POST
def iterer(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The next test of the same team."""
    test = a_mener(request.user, pk)
    try:
        suivant = test.iterer(par=request.user)
    except TransitionRefusee as refus:
        return refuser(request, test, refus)
    messages.success(
        request,
        "Nouveau test préparé à partir de celui-ci : relisez et changez ce qui doit l'être.",
    )
    return redirect("tests_programme:etape", suivant.pk, "essentiel")


@require_POST
def s_inspirer(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The same idea, taken up by another organisation."""
    test = a_lire(request.user, pk)
    siennes = Organisation.objects.de_membre(request.user)
    organisation = get_object_or_404(siennes, pk=numero(request.POST.get("organisation", "")))
    nouveau = filiation.s_inspirer(test, organisation=organisation, par=request.user)
    messages.success(
        request, "Un brouillon est prêt dans votre organisation : adaptez-le à votre terrain."
    )
    return redirect("tests_programme:etape", nouveau.pk, "essentiel")


def refuser(request: RequeteConnectee, test: Test, refus: TransitionRefusee) -> HttpResponse:
    """The page the person came from, with every reason of the refusal; nothing has changed."""
    test.refresh_from_db()
    if not test.est_fige:
        return verification(request, test, manques=refus.manques, status=409)
    contexte = {"rubrique": "tests", "test": test, "manques": refus.manques}
    return render(request, "tests_programme/refus.html", contexte, status=409)
