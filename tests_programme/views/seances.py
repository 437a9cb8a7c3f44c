"""The sessions of a programme: their page, and their writing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tests_programme.acces import RequeteConnectee
from tests_programme.acces_programme import programme_anime, seance_de
from tests_programme.forms.saisie import ChangeEntreTemps
from tests_programme.forms.saisie_programme import SaisieSeance
from tests_programme.models import Programme, Seance
from tests_programme.views.pages_de_seance import page_de_seance


@login_not_required
@require_safe
def seance(request: HttpRequest, cle: str, rang: int) -> HttpResponse:
    """Day, place and agenda for everybody; the rest for the people of the programme."""
    return page_de_seance(request, seance_de(get_object_or_404(Programme, cle=cle), rang))


@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle_seance(request: RequeteConnectee, cle: str) -> HttpResponse:
    """One more."""
    return _saisir(request, programme_anime(request.user, cle), None)


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_seance(request: RequeteConnectee, cle: str, rang: int) -> HttpResponse:
    """For who animates the programme."""
    programme = programme_anime(request.user, cle)
    return _saisir(request, programme, seance_de(programme, rang))


def _saisir(request: RequeteConnectee, programme: Programme, seance: Seance | None) -> HttpResponse:
    envoyee = request.POST if request.method == "POST" else None
    saisie = SaisieSeance(programme, seance, envoyee)
    conflit = False
    if envoyee is not None and saisie.form.is_valid():
        try:
            enregistree = saisie.enregistrer(envoyee.get("version", ""), request.user)
        except ChangeEntreTemps:
            conflit = True
        else:
            messages.success(request, "La séance est enregistrée.")
            return redirect(enregistree)
    contexte = {
        "rubrique": "programmes",
        "programme": programme,
        "seance": seance,
        "form": saisie.form,
        "version": saisie.version(),
        "conflit": conflit,
        "ecarts": saisie.ecarts() if conflit else [],
    }
    statut = 409 if conflit else 422 if envoyee is not None else 200
    return render(request, "tests_programme/modifier_seance.html", contexte, status=statut)


@require_POST
def annuler_seance(request: RequeteConnectee, cle: str, rang: int) -> HttpResponse:
    """Call it off, or (``retablir``) have it after all."""
    seance = seance_de(programme_anime(request.user, cle), rang)
    if "retablir" in request.POST:
        seance.retablir(par=request.user)
        messages.success(request, "La séance a de nouveau lieu. Les agendas abonnés suivront.")
    else:
        seance.annuler(par=request.user)
        messages.success(request, "La séance est annulée. Les agendas abonnés suivront.")
    return redirect(seance)
