"""The personal page on which somebody without an account agrees, refuses or changes their mind."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tests_programme.accords import (
    TEXTE_CHANGE,
    ReponseRefusee,
    accord_suivant,
    obstacle_a_la_reponse,
)
from tests_programme.changements import changements_pour
from tests_programme.forms import MotifForm
from tests_programme.models import Accord
from tests_programme.models.accord import SEL
from tests_programme.views.discretion import discrete


@discrete
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accord(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the exact text. Only a POST answers: mail scanners follow links."""
    accord = _du_jeton(jeton)
    if accord is None:
        return render(request, "tests_programme/accord_inconnu.html", status=404)
    form = MotifForm(request.POST if request.method == "POST" else None)
    form.fields["motif"].help_text = "Si vous voulez : l'équipe du test lira ces mots."
    refus = ""
    if request.method == "POST" and form.is_valid():
        try:
            _repondre(accord, request.POST.get("reponse", ""), form.cleaned_data["motif"])
            return redirect(request.path)
        except ReponseRefusee as raison:
            refus = str(raison)
            accord.refresh_from_db()
    obstacle = obstacle_a_la_reponse(accord)
    contexte = {
        "accord": accord,
        "test": accord.partie.test,
        "obstacle": obstacle,
        "nouvelle": _nouvelle(accord, obstacle),
        "retirable": accord.etat == "donne" and not obstacle_a_la_reponse(accord, retrait=True),
        "refus": refus,
        "form": form,
        "changements": changements_pour(accord),
        "suivant": accord_suivant(accord),
    }
    statut = 200 if request.method != "POST" else 409 if refus else 422
    return render(request, "tests_programme/accord.html", contexte, status=statut)


def _du_jeton(jeton: str) -> Accord | None:
    try:
        pk = signing.loads(jeton, salt=SEL)
    except signing.BadSignature:
        return None
    accords = Accord.objects.select_related("partie__test__organisation")
    accord: Accord | None = accords.filter(pk=pk).first()
    return accord


def _nouvelle(accord: Accord, obstacle: str) -> str:
    """What this person must be told of the obstacle.

    Of a running test that they agreed to, even if they took it back since, only a changed text is news.
    """
    a_dit_oui = accord.etat == "donne" or (accord.etat == "retire" and accord.partie.test.tourne)
    return "" if a_dit_oui and obstacle != TEXTE_CHANGE else obstacle


def _repondre(accord: Accord, reponse: str, motif: str) -> None:
    if reponse == "oui":
        accord.donner()
    elif reponse == "non":
        accord.refuser(motif=motif)
    elif reponse == "retirer":
        accord.retirer(motif=motif)
    else:
        raise ReponseRefusee("Choisissez une des réponses proposées.")
