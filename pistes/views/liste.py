"""The catalogue's lists: all pistes, an orientation's, a mot-clé's, a recueil's."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pistes.filtres import FiltrePistes
from pistes.models import EditionOrientation, EditionPiste, Recueil
from pistes.rayons import ranger


@login_not_required
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Every published piste by recueil and orientation, narrowed by ``FiltrePistes``."""
    filtre = FiltrePistes(request.GET)
    editions = list(filtre.appliquer(EditionPiste.objects.publies().pour_liste()))
    orientations = list(EditionOrientation.objects.publies().pour_liste())
    contexte = {
        "rubrique": "pistes",
        "filtre": filtre,
        "etageres": ranger(editions, orientations),
        "nombre": len(editions),
    }
    return render(request, "pistes/liste.html", contexte)


@login_not_required
@require_safe
def orientation(request: HttpRequest, slug: str) -> HttpResponse:
    """One orientation: its text, its question, its pistes, and those it refers to elsewhere."""
    edition = _edition(slug)
    pistes = EditionPiste.objects.publies().pour_liste()
    contexte = {
        "rubrique": "pistes",
        "edition": edition,
        "orientation": edition.orientation,
        "pistes": pistes.filter(piste__orientation=edition.orientation_id),
        "aussi": pistes.filter(piste__orientations_aussi=edition.orientation_id),
        "voisines": EditionOrientation.objects.publies()
        .filter(orientation__recueil=edition.orientation.recueil_id)
        .pour_liste(),
    }
    return render(request, "pistes/orientation.html", contexte)


@login_not_required
@require_safe
def mot_cle(request: HttpRequest, slug: str) -> HttpResponse:
    """Every piste that bears a mot-clé, whatever its own orientation."""
    edition = _edition(slug)
    contexte = {
        "rubrique": "pistes",
        "edition": edition,
        "orientation": edition.orientation,
        "pistes": EditionPiste.objects.publies()
        .filter(mots_cles=edition.orientation_id)
        .pour_liste(),
        "voisines": EditionOrientation.objects.publies()
        .filter(orientation__recueil=edition.orientation.recueil_id)
        .pour_liste(),
    }
    return render(request, "pistes/mot_cle.html", contexte)


@login_not_required
@require_safe
def recueil(request: HttpRequest, cle: str) -> HttpResponse:
    """One publication and its pistes."""
    recueil = get_object_or_404(Recueil, cle=cle)
    orientations = EditionOrientation.objects.publies().filter(orientation__recueil=recueil)
    editions = EditionPiste.objects.publies().filter(piste__recueil=recueil).pour_liste()
    contexte = {
        "rubrique": "pistes",
        "recueil": recueil,
        "etageres": ranger(editions, orientations.pour_liste()),
    }
    return render(request, "pistes/recueil.html", contexte)


def _edition(slug: str) -> EditionOrientation:
    """The public text of an orientation, or 404."""
    editions = EditionOrientation.objects.publies().select_related("orientation__recueil")
    edition: EditionOrientation = get_object_or_404(editions, orientation__slug=slug)
    return edition
