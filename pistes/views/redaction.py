"""Writing the next text of a piste. The public one does not move until the draft is published."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from comptes.models import Utilisateur
from pistes.forms import Redaction
from pistes.models import EditionPiste, Piste
from pistes.redaction import ecrire_edition
from pistes.views.brouillons import reserve


@reserve
@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, filled with the latest text (the draft under way when there is one)."""
    piste = get_object_or_404(Piste.objects.select_related("recueil"), slug=slug)
    base = _derniere_edition(piste)
    redaction = Redaction(base, request.POST if request.method == "POST" else None)
    if request.method == "POST" and redaction.is_valid():
        ecrit = redaction.ecrit()
        if ecrit == redaction.base:
            messages.info(request, "Rien n'a changé : aucun brouillon n'a été créé.")
            return redirect(piste)
        assert isinstance(request.user, Utilisateur)
        edition = ecrire_edition(
            piste, ecrit, origine=EditionPiste.Origine.CURATION, auteur=request.user
        )
        messages.success(request, "Brouillon enregistré. Relisez-le, puis publiez-le.")
        return redirect("pistes:brouillon", edition.pk)
    contexte = {"rubrique": "pistes", "piste": piste, "base": base, "redaction": redaction}
    statut = 422 if request.method == "POST" else 200
    return render(request, "pistes/modifier.html", contexte, status=statut)


def _derniere_edition(piste: Piste) -> EditionPiste:
    """What the next text starts from, or 404 for a piste without any text."""
    editions = EditionPiste.objects.exclude(etat=EditionPiste.Etat.ARCHIVE).pour_redaction()
    edition: EditionPiste | None = editions.filter(piste=piste).order_by("-numero").first()
    if edition is None:
        raise Http404
    return edition
