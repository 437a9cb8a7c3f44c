"""``/recherche/``: one box for the whole site."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accueil.filtres import FiltreDesPistes
from accueil.genres import GENRES
from accueil.recherche import PAGES, chercher, chercher_parmi
from accueil.vocabulaire import suggestion
from config.saisie import numero

LONGUEUR = 200
PAR_CLE = {genre.cle: genre for genre in GENRES}


@login_not_required
@require_safe
def recherche(request: HttpRequest) -> HttpResponse:
    """What answers ``?q=``, by kind; ``?quoi=`` keeps one kind, page by page, and pistes can be narrowed.

    A visitor is shown public things alone.
    """
    saisie = request.GET.get("q", "").replace("\x00", "").strip()[:LONGUEUR]
    genre = PAR_CLE.get(request.GET.get("quoi", ""))
    contexte: dict[str, Any] = {"rubrique": "recherche", "saisie": saisie, "genre": genre}
    if genre is None:
        contexte["groupes"] = chercher(saisie, request.user)
    else:
        filtre = FiltreDesPistes(request.GET) if genre.cle == "pistes" else None
        page = min(max(numero(request.GET.get("page", "")), 1), PAGES)
        groupe = chercher_parmi(genre, saisie, request.user, page=page, filtre=filtre)
        contexte |= {"groupes": [groupe] if groupe.resultats else [], "filtre": filtre}
        contexte |= _pages(request.GET, page, encore=groupe.autres)
    contexte["nombre"] = sum(len(groupe.resultats) for groupe in contexte["groupes"])
    contexte["genres"] = _onglets(saisie, genre.cle if genre else "")
    contexte["suggestion"] = "" if contexte["groupes"] else suggestion(saisie)
    return render(request, "accueil/recherche.html", contexte)


def _pages(requete: QueryDict, page: int, *, encore: bool) -> dict[str, str]:
    def adresse(numero: int) -> str:
        autre = requete.copy()
        autre["page"] = str(numero)
        return f"?{autre.urlencode()}"

    return {
        "precedente": adresse(page - 1) if page > 1 else "",
        "suivante": adresse(page + 1) if encore and page < PAGES else "",
    }


def _onglets(saisie: str, choisi: str) -> list[dict[str, Any]]:
    """The kinds as links; none until something was typed."""
    if not saisie:
        return []
    onglets = [("", "Tout"), *((genre.cle, genre.titre) for genre in GENRES)]
    liens = []
    for cle, titre in onglets:
        requete = QueryDict(mutable=True)
        requete.update({"q": saisie, **({"quoi": cle} if cle else {})})
        liens.append({"titre": titre, "adresse": f"?{requete.urlencode()}", "ici": cle == choisi})
    return liens
