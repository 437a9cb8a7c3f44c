"""The desk: the page a cellule works from, the whole list of each bac, all the desks one keeps."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.acces import RequeteConnectee, guichet_de
from engagement.bacs import GROUPES, PANIERS, PAR_CLE
from engagement.forms.guichet import FiltreDuGuichet
from engagement.guichet import mes_guichets
from engagement.listes import suite_de
from engagement.page_du_guichet import page


@require_safe
def guichets(request: RequeteConnectee) -> HttpResponse:
    """Every desk one keeps, with what waits there."""
    contexte = {"guichets": mes_guichets(request.user)}
    return render(request, "engagement/guichet/guichets.html", contexte)


@require_safe
def guichet(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The desk of a dispositif, through one basket and one kind of line."""
    dispositif = guichet_de(request.user, pk)
    filtre = FiltreDuGuichet(request.GET)
    if (
        not filtre.is_valid()
    ):  # what names nothing narrows nothing here: a desk is never shown empty by mistake
        filtre = FiltreDuGuichet({})
        filtre.full_clean()
    panier, quoi = filtre.panier_choisi, filtre.cleaned_data["quoi"]
    at = timezone.now()
    contexte = {
        "dispositif": dispositif,
        "page": page(dispositif, request.user, panier, quoi, at),
        "panier": panier,
        "quoi": quoi,
        "groupes": [("", "Tout"), *list(GROUPES.items())[1:]],
        "ici": request.get_full_path(),
        "a_jour": at,
        "maintenant": at.isoformat(),
    }
    return render(request, "engagement/guichet/guichet.html", contexte)


@require_safe
def liste_guichet(request: RequeteConnectee, pk: int, bac: str) -> HttpResponse:
    """All of one bac, fifty lines a page."""
    dispositif = guichet_de(request.user, pk)
    if bac not in PAR_CLE:
        raise Http404
    filtre = FiltreDuGuichet(request.GET)
    panier = filtre.panier_choisi if filtre.is_valid() else "cellule"
    suite = suite_de(PAR_CLE[bac], dispositif, request.user, panier, request.GET.get("apres", ""))
    contexte = {
        "dispositif": dispositif,
        "bac": PAR_CLE[bac],
        "panier": panier,
        "panier_en_mots": PANIERS[panier],
        "nombre": suite.nombre,
        "lignes": suite.lignes,
        "cellule": suite.cellule,
        "ici": request.get_full_path(),
        "debut": f"{request.path}?panier={panier}" if suite.entamee else "",
        "suivante": f"?{urlencode({'panier': panier, 'apres': suite.apres})}"
        if suite.apres
        else "",
    }
    return render(request, "engagement/guichet/liste.html", contexte)
