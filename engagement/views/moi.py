"""A person's own page, reached by their personal link or from Mon espace: all that is theirs, and every way out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config.fichiers import servir_en_petit
from config.saisie import numero
from engagement.forms.gestes_personnels import AbsenceForm
from engagement.forms.offres import CHANGEE, OffreForm
from engagement.forms.photos import PhotoForm
from engagement.models import Offre, Personne, PhotoOffre
from engagement.models.vie_offre import ChangeeEntreTemps
from engagement.ou_en_est import ou_en_est
from engagement.refus import ActionRefusee
from engagement.views.discretion import discrete
from engagement.views.mes_donnees import inconnu
from engagement.views.photos import geste_de_photo

MISES_MONTREES = 30


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mon_engagement(request: HttpRequest, jeton: str) -> HttpResponse:
    """My offers, what is proposed to me, what I may do. Only a POST changes something: scanners follow links."""
    personne = Personne.de_jeton(jeton)
    if personne is None:
        return inconnu(request)
    absence = AbsenceForm(request.POST if request.POST.get("geste") == "absence" else None)
    statut, refus = 200, ""
    if request.method == "POST":
        try:
            if dit := _agir(request, personne, absence):
                messages.success(request, dit)
                return redirect(request.path)
            statut = 422
        except ActionRefusee as raison:
            statut, refus = 409, str(raison)
    contexte = {**_contenu(personne), "absence": absence, "refus": refus, "form": absence}
    contexte["adresse"] = request.GET.get("adresse", "") if not personne.confirmee_le else ""
    return render(request, "engagement/moi/page.html", contexte, status=statut)


def _agir(request: HttpRequest, personne: Personne, absence: AbsenceForm) -> str:
    """What to tell once it is done; "" when something is to correct. Raises ActionRefusee."""
    geste, cle = request.POST.get("geste", ""), numero(request.POST.get("numero", ""))
    if geste in ("confirmer", "terminer", "pas_moi"):
        return _agir_sur_une_offre(geste, get_object_or_404(personne.offres, pk=cle), personne)
    if geste == "confirmer_adresse":
        if not personne.est_jeton_d_adresse(request.POST.get("adresse", "")):
            raise ActionRefusee("Ce lien ne vaut plus : l'adresse a changé depuis.")
        personne.confirmer()
        return "Merci. Votre adresse est confirmée."
    if geste == "pause":
        personne.mettre_en_pause()
        return "Vous êtes en pause : rien ne vous sera proposé."
    if geste == "reprendre":
        personne.reprendre()
        return "Bon retour : on peut de nouveau vous proposer une mission."
    if geste == "absence" and absence.is_valid():
        personne.s_absenter(absence.cleaned_data["debut"], absence.cleaned_data["fin"])
        return "Absence notée : rien ne vous sera proposé ces jours-là."
    if geste == "retirer_absence":
        personne.absences.filter(pk=cle).delete()
        return "Absence retirée."
    if geste != "absence":
        raise ActionRefusee("Ce geste n'existe pas : rien n'a été changé.")
    return ""


def _agir_sur_une_offre(geste: str, offre: Offre, personne: Personne) -> str:
    offre.personne = personne
    if geste == "confirmer":
        offre.confirmer()
        return "Merci. Votre offre compte dès maintenant."
    if geste == "pas_moi":
        if offre.etat == Offre.Etat.A_CONFIRMER:
            offre.delete()
        return "Cette offre est effacée."
    offre.terminer()
    return "Votre offre est terminée. Merci pour ce que vous avez donné."


def _contenu(personne: Personne) -> dict[str, Any]:
    """Some six queries, however much there is."""
    lues = personne.mises_en_relation.avec_fin()
    mises = lues.select_related("besoin", "offre", "dispositif")
    demandes = list(personne.besoins.all()[:MISES_MONTREES])
    pour_elle = [ou_en_est(m, "personne") for m in mises[:MISES_MONTREES]]
    offres = personne.offres.select_related("territoire").prefetch_related("genres")
    return {
        "personne": personne,
        "dispositif": personne.dispositif,
        "offres": [o for o in offres if o.etat != Offre.Etat.A_CONFIRMER],
        "a_confirmer": [o for o in offres if o.etat == Offre.Etat.A_CONFIRMER],
        "mises": pour_elle,
        "demandes": demandes,
        "absences": list(personne.absences.all()),
    }


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mon_offre(request: HttpRequest, jeton: str, pk: int) -> HttpResponse:
    """Change one's offer, or its pictures."""
    personne = Personne.de_jeton(jeton)
    if personne is None:
        return inconnu(request)
    offres = personne.offres.select_related("dispositif__organisation", "territoire", "personne")
    offre = get_object_or_404(offres, pk=pk)
    if request.method == "POST" and request.POST.get("geste") in ("photo", "retirer_photo"):
        photo = geste_de_photo(request, offre)
        if photo is None:
            return redirect(request.path)
        return _page_de_l_offre(request, personne, offre, photo=photo, statut=422)
    form = OffreForm(request.POST if request.method == "POST" else None, instance=offre)
    if not (form.is_bound and form.is_valid()):
        return _page_de_l_offre(
            request, personne, offre, form=form, statut=422 if form.is_bound else 200
        )
    try:
        form.modifier()
    except ChangeeEntreTemps:
        return _page_de_l_offre(
            request, personne, offre, form=form.reprise(), refus=CHANGEE, statut=409
        )
    except ActionRefusee as raison:
        return _page_de_l_offre(request, personne, offre, form=form, refus=str(raison), statut=409)
    messages.success(request, "Votre offre est changée.")
    return redirect("engagement:mon_engagement", jeton)


def _page_de_l_offre(
    request: HttpRequest,
    personne: Personne,
    offre: Offre,
    *,
    statut: int,
    form: OffreForm | None = None,
    photo: PhotoForm | None = None,
    refus: str = "",
) -> HttpResponse:
    contexte = {
        "personne": personne,
        "dispositif": offre.dispositif,
        "offre": offre,
        "nature": offre.nature,
        "form": form or OffreForm(instance=offre),
        "photo_form": photo or PhotoForm(offre=offre),
        "photos": offre.photos.all(),
        "mon_jeton": personne.jeton,
        "refus": refus,
    }
    return render(request, "engagement/moi/offre.html", contexte, status=statut)


@discrete
@login_not_required
@require_safe
def ma_photo(request: HttpRequest, jeton: str, pk: int) -> HttpResponse:
    """One of their own pictures."""
    personne = Personne.de_jeton(jeton)
    if personne is None:
        return inconnu(request)
    photo = get_object_or_404(PhotoOffre, pk=pk, offre__personne=personne)
    return servir_en_petit(photo.fichier)
