"""The page of a session, with the box of its documents sent back or without."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tests_programme.forms.document import DocumentForm
from tests_programme.models import Seance
from tests_programme.perms import est_du_cercle, peut_animer_programme


def page_de_seance(
    request: HttpRequest, seance: Seance, *, document: DocumentForm | None = None
) -> HttpResponse:
    """Day, place and agenda for everybody; the rest for the people of the programme."""
    programme, user = seance.programme, request.user
    du_cercle = user.is_authenticated and est_du_cercle(user, programme)
    contexte = {
        "rubrique": "programmes",
        "programme": programme,
        "seance": seance,
        "du_cercle": du_cercle,
        "anime": user.is_authenticated and peut_animer_programme(user, programme),
        "documents": seance.documents.all() if du_cercle else [],
        "document_form": document or DocumentForm(),
    }
    statut = 422 if document else 200
    return render(request, "tests_programme/seance.html", contexte, status=statut)
