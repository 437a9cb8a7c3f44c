"""The lists of calls of a dispositif, for its cellule: made, filled from a CSV, followed, erased."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.saisie import numero
from config.tableur_ecrit import ecrire, en_csv
from engagement import appels, chiffres_appels
from engagement.acces import RequeteConnectee, guichet_de
from engagement.acces_appels import liste_du_guichet
from engagement.forms.appels import ListeAppelsForm, LotForm
from engagement.models import ListeAppels, Personne
from engagement.refus import ActionRefusee


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


@require_safe
def chiffres_appels_csv(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Figures alone: no name, no phone, no word."""
    liste = liste_du_guichet(request.user, pk)
    contenu = ecrire(["Quoi", "Lequel", "Nombre"], chiffres_appels.lignes(liste))
    return en_csv(f"appels-{pk}", contenu)


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
