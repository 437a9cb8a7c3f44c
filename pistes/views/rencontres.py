"""The rencontres of a cahier, and what they say together."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from comptes.models import Utilisateur
from config.anonymat import noms_possibles
from pistes.ecoute import ajouter_une_rencontre
from pistes.forms_ecoute import RencontreForm
from pistes.models import Rencontre, TypeActeur
from pistes.synthese import facettes, une_facette
from pistes.views.ecoute import cahier_de, formulaire, lire_et_ecrire


@lire_et_ecrire
def nouvelle_rencontre(request: HttpRequest, pk: int) -> HttpResponse:
    """What one more actor said. The same form, sent twice, writes it once."""
    assert isinstance(request.user, Utilisateur)
    cahier = cahier_de(request, pk, a_modifier=True)
    form = RencontreForm(request.POST or None, instance=Rencontre(cahier=cahier))
    if request.method == "POST" and form.is_valid():
        _, neuve = ajouter_une_rencontre(form.instance, par=request.user)
        _prevenir(request, form)
        messages.success(request, "Rencontre notée." if neuve else "Cette rencontre était notée.")
        return redirect(cahier)
    return formulaire(request, "pistes/ecoute/rencontre.html", form, cahier)


@lire_et_ecrire
@transaction.atomic
def rencontre(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """Correct it, or take it out (``supprimer``)."""
    cahier = cahier_de(request, pk, a_modifier=True)
    lignes = cahier.rencontres.select_for_update(of=("self",))
    rencontre = get_object_or_404(lignes, pk=numero)
    if request.method == "POST" and "supprimer" in request.POST:
        rencontre.delete()
        messages.success(request, "La rencontre est effacée.")
        return redirect(cahier)
    form = RencontreForm(request.POST or None, instance=rencontre)
    if request.method == "POST" and form.is_valid():
        form.save()
        _prevenir(request, form)
        messages.success(request, "C'est enregistré.")
        return redirect(cahier)
    return formulaire(request, "pistes/ecoute/rencontre.html", form, cahier, numero=numero)


def _prevenir(request: HttpRequest, form: RencontreForm) -> None:
    """A name may have slipped in: said, not refused."""
    textes = " ".join(form.cleaned_data[nom] for nom in ("fonction", *Rencontre.FACETTES))
    if noms := noms_possibles(textes)[:3]:
        messages.warning(
            request,
            f"On dirait un nom de personne : « {' », « '.join(noms)} ». Si c'en est un, retirez-le.",
        )


@login_not_required
@require_safe
def synthese(request: HttpRequest, pk: int) -> HttpResponse:
    """What was heard, head by head; ``?sur=`` one head alone, ``?type=`` one kind of actor."""
    cahier = cahier_de(request, pk)
    type_acteur = request.GET.get("type", "")
    if type_acteur and type_acteur not in TypeActeur.values:
        raise Http404
    sur = request.GET.get("sur", "")
    contexte: dict[str, Any] = {
        "rubrique": "chantiers",
        "cahier": cahier,
        "type": type_acteur,
        "types": TypeActeur.choices,
        "sur": sur if sur in Rencontre.FACETTES else "",
    }
    if contexte["sur"]:
        facette, page = une_facette(cahier, sur, type_acteur, request.GET.get("page", ""))
        contexte |= {"facettes": [facette], "page": page}
    else:
        contexte["facettes"] = facettes(cahier, type_acteur)
    return render(request, "pistes/ecoute/synthese.html", contexte)
