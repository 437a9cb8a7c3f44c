"""The cartographie: its latest version, each version, and what changed from one to another."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from reflexes.comparaison import comparer
from reflexes.models import VersionCartographie
from reflexes.tension import tensions


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
    versions = VersionCartographie.objects.visible_to(request.user).pour_page()
    trouvee = get_object_or_404(versions, enquete__cle=cle, code__iexact=code)
    return _page(request, trouvee)


@login_not_required
@require_safe
def comparaison(request: HttpRequest, cle: str, a: str, b: str) -> HttpResponse:
    """What changed from version ``a`` to version ``b``."""
    avant, apres = _version(request, cle, a), _version(request, cle, b)
    contexte = {
        "rubrique": "cartographie",
        "comparaison": comparer(avant, apres),
        "versions": _voisines(request, apres),
    }
    return render(request, "reflexes/comparaison.html", contexte)


@login_not_required
@require_safe
def comparer_versions(request: HttpRequest, cle: str) -> HttpResponse:
    """The two versions chosen in the form, at the address of their comparison."""
    if not (request.GET.get("a") and request.GET.get("b")):
        return redirect("reflexes:enquete", cle)
    a, b = (_version(request, cle, request.GET.get(nom, "")[:20]) for nom in ("a", "b"))
    return redirect("reflexes:comparaison", cle, a.code.lower(), b.code.lower())


def _version(request: HttpRequest, cle: str, code: str) -> VersionCartographie:
    """A version this reader may see, or 404. One query."""
    versions = VersionCartographie.objects.visible_to(request.user).select_related("enquete")
    version: VersionCartographie = get_object_or_404(versions, enquete__cle=cle, code__iexact=code)
    return version


def _voisines(request: HttpRequest, version: VersionCartographie) -> list[VersionCartographie]:
    """The versions of an enquête this reader may see, newest first. One query."""
    visibles = VersionCartographie.objects.visible_to(request.user).select_related("enquete")
    return list(visibles.filter(enquete=version.enquete_id))


def _page(request: HttpRequest, version: VersionCartographie | None) -> HttpResponse:
    contexte = {
        "rubrique": "cartographie",
        "version": version,
        "versions": _voisines(request, version) if version else [],
        "tensions": tensions(version) if version else [],
        "peut_publier": request.user.has_perm("reflexes.publier_version"),
    }
    return render(request, "reflexes/cartographie.html", contexte)
