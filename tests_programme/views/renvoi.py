"""Sending one asking again, to somebody who has not answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.manques import TransitionRefusee
from tests_programme.models import Accord
from tests_programme.views.actions import refuser


@require_POST
def renvoyer_accord(request: RequeteConnectee, pk: int, accord: int) -> HttpResponse:
    """One message more, unless one left within the hour."""
    test = a_mener(request.user, pk)
    demande = get_object_or_404(Accord.objects.filter(partie__test=test), pk=accord)
    try:
        demande.renvoyer(par=request.user)
    except TransitionRefusee as refus:
        return refuser(request, test, refus)
    messages.success(request, f"Le message repart maintenant pour « {demande.partie.fonction} ».")
    if demande.objet == "prolongation":
        return redirect("tests_programme:prolongation", test.pk)
    return redirect("tests_programme:etape", test.pk, "parties")
