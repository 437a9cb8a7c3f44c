"""The lists of calls of a dispositif, for its cellule: made, filled from a CSV, followed, erased."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.saisie import numero
from config.tableur_ecrit import ecrire
from config.tableur_lu import TableurRefuse
from engagement import appels, chiffres_appels
from engagement.acces import RequeteConnectee, guichet_de
from engagement.acces_appels import liste_du_guichet
from engagement.forms.appels import FichierForm, ListeAppelsForm, LotForm
from engagement.import_appels import Rapport, importer
from engagement.models import ListeAppels, Personne
from engagement.refus import ActionRefusee

# The refused lines of an import, for whoever made it: an hour, in the cache alone.
DUREE_DU_RAPPORT = 3600
LIGNES_GARDEES, LIGNES_MONTREES = 2_000, 100


@require_safe
def listes_appels(request: RequeteConnectee, pk: int) -> HttpResponse:
    """All its lists, newest first; those erased keep their figures."""
    dispositif = guichet_de(request.user, pk)
    contexte = {"dispositif": dispositif, "listes": dispositif.listes_appels.all()[:100]}
    return render(request, "engagement/appels/listes.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle_liste_appels(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Its words first; the file comes next."""
    dispositif = guichet_de(request.user, pk)
    liste = ListeAppels(dispositif=dispositif, cree_par=request.user)
    form = ListeAppelsForm(request.POST if request.method == "POST" else None, instance=liste)
    if form.is_bound and form.is_valid():
        form.save()
        liste._noter(
            "creer",
            f"Liste d'appels créée, à effacer le {liste.effacer_le:%d/%m/%Y}",
            request.user,
            None,
        )
        messages.success(request, "La liste est créée. Il reste à y mettre des personnes.")
        return redirect("engagement:importer_appels", liste.pk)
    contexte = {"dispositif": dispositif, "form": form}
    statut = 422 if form.is_bound else 200
    return render(request, "engagement/appels/regler.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_liste_appels(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Another script, another day of erasure."""
    liste = liste_du_guichet(request.user, pk)
    if liste.est_effacee():
        return redirect(liste)
    form = ListeAppelsForm(request.POST if request.method == "POST" else None, instance=liste)
    if form.is_bound and form.is_valid():
        form.save()
        liste._noter(
            "modifier",
            f"Liste modifiée, à effacer le {liste.effacer_le:%d/%m/%Y}",
            request.user,
            None,
        )
        messages.success(request, "C'est enregistré.")
        return redirect(liste)
    contexte = {"dispositif": liste.dispositif, "liste": liste, "form": form}
    statut = 422 if form.is_bound else 200
    return render(request, "engagement/appels/regler.html", contexte, status=statut)


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
    return _csv(
        f"lignes-refusees-{pk}", ecrire(["Ligne", "Pourquoi", "Ce qu'elle disait"], refusees)
    )


@require_safe
def chiffres_appels_csv(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Figures alone: no name, no phone, no word."""
    liste = liste_du_guichet(request.user, pk)
    contenu = ecrire(["Quoi", "Lequel", "Nombre"], chiffres_appels.lignes(liste))
    return _csv(f"appels-{pk}", contenu)


@require_http_methods(["GET", "HEAD", "POST"])
def liste_appels(request: RequeteConnectee, pk: int) -> HttpResponse:
    """How it goes; a POST gives out a lot. Ten queries at most."""
    liste = liste_du_guichet(request.user, pk)
    recherche = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    gens = appels.volontaires(liste.dispositif, recherche, liste_pk=pk)
    form = LotForm(request.POST if request.method == "POST" else None, volontaires=gens)
    refus = ""
    if form.is_bound and form.is_valid():
        choisis = [v for v in gens if v.pk in form.cleaned_data["personnes"]]
        try:
            donnees = liste.attribuer(choisis, form.cleaned_data["combien"], par=request.user)
        except ActionRefusee as raison:
            refus = str(raison)
        else:
            _dire_le_lot(request, donnees)
            return redirect(liste)
    contexte = {
        "dispositif": liste.dispositif,
        "liste": liste,
        "form": form,
        "refus": refus,
        "q": recherche,
        "obstacle": liste.obstacle(),
        "chiffres": chiffres_appels.avancement(liste),
        **(chiffres_appels.a_suivre(liste) if not liste.est_effacee() else {}),
    }
    statut = 409 if refus else 422 if form.is_bound else 200
    return render(request, "engagement/appels/liste.html", contexte, status=statut)


@require_POST
def reprendre_appels(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Take back the sheets of somebody who cannot call."""
    liste = liste_du_guichet(request.user, pk)
    qui = numero(request.POST.get("personne", ""))
    personne = Personne.objects.filter(pk=qui, dispositif=liste.dispositif_id).first()
    if personne is None:
        raise Http404
    nombre = liste.reprendre(personne, par=request.user)
    messages.success(request, f"{nombre} fiches reprises : elles attendent quelqu'un d'autre.")
    return redirect(liste)


@require_http_methods(["GET", "HEAD", "POST"])
def effacer_liste_appels(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Before its day, once it has been of use."""
    liste = liste_du_guichet(request.user, pk)
    if request.method == "POST":
        faite = liste.effacer(par=request.user)
        messages.success(request, "La liste est effacée." if faite else "Elle l'était déjà.")
        return redirect(liste)
    contexte = {"dispositif": liste.dispositif, "liste": liste}
    return render(request, "engagement/appels/effacer.html", contexte)


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


def _dire_le_lot(request: RequeteConnectee, donnees: dict[Personne, int]) -> None:
    messages.success(
        request, f"{sum(donnees.values())} fiches confiées à {len(donnees)} personnes."
    )
    for personne in donnees:
        if not personne.joignable:
            messages.warning(
                request,
                f"{personne.nom_montre} n'a pas d'adresse : donnez-lui ce lien : {appels.lien_de(personne)}",
            )


def _csv(nom: str, contenu: str) -> HttpResponse:
    return HttpResponse(
        contenu,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}.csv"'},
    )
