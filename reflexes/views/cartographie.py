"""The cartographie: its latest version, each version, and what changed from one to another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from reflexes.comparaison import comparer
from reflexes.models import VersionCartographie


@login_not_required
@require_safe
def cartographie(request: HttpRequest) -> HttpResponse:
    """The latest published version of the latest enquête; an empty state before the first one."""
    versions = VersionCartographie.objects.publiees().pour_page()
    return _page(request, versions.order_by("-enquete__debut", "-enquete_id", "-rang").first())


@login_not_required
@require_safe
def version(request: HttpRequest, cle: str, code: str) -> HttpResponse:
    """One version; a draft is for curateur·rices alone."""
    return _page(request, _version(request, cle, code))


@login_not_required
@require_safe
def comparaison(request: HttpRequest, cle: str, a: str, b: str) -> HttpResponse:
    """What changed from version ``a`` to version ``b``."""
    contexte = {
        "rubrique": "cartographie",
        "comparaison": comparer(_version(request, cle, a), _version(request, cle, b)),
    }
    return render(request, "reflexes/comparaison.html", contexte)


@require_POST
def publier(request: HttpRequest, cle: str, code: str) -> HttpResponse:
    """Freeze and publish a version, for good."""
    if not request.user.has_perm("reflexes.publier_version"):
        raise PermissionDenied
    version = _version(request, cle, code)
    version.publier()
    messages.success(request, f"« {version} » est publiée. Elle ne changera plus.")
    return redirect(version)


def _version(request: HttpRequest, cle: str, code: str) -> VersionCartographie:
    """A version this reader may see, or 404."""
    versions = VersionCartographie.objects.visible_to(request.user).pour_page()
    version: VersionCartographie = get_object_or_404(versions, enquete__cle=cle, code__iexact=code)
    return version


def _page(request: HttpRequest, version: VersionCartographie | None) -> HttpResponse:
    autres = []
    if version is not None:
        visibles = VersionCartographie.objects.visible_to(request.user).select_related("enquete")
        autres = [v for v in visibles.filter(enquete=version.enquete) if v != version]
    contexte = {
        "rubrique": "cartographie",
        "version": version,
        "autres": autres,
        "peut_publier": request.user.has_perm("reflexes.publier_version"),
    }
    return render(request, "reflexes/cartographie.html", contexte)
