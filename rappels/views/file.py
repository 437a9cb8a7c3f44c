"""``/rappels/``: the queue as an administrateur·rice sees it, and sending failures again."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rappels import boite
from rappels.forms import FileForm
from rappels.models import Message

PAR_PAGE = 50


def _reserver(request: HttpRequest) -> None:
    """Addresses are personal data. Raises PermissionDenied for whoever is not an administrateur·rice."""
    # ``rappels`` knows no room: it asks the account, whatever its model.
    if not getattr(request.user, "est_administrateur", False):
        raise PermissionDenied


@require_safe
def file_d_attente(request: HttpRequest) -> HttpResponse:
    """How many in each state, since when the oldest waits, and the messages themselves."""
    _reserver(request)
    form = FileForm(request.GET)
    choisis = form.filtrer(Message.objects.all()).order_by("-prevu_le", "-pk")
    page = Paginator(choisis, PAR_PAGE).get_page(request.GET.get("page"))
    comptes = dict(Message.objects.order_by().values_list("etat").annotate(Count("pk")))
    plus_ancien = Message.objects.dus().order_by().aggregate(plus_ancien=Min("a_partir_de"))
    contexte = {
        "form": form,
        "page": page,
        "filtre": form.en_adresse(),
        "etats": [(valeur, nom, comptes.get(valeur, 0)) for valeur, nom in Message.Etat.choices],
        "plus_ancien": plus_ancien["plus_ancien"],
        "maintenant": timezone.now(),
        "echecs": form.filtrer(Message.objects.filter(etat=Message.Etat.ECHOUE)).count(),
    }
    return render(request, "rappels/file.html", contexte)


@require_POST
def renvoyer(request: HttpRequest) -> HttpResponse:
    """Send again one failed message, or all those of the filter; write who did."""
    _reserver(request)
    form = FileForm(request.POST)
    with transaction.atomic():
        choisis = form.filtrer(Message.objects.filter(etat=Message.Etat.ECHOUE))
        if request.POST.get("message", "").isdecimal():
            choisis = Message.objects.filter(pk=int(request.POST["message"]), etat="echoue")
        echoues = list(choisis.exclude(destinataire="").select_for_update())
        nombre = boite.renvoyer(Message.objects.filter(pk__in=[m.pk for m in echoues]))
        LogEntry.objects.log_actions(request.user.pk or 0, echoues, CHANGE, "Renvoyé")
    if nombre:
        messages.success(request, f"Remis en partance : {nombre}.")
    else:
        messages.warning(request, "Il n'y avait rien à renvoyer : le message est déjà reparti.")
    return redirect(f"{reverse('rappels:file')}?{form.en_adresse()}")
