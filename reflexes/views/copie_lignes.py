"""The rows of the working copy: write, move, remove a controverse or a terrain."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.saisie import numero
from reflexes.copie import absents, ajouter_controverse, ajouter_terrain
from reflexes.copie import retirer as oter
from reflexes.forms_copie import ControverseForm, TerrainForm
from reflexes.models import ControverseFigee, TerrainFige, VersionCartographie
from reflexes.views.copie import reserve

ENREGISTREE = "C'est enregistré dans la copie de travail."
lire_et_ecrire = require_http_methods(["GET", "HEAD", "POST"])


@reserve
@lire_et_ecrire
@transaction.atomic
def nouvelle_controverse(request: HttpRequest, pk: int) -> HttpResponse:
    """One more controverse."""
    copie = _copie(request, pk)
    if copie is None:
        return _trop_tard(request, pk)
    rang = max((c.numero for c in copie.controverses.all()), default=0) + 1
    form = ControverseForm(request.POST or None, copie=copie, initial={"numero": rang})
    if request.method == "POST" and form.is_valid():
        ajouter_controverse(copie, form.instance)
        return _enregistree(request, copie)
    return _page(request, copie, form, "Ajouter une controverse")


@reserve
@lire_et_ecrire
@transaction.atomic
def controverse(request: HttpRequest, pk: int, ligne: int) -> HttpResponse:
    """The words of a controverse."""
    copie = _copie(request, pk)
    figee = copie.controverses.filter(pk=ligne).first() if copie else None
    if copie is None or figee is None:
        return _trop_tard(request, pk)
    form = ControverseForm(request.POST or None, copie=copie, instance=figee)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _enregistree(request, copie)
    return _page(request, copie, form, f"Controverse {figee.numero}", figee)


@reserve
@lire_et_ecrire
@transaction.atomic
def nouveau_terrain(request: HttpRequest, pk: int) -> HttpResponse:
    """One more terrain, under ``?controverse=``; or one that comes back, ``?reprendre=``."""
    copie = _copie(request, pk)
    if copie is None:
        return _trop_tard(request, pk)
    form = TerrainForm(request.POST or None, copie=copie, initial=_depart(request, copie))
    if request.method == "POST" and form.is_valid():
        ajouter_terrain(copie, form.instance, form.cleaned_data["identite"])
        return _enregistree(request, copie)
    return _page(request, copie, form, "Ajouter un terrain")


@reserve
@lire_et_ecrire
@transaction.atomic
def terrain(request: HttpRequest, pk: int, ligne: int) -> HttpResponse:
    """The words of a terrain; another controverse or number moves it."""
    copie = _copie(request, pk)
    fige = copie.terrains.filter(pk=ligne).first() if copie else None
    if copie is None or fige is None:
        return _trop_tard(request, pk)
    form = TerrainForm(request.POST or None, copie=copie, instance=fige)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _enregistree(request, copie)
    return _page(request, copie, form, f"Terrain {fige.numero}", fige)


@reserve
@lire_et_ecrire
@transaction.atomic
def retirer(request: HttpRequest, pk: int, quoi: str, ligne: int) -> HttpResponse:
    """Asks once, then takes a row out of the copy. A second click finds it gone."""
    if quoi not in {"controverses", "terrains"}:
        raise Http404
    copie = _copie(request, pk)
    if copie is None:
        return _trop_tard(request, pk)
    lignes = copie.controverses if quoi == "controverses" else copie.terrains
    trouvee = lignes.filter(pk=ligne).first()
    if request.method != "POST":
        if trouvee is None:
            raise Http404
        contexte = {"rubrique": "cartographie", "version": copie, "ligne": trouvee, "quoi": quoi}
        return render(request, "reflexes/copie/retirer.html", contexte)
    if trouvee is not None:
        oter(trouvee)
    messages.success(
        request, "Retiré de la copie de travail. Les versions publiées n'ont pas bougé."
    )
    return redirect("reflexes:copie", copie.pk)


def _copie(request: HttpRequest, pk: int) -> VersionCartographie | None:
    """The draft, locked when it is written to: it cannot be published under one's hand."""
    copies = VersionCartographie.objects.brouillons().select_related("enquete")
    if request.method == "POST":
        copies = copies.select_for_update(of=["self"])
    return copies.filter(pk=pk).first()


def _trop_tard(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy or the row is gone. What was typed is shown, to be kept; reading it is a 404."""
    if request.method != "POST":
        raise Http404
    ecrit = {
        nom: request.POST.get(nom, "")
        for nom in ("numero", "theme", "pole_a", "pole_b", "titre", "texte")
    }
    contexte = {
        "rubrique": "cartographie",
        "version": VersionCartographie.objects.select_related("enquete").filter(pk=pk).first(),
        "ecrit": {nom: valeur for nom, valeur in ecrit.items() if valeur},
    }
    return render(request, "reflexes/copie/trop_tard.html", contexte, status=409)


def _depart(request: HttpRequest, copie: VersionCartographie) -> dict[str, Any]:
    """What the form of a new terrain already holds."""
    repris = [t for t in absents(copie) if t.terrain_id == numero(request.GET.get("reprendre", ""))]
    if repris:
        return {
            "identite": repris[0].terrain_id,
            "titre": repris[0].titre,
            "texte": repris[0].texte,
        }
    figee = copie.controverses.filter(pk=numero(request.GET.get("controverse", ""))).first()
    if figee is None:
        return {}
    rangs = [t.ordre[-1] for t in figee.terrains.all() if t.ordre]
    return {"controverse": figee.pk, "numero": f"{figee.numero}.{max(rangs, default=0) + 1}"}


def _enregistree(request: HttpRequest, copie: VersionCartographie) -> HttpResponse:
    messages.success(request, ENREGISTREE)
    return redirect("reflexes:copie", copie.pk)


def _page(
    request: HttpRequest,
    copie: VersionCartographie,
    form: ControverseForm | TerrainForm,
    titre: str,
    ligne: ControverseFigee | TerrainFige | None = None,
) -> HttpResponse:
    contexte = {
        "rubrique": "cartographie",
        "version": copie,
        "form": form,
        "titre": titre,
        "ligne": ligne,
        "quoi": "controverses" if isinstance(form, ControverseForm) else "terrains",
    }
    statut = 409 if form.divergences else 422 if form.is_bound else 200
    return render(request, "reflexes/copie/ligne.html", contexte, status=statut)
