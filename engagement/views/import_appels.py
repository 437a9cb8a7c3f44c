"""Filling a list of calls from a CSV: what was kept, and what was not, with its line."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config.tableur_ecrit import ecrire, en_csv
from config.tableur_lu import TableurRefuse
from engagement.acces import RequeteConnectee
from engagement.acces_appels import liste_du_guichet
from engagement.forms.appels import FichierForm
from engagement.import_appels import Rapport, importer
from engagement.models import ListeAppels
from engagement.refus import ActionRefusee

# The refused lines of an import, for whoever made it: an hour, in the cache alone.
DUREE_DU_RAPPORT = 3600
LIGNES_GARDEES, LIGNES_MONTREES = 2_000, 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def importer_appels(request: RequeteConnectee, pk: int) -> HttpResponse:
    """A file; then what was kept, and what was not with its line."""
    liste = liste_du_guichet(request.user, pk)
    form = FichierForm(request.POST, request.FILES) if request.method == "POST" else FichierForm()
    refus = ""
    if form.is_bound and form.is_valid():
        try:
            rapport = importer(liste, form.cleaned_data["fichier"], par=request.user)
        except (TableurRefuse, ActionRefusee) as raison:
            refus = str(raison)
        else:
            _garder(request, liste, rapport)
            _dire(request, rapport)
            return redirect("engagement:importer_appels", pk)
    refusees = _gardees(request, liste)
    contexte = {
        "dispositif": liste.dispositif,
        "liste": liste,
        "form": form,
        "refus": refus,
        "refusees": refusees[:LIGNES_MONTREES],
        "nombre_refusees": len(refusees),
        "obstacle": liste.obstacle(),
    }
    statut = 409 if refus else 422 if form.is_bound else 200
    return render(request, "engagement/appels/importer.html", contexte, status=statut)


@never_cache
@require_safe
def lignes_refusees(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The lines of the last import that were not kept, to mend and send again."""
    liste = liste_du_guichet(request.user, pk)
    refusees = _gardees(request, liste)
    if not refusees:
        raise Http404
    return en_csv(
        f"lignes-refusees-{pk}", ecrire(["Ligne", "Pourquoi", "Ce qu'elle disait"], refusees)
    )


def _cle(request: RequeteConnectee, liste: ListeAppels) -> str:
    return f"appels:refusees:{liste.pk}:{request.user.pk}"


def _garder(request: RequeteConnectee, liste: ListeAppels, rapport: Rapport) -> None:
    lignes = [(r.numero, r.raison, r.texte) for r in rapport.refusees[:LIGNES_GARDEES]]
    cache.set(_cle(request, liste), lignes, DUREE_DU_RAPPORT)


def _gardees(request: RequeteConnectee, liste: ListeAppels) -> list[Any]:
    return [] if liste.est_effacee() else cache.get(_cle(request, liste)) or []


def _dire(request: RequeteConnectee, rapport: Rapport) -> None:
    messages.success(request, f"{rapport.gardees} personnes ajoutées.")
    if rapport.refusees:
        messages.warning(
            request,
            f"{len(rapport.refusees)} lignes ne sont pas gardées : les voici, avec la raison.",
        )
    if rapport.inconnues:
        messages.info(request, f"Colonnes non lues : {', '.join(rapport.inconnues[:10])}.")
    if rapport.communes:
        noms = ", ".join(rapport.communes)
        messages.info(request, f"Communes inconnues, gardées comme elles sont écrites : {noms}.")
