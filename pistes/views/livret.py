"""An orientation as a booklet to print: cover, contents, then its pistes one after another."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pistes.models import EditionPiste
from pistes.views.liste import edition_publiee

# Two pages each: a hundred and twenty pages to print at most.
AU_PLUS = 60


@login_not_required
@require_safe
def livret(request: HttpRequest, slug: str) -> HttpResponse:
    """One page for the screen and the printer. Five queries."""
    orientation = edition_publiee(slug)
    pistes = (
        EditionPiste.objects.publies()
        .pour_page()
        .avec_leurs_visites()
        .filter(piste__orientation=orientation.orientation_id)
        .order_by("piste__rang")
    )
    trouvees = list(pistes[: AU_PLUS + 1])
    contexte = {
        "rubrique": "pistes",
        "edition": orientation,
        "orientation": orientation.orientation,
        "pistes": trouvees[:AU_PLUS],
        "coupe": len(trouvees) > AU_PLUS,
    }
    return render(request, "pistes/livret.html", contexte)
