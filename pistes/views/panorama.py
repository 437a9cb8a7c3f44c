"""The panorama of chantiers, and what ties one to pistes and terrains."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from comptes.models import Utilisateur
from config.saisie import numero
from pistes.filtres_chantiers import FiltreChantiers
from pistes.liens_choisis import enregistrer, pistes_a_choisir, terrains_a_choisir
from pistes.models import Chantier
from pistes.panorama import dresser
from pistes.views.chantiers import chantier_de, lire_et_ecrire


@login_not_required
@require_safe
def panorama(request: HttpRequest) -> HttpResponse:
    """All the chantiers this reader may see, through the filters of the address."""
    filtre = FiltreChantiers(request.GET, user=request.user)
    visibles = Chantier.objects.visible_to(request.user)
    page = numero(request.GET.get("page", ""))
    vue = dresser(filtre.appliquer(visibles), filtre.rangement, min(page, 10_000))
    contexte = {
        "rubrique": "chantiers",
        "filtre": filtre,
        "panorama": vue,
        "peut_creer": request.user.has_perm("pistes.creer_chantier"),
    }
    return render(request, "pistes/chantiers/panorama.html", contexte)


@lire_et_ecrire
def liens(request: HttpRequest, pk: int) -> HttpResponse:
    """The pistes and terrains it is about, ticked among those a search finds."""
    assert isinstance(request.user, Utilisateur)
    chantier = chantier_de(request, pk, a_modifier=True)
    if request.method == "POST":
        enregistrer(chantier, request.POST)
        chantier.noter("relier", "Pistes et terrains choisis", request.user)
        messages.success(request, "Les liens sont enregistrés.")
        return redirect(chantier)
    saisie = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    contexte = {
        "rubrique": "chantiers",
        "chantier": chantier,
        "saisie": saisie,
        "listes": [
            ("piste", "Pistes", pistes_a_choisir(chantier, saisie)),
            ("terrain", "Terrains", terrains_a_choisir(chantier, saisie)),
        ],
    }
    return render(request, "pistes/chantiers/liens.html", contexte)
