"""Closing a dispositif: a page that says what will happen, then one act."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from engagement import cloture
from engagement.acces import RequeteConnectee, dispositif_a_regler
from engagement.chiffres import brouillon, chiffres
from engagement.forms.cloture import ClotureForm
from engagement.models import Dispositif
from engagement.refus import ActionRefusee


@require_http_methods(["GET", "HEAD", "POST"])
def clore_dispositif(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Closed in one act; a second click changes nothing, and nobody is told twice."""
    dispositif = dispositif_a_regler(request.user, pk)
    if dispositif.etat == Dispositif.Etat.CLOS:
        messages.info(request, "Ce dispositif est déjà fermé.")
        return redirect(dispositif)
    restes = cloture.compter(dispositif)
    envoyee = request.POST if request.method == "POST" else None
    initial = {} if envoyee is not None else {"bilan": brouillon(dispositif, chiffres(dispositif))}
    form = ClotureForm(envoyee, initial=initial)
    if envoyee is not None and form.is_valid():
        try:
            return _fermer(request, dispositif, form, restes)
        except ActionRefusee as refus:
            form.add_error(None, " ".join(refus.obstacles))
    contexte = {
        "rubrique": "engagement",
        "dispositif": dispositif,
        "form": form,
        "restes": restes,
    }
    statut = 422 if form.errors else 200
    return render(request, "engagement/dispositifs/clore.html", contexte, status=statut)


def _fermer(
    request: RequeteConnectee, dispositif: Dispositif, form: ClotureForm, restes: cloture.Restes
) -> HttpResponse:
    """A small one is finished while one waits; a big one goes on without us. Raises ActionRefusee."""
    choix = form.cleaned_data
    dispositif.clore(
        par=request.user,
        mot_de_fin=choix["mot_de_fin"],
        bilan=choix["bilan"],
        missions_jusqu_au=choix["missions_jusqu_au"],
    )
    if restes.a_faire <= cloture.A_LA_MAIN and cloture.achever(dispositif.pk):
        messages.success(request, "Le dispositif est fermé. Chacun·e est prévenu·e, une fois.")
    else:
        cloture.achever_bientot()
        messages.success(
            request,
            "Le dispositif est fermé. Les messages partent : cette page dit où l'on en est.",
        )
    return redirect(dispositif)
