"""Every text a piste or an orientation has had: who, when, why, and what changed from one to another."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comptes.models import Utilisateur
from config.saisie import numero
from pistes.comparaison import Ecart, champs_de_l_edition, comparer
from pistes.models import EditionOrientation, EditionPiste, Orientation, Piste
from pistes.views.brouillons import reserve
from pistes.views.gestes import adresse_du_geste, gestes_sur

# Texts on one page; older ones come by the link at its foot.
PAR_PAGE = 30


@reserve
@require_safe
def historique(request: HttpRequest, slug: str) -> HttpResponse:
    """Of a piste. ``?avant=3&apres=5``: the words that changed between two of its texts."""
    piste = get_object_or_404(Piste.objects.select_related("recueil"), slug=slug)
    editions = EditionPiste.objects.filter(piste=piste)
    return _historique(request, piste, editions, EditionPiste.objects.pour_redaction())


@reserve
@require_safe
def historique_orientation(request: HttpRequest, slug: str) -> HttpResponse:
    """Of an orientation."""
    orientation = get_object_or_404(Orientation.objects.select_related("recueil"), slug=slug)
    editions = EditionOrientation.objects.filter(orientation=orientation)
    completes = EditionOrientation.objects.select_related("orientation")
    return _historique(request, orientation, editions, completes)


def _historique(request: HttpRequest, sujet: Any, editions: Any, completes: Any) -> HttpResponse:
    user = request.user
    assert isinstance(user, Utilisateur)
    lignes = editions.select_related("auteur", "publie_par").prefetch_related("journal__par")
    if jusqua := numero(request.GET.get("jusqua", "")):
        lignes = lignes.filter(numero__lte=jusqua)
    page = list(lignes.order_by("-numero")[: PAR_PAGE + 1])
    publiee = editions.publies().first()
    for edition in page:
        edition.adresse_restaurer = adresse_du_geste(edition, "restaurer")
    contexte = {
        "rubrique": "pistes",
        "sujet": sujet,
        "titre": publiee or (page[0] if page else sujet),
        "editions": page[:PAR_PAGE],
        "suite": page[PAR_PAGE].numero if len(page) > PAR_PAGE else None,
        "publiee": publiee,
        "gestes": gestes_sur(publiee, user) if publiee else {},
        **_deux_textes(request, editions, completes),
    }
    return render(request, "pistes/historique.html", contexte)


def _deux_textes(request: HttpRequest, editions: Any, completes: Any) -> dict[str, Any]:
    """The two texts asked for, older first, and what changed. One that does not exist: nothing."""
    numeros = [numero(request.GET.get(nom, "")) for nom in ("avant", "apres")]
    voulus = editions.filter(numero__in=numeros).values("pk")
    deux = list(completes.filter(pk__in=voulus).order_by("numero"))
    if len(deux) != 2:
        return {"demande": any(numeros)}
    ecarts: list[Ecart] = comparer(*(champs_de_l_edition(edition) for edition in deux))
    return {"avant": deux[0], "apres": deux[1], "ecarts": ecarts}
