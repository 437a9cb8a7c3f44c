"""The documents of a session: for the people of the programme."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from config.fichiers import servir
from tests_programme.acces import RequeteConnectee
from tests_programme.acces_programme import programme_anime, programme_du_cercle, seance_de
from tests_programme.forms.document import DocumentForm
from tests_programme.models import DocumentSeance
from tests_programme.views.pages_de_seance import page_de_seance


@require_POST
def ajouter_document(request: RequeteConnectee, cle: str, rang: int) -> HttpResponse:
    """One more; refused, it is said beside the box."""
    seance = seance_de(programme_anime(request.user, cle), rang)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return page_de_seance(request, seance, document=form)
    DocumentSeance.ajouter(seance=seance, fichier=form.cleaned_data["fichier"], par=request.user)
    messages.success(request, "Le document est ajouté.")
    return redirect(seance)


@require_safe
def document_seance(request: RequeteConnectee, cle: str, rang: int, pk: int) -> FileResponse:
    """The file itself."""
    seance = seance_de(programme_du_cercle(request.user, cle), rang)
    document = get_object_or_404(DocumentSeance, seance=seance, pk=pk)
    return servir(document.fichier, nom=document.nom, type_mime=document.type_mime)


@require_POST
def retirer_document(request: RequeteConnectee, cle: str, rang: int, pk: int) -> HttpResponse:
    """Take it off, with its file."""
    seance = seance_de(programme_anime(request.user, cle), rang)
    document = DocumentSeance.objects.filter(seance=seance, pk=pk).first()
    if document is not None:  # a second click finds nothing left to do
        document.retirer(par=request.user)
    messages.success(request, "Le document est retiré.")
    return redirect(seance)
