"""A programme written by its animation: one page for all of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tests_programme.acces import RequeteConnectee
from tests_programme.acces_programme import programme_anime
from tests_programme.forms.saisie import ChangeEntreTemps
from tests_programme.forms.saisie_programme import SaisieProgramme
from tests_programme.models import Programme


@require_http_methods(["GET", "HEAD", "POST"])
def nouveau_programme(request: RequeteConnectee) -> HttpResponse:
    """Curateur·rices open programmes; those they name then lead them."""
    if not request.user.est_curateur:
        raise PermissionDenied
    return _saisir(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_programme(request: RequeteConnectee, cle: str) -> HttpResponse:
    """For who animates it."""
    return _saisir(request, programme_anime(request.user, cle))


def _saisir(request: RequeteConnectee, programme: Programme | None) -> HttpResponse:
    """The form; a search, or a row asked for, shows it again without saving anything."""
    envoyee = request.POST if request.method == "POST" else None
    saisie = SaisieProgramme(programme, envoyee)
    conflit = False
    suite = request.POST.get("suite", "")
    if envoyee is not None and saisie.is_valid() and suite != "chercher":
        try:
            enregistre = saisie.enregistrer(envoyee.get("version", ""), request.user)
        except ChangeEntreTemps:
            conflit = True
        else:
            messages.success(request, "Le programme est enregistré.")
            vers = enregistre if suite != "lignes" else "tests_programme:modifier_programme"
            return redirect(vers, *([enregistre.cle] if suite == "lignes" else []))
    cherche = suite == "chercher"
    contexte = {
        "rubrique": "programmes",
        "programme": programme,
        "form": saisie.form,
        "lignes": saisie.lignes,
        # Sent back after a search, the page still knows what its reader was first shown.
        "version": envoyee.get("version", "") if envoyee and not conflit else saisie.version(),
        "conflit": conflit,
        "ecarts": saisie.ecarts() if conflit else [],
    }
    statut = 409 if conflit else 422 if envoyee is not None and not cherche else 200
    return render(request, "tests_programme/modifier_programme.html", contexte, status=statut)
