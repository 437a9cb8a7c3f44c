"""The links that no longer answer. For the curation alone."""

from collections import defaultdict

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pistes.models import EditionPiste, LienVerifie
from pistes.views.brouillons import reserve

AU_PLUS = 100


@reserve
@require_safe
def liens(request: HttpRequest) -> HttpResponse:
    """Each silent link with the pistes that cite it, longest silence first. Four queries."""
    muets = list(LienVerifie.objects.en_panne()[: AU_PLUS + 1])
    montres = muets[:AU_PLUS]
    citees = (
        EditionPiste.objects.publies()
        .filter(inspirations__lien__in=[lien.adresse for lien in montres])
        .annotate(adresse_citee=F("inspirations__lien"))
        .select_related("piste")
        .order_by("piste__rang")
        .distinct()
    )
    pistes: dict[str, list[EditionPiste]] = defaultdict(list)
    for edition in citees:
        pistes[edition.adresse_citee].append(edition)
    derniere = LienVerifie.objects.exclude(verifie_le=None).order_by("-verifie_le").first()
    contexte = {
        "rubrique": "pistes",
        "liens": [(lien, pistes[lien.adresse]) for lien in montres],
        "autres": len(muets) > AU_PLUS,
        "derniere": derniere.verifie_le if derniere else None,
        "nombre": LienVerifie.objects.count(),
    }
    return render(request, "pistes/liens.html", contexte)
