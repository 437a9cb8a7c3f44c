"""Writing the next text of a piste. The public one does not move until the draft is published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from comptes.models import Utilisateur
from config.saisie import numero
from pistes.comparaison import champs_de, champs_de_l_edition, comparer
from pistes.enregistrement import ChangeEntreTemps, dernier_numero, enregistrer_piste
from pistes.forms import Redaction
from pistes.models import EditionPiste
from pistes.views.brouillons import reserve


@reserve
@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, filled with the latest text, or with the one ``?depuis=`` names.

    Somebody saved meanwhile: what was typed stays in the form, and both texts are shown (409).
    """
    assert isinstance(request.user, Utilisateur)
    envoi = request.POST if request.method == "POST" else None
    base = base_de(EditionPiste.objects.filter(piste__slug=slug).pour_redaction(), request)
    piste = base.piste
    redaction = Redaction.depuis(base, envoi)
    contexte = {
        "rubrique": "pistes",
        "piste": piste,
        "base": base,
        "redaction": redaction,
        "vue": numero(request.POST.get("vue", "")) or dernier_numero(base),
    }
    if envoi is None or not redaction.is_valid():
        statut = 422 if envoi is not None else 200
        return render(request, "pistes/modifier.html", contexte, status=statut)
    ecrit = redaction.ecrit()
    if ecrit == redaction.base:
        messages.info(request, "Rien n'a changé : aucun brouillon n'a été créé.")
        return redirect(piste)
    try:
        edition = enregistrer_piste(base, ecrit, auteur=request.user, vue=contexte["vue"])
    except ChangeEntreTemps as conflit:
        autre = conflit.edition
        contexte |= {
            "base": autre,
            "vue": autre.numero,
            "autre": autre,
            "ecarts": comparer(champs_de_l_edition(autre), champs_de(ecrit)),
        }
        return render(request, "pistes/modifier.html", contexte, status=409)
    messages.success(request, "Brouillon enregistré. Relisez-le, puis envoyez-le en relecture.")
    return redirect("pistes:brouillon", edition.pk)


def base_de(editions: Any, request: HttpRequest) -> Any:
    """The text to start from: the one asked for, else the latest that is not archived; 404 without any."""
    depuis = numero(request.POST.get("depuis", "") or request.GET.get("depuis", ""))
    base = editions.filter(pk=depuis).first() if depuis else None
    base = base or editions.exclude(etat="archive").order_by("-numero").first()
    base = base or editions.order_by("-numero").first()
    if base is None:
        raise Http404
    return base
