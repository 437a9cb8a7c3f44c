"""Writing the next text of an orientation, with the same care as a piste's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from comptes.models import Utilisateur
from config.saisie import numero
from pistes.comparaison import champs_de_l_edition, comparer
from pistes.enregistrement import ChangeEntreTemps, dernier_numero, enregistrer_orientation
from pistes.forms_curation import OrientationForm
from pistes.models import EditionOrientation, Orientation
from pistes.views.brouillons import reserve
from pistes.views.redaction import base_de


@reserve
@require_http_methods(["GET", "HEAD", "POST"])
def modifier_orientation(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, filled with the latest text. Somebody saved meanwhile: both texts are shown (409)."""
    assert isinstance(request.user, Utilisateur)
    orientation = get_object_or_404(Orientation.objects.select_related("recueil"), slug=slug)
    editions = EditionOrientation.objects.filter(orientation=orientation)
    base = base_de(editions.select_related("orientation"), request)
    envoi = request.POST if request.method == "POST" else None
    form = OrientationForm(
        envoi, initial={nom: getattr(base, nom) for nom in OrientationForm.base_fields}
    )
    contexte = {
        "rubrique": "pistes",
        "orientation": orientation,
        "base": base,
        "form": form,
        "vue": numero(request.POST.get("vue", "")) or dernier_numero(base),
    }
    if envoi is None or not form.is_valid():
        statut = 422 if envoi is not None else 200
        return render(request, "pistes/modifier_orientation.html", contexte, status=statut)
    if not form.has_changed():
        messages.info(request, "Rien n'a changé : aucun brouillon n'a été créé.")
        return redirect(orientation)
    ecrit = form.cleaned_data
    try:
        edition = enregistrer_orientation(base, ecrit, auteur=request.user, vue=contexte["vue"])
    except ChangeEntreTemps as conflit:
        autre = conflit.edition
        saisie = EditionOrientation(orientation=orientation, **ecrit)
        ecarts = comparer(champs_de_l_edition(autre), champs_de_l_edition(saisie))
        contexte |= {"base": autre, "vue": autre.numero, "autre": autre, "ecarts": ecarts}
        return render(request, "pistes/modifier_orientation.html", contexte, status=409)
    messages.success(request, "Brouillon enregistré. Relisez-le, puis envoyez-le en relecture.")
    return redirect("pistes:brouillon_orientation", edition.pk)
