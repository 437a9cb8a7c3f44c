"""The thread of a test with those who animate its programme, and the threads that wait for them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from comptes.refus import DecisionImpossible
from config.reperes import instant_lu, repere
from tests_programme.acces import RequeteConnectee, a_accompagner
from tests_programme.forms.entraide import EchangeForm
from tests_programme.models import Echange, Test
from tests_programme.models.echange import EntraideFermee, entraide_ouverte
from tests_programme.perms import peut_animer

PAR_PAGE = 20
FERMEE = "Ce fil est clos avec son test. Votre message n'est pas parti : copiez-le d'ici."


@require_http_methods(["GET", "HEAD", "POST"])
def entraide(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Ask, answer, read again. An administrateur·rice reads."""
    test, membre = a_accompagner(request.user, pk)
    ecrit = membre or peut_animer(request.user, test)
    if request.method != "POST":
        return _page(request, test, membre, EchangeForm() if ecrit else None)
    if not ecrit:
        raise PermissionDenied
    form = EchangeForm(request.POST)
    if not form.is_valid():
        return _page(request, test, membre, form, 422)
    try:
        echange = Echange.ecrire(test, par=request.user, texte=form.cleaned_data["texte"])
    except EntraideFermee:
        messages.error(request, FERMEE)
        return _page(request, test, membre, form, 409)
    except DecisionImpossible as refus:
        form.add_error("texte", str(refus))
        return _page(request, test, membre, form, 422)
    attente = (
        "La réponse arrivera ici et par e-mail." if membre else "L'équipe le reçoit par e-mail."
    )
    messages.success(request, f"Message envoyé. {attente}")
    return redirect(f"{reverse('tests_programme:entraide', args=[test.pk])}#echange-{echange.pk}")


def _page(
    request: RequeteConnectee, test: Test, membre: bool, form: EchangeForm | None, status: int = 200
) -> HttpResponse:
    """The last hundred messages: a thread is read from its end."""
    recents = test.echanges.select_related("auteur").order_by("-le", "-pk")[:101]
    fil = list(recents)
    contexte = {
        "rubrique": "tests",
        "onglet": "entraide",
        "test": test,
        "membre": membre,
        "form": form if entraide_ouverte(test) or (form and form.is_bound) else None,
        "fil": fil[:100][::-1],
        "coupe": len(fil) > 100,
    }
    return render(request, "tests_programme/entraide.html", contexte, status=status)


@require_safe
def entraides(request: RequeteConnectee) -> HttpResponse:
    """The questions without an answer, longest waiting first, for those who animate."""
    user = request.user
    if not (user.est_curateur or user.programmes_animes.exists()):
        raise PermissionDenied
    attendent = Echange.objects.a_repondre_par(user).order_by("le", "pk")
    place = instant_lu(request.GET.get("apres", ""))
    attendent = attendent.apres(*place) if place else attendent
    page = list(attendent.select_related("test__organisation", "test__programme")[: PAR_PAGE + 1])
    contexte = {
        "rubrique": "programmes",
        "echanges": page[:PAR_PAGE],
        "suivante": f"?apres={repere(page[PAR_PAGE - 1].le, page[PAR_PAGE - 1].pk)}"
        if len(page) > PAR_PAGE
        else "",
        "debut": request.path if place else "",
    }
    return render(request, "tests_programme/entraides.html", contexte)
