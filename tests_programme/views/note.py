"""One note of the journal de bord: corrected or taken off by its team, its pictures and files opened."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.fichiers import servir, servir_en_petit
from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.forms.saisie import ChangeEntreTemps
from tests_programme.forms.saisie_note import SaisieNote
from tests_programme.models import Note, PieceJointe, Test
from tests_programme.models.carnet import CarnetFerme, carnet_ouvert
from tests_programme.views.pages_du_journal import FERME, page_de_la_note, page_du_journal
from tests_programme.views.relecture import dire_la_reprise


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: RequeteConnectee, pk: int, numero: int) -> HttpResponse:
    """Correct it. Nothing typed is lost when a colleague corrected it, or took it off, meanwhile."""
    test = a_mener(request.user, pk)
    note: Note | None = test.notes.filter(pk=numero).first()
    if request.method != "POST":
        if note is None:
            raise Http404
        if not carnet_ouvert(test):
            return redirect("tests_programme:journal", test.pk)
        return page_de_la_note(request, SaisieNote(test, request.user, note))
    saisie = SaisieNote(test, request.user, note, request.POST, request.FILES)
    valide = saisie.is_valid()
    if note is None:
        return _retiree_entre_temps(request, test, saisie)
    if not valide:
        return page_de_la_note(request, saisie, 422)
    try:
        saisie.corriger(request.POST.get("version", ""))
    except ChangeEntreTemps:
        return page_de_la_note(request, saisie, 409, conflit=True)
    except CarnetFerme:
        messages.error(request, FERME)
        return page_de_la_note(request, saisie, 409)
    messages.success(request, "Note corrigée.")
    dire_la_reprise(request, saisie.reprise)
    return redirect(f"{reverse('tests_programme:journal', args=[test.pk])}#note-{note.pk}")


def _retiree_entre_temps(request: RequeteConnectee, test: Test, saisie: SaisieNote) -> HttpResponse:
    """What was typed comes back as a new note to send."""
    messages.error(
        request,
        "Cette note a été retirée entre-temps. Votre texte est ici : enregistrez-le pour en faire une "
        "nouvelle note.",
    )
    return page_du_journal(request, test, saisie, 409)


@require_POST
def retirer_note(request: RequeteConnectee, pk: int, numero: int) -> HttpResponse:
    """Take it off, with its pictures, files and voices."""
    test = a_mener(request.user, pk)
    note = get_object_or_404(test.notes, pk=numero)
    try:
        reprise = note.retirer(par=request.user)
        messages.success(request, "Note retirée, avec ses images, ses fichiers et ses voix.")
        dire_la_reprise(request, reprise)
    except CarnetFerme:
        messages.error(request, "Le journal de ce test ne change plus : la note reste.")
    return redirect("tests_programme:journal", test.pk)


@login_not_required
@require_safe
def piece(request: HttpRequest, pk: int, numero: int) -> FileResponse | HttpResponse:
    """A picture or a file, for who may read its note; ``?petite`` gives what a list shows."""
    pieces = PieceJointe.objects.visible_to(request.user).filter(note__test=pk)
    piece = get_object_or_404(pieces, pk=numero)
    if piece.est_image and "petite" in request.GET:
        return servir_en_petit(piece.fichier)
    return servir(piece.fichier, nom=piece.nom, type_mime=piece.type_mime, en_ligne=piece.est_image)
