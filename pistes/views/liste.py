"""The catalogue's lists: all pistes, an orientation's, a mot-clé's, a recueil's."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pistes.chemins import Chemin
from pistes.filtres import FiltrePistes
from pistes.models import EditionOrientation, EditionPiste, Recueil
from pistes.pages import page
from pistes.rayons import ranger

# Of the pistes an orientation refers to elsewhere.
AUSSI = 30


@login_not_required
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Every published piste by recueil and orientation, narrowed by ``FiltrePistes``."""
    filtre = FiltrePistes(request.GET)
    trouvees = page(request, filtre.appliquer(EditionPiste.objects.publies()), compter=True)
    orientations = list(EditionOrientation.objects.publies().pour_liste())
    contexte = {
        "rubrique": "pistes",
        "filtre": filtre,
        "etageres": ranger(trouvees.pistes, orientations),
        "page": trouvees,
    }
    return render(request, "pistes/liste.html", contexte)


@login_not_required
@require_safe
def orientation(request: HttpRequest, slug: str) -> HttpResponse:
    """One orientation: its text, its question, its pistes, and those it refers to elsewhere."""
    edition = edition_publiee(slug)
    chemin = Chemin("orientation", slug)
    aussi = EditionPiste.objects.publies().filter(piste__orientations_aussi=edition.orientation_id)
    contexte = {
        "rubrique": "pistes",
        "edition": edition,
        "orientation": edition.orientation,
        "chemin": chemin,
        "page": page(request, chemin.pistes()),
        "aussi": aussi.pour_liste()[:AUSSI],
        "voisines": EditionOrientation.objects.publies()
        .filter(orientation__recueil=edition.orientation.recueil_id)
        .pour_liste(),
    }
    return render(request, "pistes/orientation.html", contexte)


@login_not_required
@require_safe
def mot_cle(request: HttpRequest, slug: str) -> HttpResponse:
    """Every piste that bears a mot-clé, whatever its own orientation."""
    edition = edition_publiee(slug)
    chemin = Chemin("mot-cle", slug)
    contexte = {
        "rubrique": "pistes",
        "edition": edition,
        "orientation": edition.orientation,
        "chemin": chemin,
        "page": page(request, chemin.pistes()),
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
    trouvees = page(request, EditionPiste.objects.publies().filter(piste__recueil=recueil))
    contexte = {
        "rubrique": "pistes",
        "recueil": recueil,
        "etageres": ranger(trouvees.pistes, orientations.pour_liste()),
        "page": trouvees,
    }
    return render(request, "pistes/recueil.html", contexte)


def edition_publiee(slug: str) -> EditionOrientation:
    """The public text of an orientation, or 404."""
    editions = EditionOrientation.objects.publies().select_related("orientation__recueil")
    edition: EditionOrientation = get_object_or_404(editions, orientation__slug=slug)
    return edition
