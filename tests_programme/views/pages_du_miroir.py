"""The pages where people of a programme speak, with a form sent back or without."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from config.saisie import numero
from tests_programme.acces import RequeteConnectee
from tests_programme.forms.miroir import CommentaireForm, InvitationMiroirForm
from tests_programme.models import Commentaire, Programme, Test
from tests_programme.perms import peut_animer_programme, peut_commenter

PAR_PAGE = 30


def page_du_miroir(
    request: RequeteConnectee,
    programme: Programme,
    *,
    invitation: InvitationMiroirForm | None = None,
    commentaire: CommentaireForm | None = None,
) -> HttpResponse:
    """The page, with a form sent back or without."""
    commente = peut_commenter(request.user, programme)
    contexte = {
        "rubrique": "programmes",
        "programme": programme,
        "lecteurs": programme.miroir.presents(),
        "anime": peut_animer_programme(request.user, programme),
        "commente": commente,
        "invitation": invitation or InvitationMiroirForm(),
        "form": commentaire or CommentaireForm(),
        "test": None,
        **_commentaires(request, programme.commentaires.lisibles_par(request.user)),
    }
    statut = 422 if invitation or commentaire else 200
    return render(request, "tests_programme/miroir.html", contexte, status=statut)


def page_du_test(
    request: RequeteConnectee, test: Test, form: CommentaireForm | None = None
) -> HttpResponse:
    """The page, with a form sent back or without."""
    contexte = {
        "rubrique": "tests",
        "test": test,
        "onglet": "commentaires",
        "programme": test.programme,
        "anime": peut_animer_programme(request.user, test.programme),
        "commente": peut_commenter(request.user, test.programme),
        "form": form or CommentaireForm(),
        # A test may have changed programme: what was said in the other one stays among its people.
        **_commentaires(request, test.commentaires.filter(programme=test.programme)),
    }
    page = "tests_programme/commentaires.html"
    return render(request, page, contexte, status=422 if form else 200)


def _commentaires(
    request: RequeteConnectee, commentaires: "QuerySet[Commentaire]"
) -> dict[str, Any]:
    """The newest ones, or those before ``?avant=``, and where the next ones are. One query."""
    if avant := numero(request.GET.get("avant", "")):
        commentaires = commentaires.filter(pk__lt=avant)
    suite = list(commentaires.select_related("test", "programme").order_by("-pk")[: PAR_PAGE + 1])
    plus = f"?avant={suite[PAR_PAGE - 1].pk}" if len(suite) > PAR_PAGE else ""
    return {"commentaires": suite[:PAR_PAGE], "suivante": plus}
