"""Comments on a programme and on its tests, among the people of the programme."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from comptes.refus import DecisionImpossible
from config.saisie import numero
from tests_programme.acces import RequeteConnectee, a_lire
from tests_programme.acces_programme import programme_du_cercle
from tests_programme.forms.miroir import CommentaireForm
from tests_programme.models import Commentaire, Programme, Test
from tests_programme.perms import est_du_cercle, peut_commenter
from tests_programme.views.pages_du_miroir import page_du_miroir, page_du_test


@require_safe
def commentaires(request: RequeteConnectee, pk: int) -> HttpResponse:
    """What is said of one test."""
    test = a_lire(request.user, pk)
    if test.programme is None:
        raise Http404
    if not est_du_cercle(request.user, test.programme):
        raise PermissionDenied
    return page_du_test(request, test)


@require_POST
def commenter(request: RequeteConnectee, cle: str) -> HttpResponse:
    """Say something of the programme, or (``test``) of one of its tests."""
    programme = programme_du_cercle(request.user, cle)
    if not peut_commenter(request.user, programme):
        raise PermissionDenied
    test = _test(request, programme)
    form = CommentaireForm(request.POST)
    if form.is_valid():
        try:
            Commentaire.ecrire(
                programme=programme, test=test, par=request.user, texte=form.cleaned_data["texte"]
            )
        except DecisionImpossible as refus:
            form.add_error("texte", str(refus))
        else:
            messages.success(request, "Votre commentaire est publié.")
            if test is not None:
                return redirect("tests_programme:commentaires", test.pk)
            return redirect("tests_programme:miroir", cle)
    if test is not None:
        return page_du_test(request, test, form)
    return page_du_miroir(request, programme, commentaire=form)


def _test(request: RequeteConnectee, programme: Programme) -> Test | None:
    """The test a comment is about, seen by its reader and of this programme. Raises Http404."""
    demande = request.POST.get("test", "")
    if not demande:
        return None
    test = a_lire(request.user, numero(demande))
    if test.programme_id != programme.pk:
        raise Http404
    return test


@require_POST
def retirer_commentaire(request: RequeteConnectee, pk: int) -> HttpResponse:
    """For its author, and for who animates the programme."""
    tous = Commentaire.objects.select_related("programme", "test")
    commentaire = tous.filter(pk=pk).first()
    if commentaire is None:  # a second click
        messages.info(request, "Ce commentaire est déjà retiré.")
        return redirect("tests_programme:programmes")
    if not est_du_cercle(request.user, commentaire.programme):
        raise Http404
    test, cle = commentaire.test_id, commentaire.programme.cle
    commentaire.retirer(par=request.user)
    messages.success(request, "Le commentaire est retiré.")
    if test is not None:
        return redirect("tests_programme:commentaires", test)
    return redirect("tests_programme:miroir", cle)
