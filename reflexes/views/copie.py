"""The working copy on screen: open it, read what it changes, publish it or throw it away."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reflexes.comparaison import comparer
from reflexes.copie import abandonner as jeter
from reflexes.copie import absents
from reflexes.copie import ouvrir as ouvrir_copie
from reflexes.forms_copie import PublicationForm
from reflexes.models import Enquete, VersionCartographie

reserve = permission_required("reflexes.publier_version", raise_exception=True)


@reserve
@require_POST
def ouvrir(request: HttpRequest, cle: str) -> HttpResponse:
    """Open the enquête's working copy, or go to the one under way."""
    enquete = get_object_or_404(Enquete, cle=cle)
    copie, nouvelle = ouvrir_copie(enquete, vide="vide" in request.POST)
    if nouvelle:
        messages.success(
            request, "La copie de travail est ouverte. Rien n'est public avant sa publication."
        )
    else:
        messages.info(request, "Une copie de travail est déjà ouverte : la voici.")
    return redirect("reflexes:copie", copie.pk)


@reserve
@require_safe
def copie(request: HttpRequest, pk: int) -> HttpResponse:
    """What the copy holds, with a way to every row; once published, the version itself."""
    version = get_object_or_404(VersionCartographie.objects.pour_page(), pk=pk)
    if version.est_publiee:
        return redirect(version)
    contexte = {"rubrique": "cartographie", "version": version, "absents": absents(version)}
    return render(request, "reflexes/copie/copie.html", contexte)


@reserve
@require_http_methods(["GET", "HEAD", "POST"])
def publier(request: HttpRequest, pk: int) -> HttpResponse:
    """What will change for readers, a note, then the version is frozen for good."""
    with transaction.atomic():
        version = _a_publier(pk)
        if version.est_publiee:
            return redirect(version)
        depart = {"titre": _titre(version), "note": version.note}
        donnees = request.POST if request.method == "POST" else None
        form = PublicationForm(donnees, version=version, initial=depart)
        if request.method == "POST" and form.is_valid():
            version.publier(**form.cleaned_data)
            messages.success(request, f"« {version} » est publiée. Elle ne changera plus.")
            return redirect(version)
        precedente = version.enquete.versions.publiees().select_related("enquete").first()
        contexte = {
            "rubrique": "cartographie",
            "version": version,
            "form": form,
            "manques": version.manques_pour_publier(),
            "comparaison": comparer(precedente, version) if precedente else None,
        }
        return render(
            request, "reflexes/copie/publier.html", contexte, status=422 if form.is_bound else 200
        )


@reserve
@require_http_methods(["GET", "HEAD", "POST"])
def abandonner(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once, then throws the copy away. A second click finds it gone."""
    version = (
        VersionCartographie.objects.brouillons().select_related("enquete").filter(pk=pk).first()
    )
    if request.method == "POST":
        if version is None:
            messages.info(request, "Cette copie de travail n'existe plus.")
            return redirect("reflexes:cartographie")
        jeter(version)
        messages.success(
            request, "La copie de travail est abandonnée. Les versions publiées n'ont pas bougé."
        )
        return redirect(version.enquete)
    if version is None:
        raise Http404
    contexte = {"rubrique": "cartographie", "version": version}
    return render(request, "reflexes/copie/abandonner.html", contexte)


def _a_publier(pk: int) -> VersionCartographie:
    """The version, locked: nobody edits it while it is read and frozen."""
    versions = VersionCartographie.objects.select_related("enquete")
    version: VersionCartographie = get_object_or_404(versions.select_for_update(of=["self"]), pk=pk)
    return version


def _titre(version: VersionCartographie) -> str:
    code = version.code_publie
    return version.titre if code == version.code else f"Cartographie des controverses, {code}"
