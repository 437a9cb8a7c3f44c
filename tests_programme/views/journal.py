"""The journal de bord: read by whom each note allows, written by the team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tests_programme.acces import a_suivre
from tests_programme.forms.saisie_note import DejaEcrite, SaisieNote
from tests_programme.models.carnet import CarnetFerme
from tests_programme.perms import peut_modifier
from tests_programme.views.pages_du_journal import FERME, page_de_la_note, page_du_journal
from tests_programme.views.relecture import dire_la_reprise


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes this reader may open, newest first; on top, for the team, the next one to write."""
    test = a_suivre(request.user, pk)
    if request.method != "POST":
        return page_du_journal(request, test)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not peut_modifier(request.user, test):
        raise PermissionDenied
    saisie = SaisieNote(test, request.user, data=request.POST, files=request.FILES)
    if not saisie.is_valid():
        return page_du_journal(request, test, saisie, 422)
    try:
        note = saisie.ecrire()
        messages.success(request, "Note enregistrée.")
        dire_la_reprise(request, saisie.reprise)
    except CarnetFerme:
        messages.error(request, FERME)
        return page_du_journal(request, test, saisie, 409)
    except DejaEcrite as deja:
        note = deja.note
        if note.texte != saisie.form.cleaned_data["texte"]:
            # Sent, its answer lost, changed, sent again: both versions, where one corrects.
            return page_de_la_note(request, saisie.sur(note), 409, conflit=True)
        messages.info(request, "Cette note était déjà enregistrée : elle n'est là qu'une fois.")
    return redirect(f"{reverse('tests_programme:journal', args=[test.pk])}?note={note.pk}")
