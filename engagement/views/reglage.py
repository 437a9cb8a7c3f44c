"""Opening a dispositif, changing its rules."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from engagement import consequences, ouverture, reglement
from engagement.acces import RequeteConnectee, dispositif_a_regler
from engagement.forms.dispositifs import OuvertureForm
from engagement.forms.regles import ReglesForm
from engagement.modeles import MODELES
from engagement.models import Dispositif
from engagement.perms import est_referent
from engagement.refus import ActionRefusee


@require_http_methods(["GET", "HEAD", "POST"])
def nouveau_dispositif(request: RequeteConnectee) -> HttpResponse:
    """One short page, and it is open. Référent·es and administrateurs."""
    if not est_referent(request.user):
        raise PermissionDenied
    envoyee = request.POST if request.method == "POST" else None
    modele = request.GET.get("modele", "")
    form = OuvertureForm(envoyee, user=request.user, modele=modele)
    if envoyee is not None and form.is_valid():
        try:
            ouvert, cree = ouverture.ouvrir(
                form.dispositif(),
                guichet=form.mediateurs,
                par=request.user,
                en_preparation=envoyee.get("suite") == "preparer",
            )
        except ActionRefusee as refus:
            form.add_error("nom", " ".join(refus.obstacles))
        else:
            messages.success(
                request,
                "C'est ouvert." if ouvert.est_ouvert() else "Le dispositif est enregistré."
                if cree
                else "Ce dispositif est déjà là : le voici.",
            )  # fmt: skip
            return redirect(ouvert)
    contexte = {"rubrique": "engagement", "form": form, "modeles": MODELES.values()}
    statut = 422 if form.errors else 200
    return render(request, "engagement/dispositifs/nouveau.html", contexte, status=statut)


@require_POST
def ouvrir_dispositif(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Open one that was prepared."""
    dispositif = dispositif_a_regler(request.user, pk)
    try:
        dispositif.ouvrir(par=request.user)
        messages.success(request, "Le dispositif est ouvert.")
    except ActionRefusee as refus:
        for obstacle in refus.obstacles:
            messages.error(request, obstacle)
    return redirect(dispositif)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def regler(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Its rules. A change that touches what runs says so, and is sent a second time to be made."""
    dispositif = dispositif_a_regler(request.user, pk)
    if dispositif.etat == Dispositif.Etat.CLOS:
        messages.info(request, "Ce dispositif est fermé : ses règles ne changent plus.")
        return redirect(dispositif)
    envoyee = request.POST if request.method == "POST" else None
    if envoyee is not None:
        # Two people who save at once: one after the other, and the second is told.
        Dispositif.objects.select_for_update().get(pk=pk)
        dispositif.refresh_from_db()
    form = ReglesForm(envoyee, instance=dispositif)
    touche: list[str] = []
    if envoyee is not None and form.is_valid():
        genres = form.cleaned_data["genres"]
        touche = consequences.touche(dispositif, form.avant, genres=genres)
        if not touche or envoyee.get("compris") == "oui":
            reglement.changer(
                dispositif, genres=genres, champs=list(form._meta.fields or []), par=request.user
            )
            messages.success(
                request, "Les règles sont enregistrées. Ce qui était convenu reste convenu."
            )
            return redirect(dispositif)
    contexte = {
        "rubrique": "engagement",
        "dispositif": dispositif,
        "form": form,
        "touche": touche,
        "version": form.version_lue,
        "sources": MODELES[dispositif.modele].sources,
    }
    statut = 409 if form.a_change_entre_temps else 422 if form.errors else 200
    return render(request, "engagement/dispositifs/regler.html", contexte, status=statut)
