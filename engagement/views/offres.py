"""Offers, for the cellule: the list, one offer, what it may do with it on somebody's behalf."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.reperes import instant_lu, repere
from engagement.acces import RequeteConnectee, guichet_de, offre_du_guichet
from engagement.filtres_offres import FiltreOffres
from engagement.forms.offres import CHANGEE, OffreForm
from engagement.forms.photos import PhotoForm
from engagement.models import ConsultationContact, Ligne, Offre
from engagement.models.vie_offre import ChangeeEntreTemps
from engagement.refus import ActionRefusee
from engagement.views.discretion import discrete
from engagement.views.photos import geste_de_photo
from rappels.redaction import lien

PAR_PAGE = 30


@require_safe
def offres(request: RequeteConnectee, pk: int) -> HttpResponse:
    """All the offers of a dispositif, newest first, thirty a page."""
    dispositif = guichet_de(request.user, pk)
    filtre = FiltreOffres(request.GET, dispositif=dispositif)
    toutes = Offre.objects.filter(dispositif=dispositif, personne__effacee_le=None)
    lues = filtre.appliquer(toutes).select_related("personne", "territoire")
    if place := instant_lu(request.GET.get("apres", "")):
        lues = lues.apres(*place)
    page = list(lues.order_by("-cree_le", "-pk").prefetch_related("genres")[: PAR_PAGE + 1])
    debut, suite = request.GET.copy(), request.GET.copy()
    debut.pop("apres", None)
    if len(page) > PAR_PAGE:
        suite["apres"] = repere(page[PAR_PAGE - 1].cree_le, page[PAR_PAGE - 1].pk)
    contexte = {
        "dispositif": dispositif,
        "filtre": filtre,
        "offres": page[:PAR_PAGE],
        "suivante": f"?{suite.urlencode()}" if len(page) > PAR_PAGE else "",
        "debut": f"?{debut.urlencode()}" if place else "",
    }
    return render(request, "engagement/offres/liste.html", contexte)


@require_safe
def offre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """For the cellule. Whoever made it, with an account, goes to their own page."""
    sienne = Offre.objects.filter(pk=pk, personne__utilisateur=request.user).first()
    if sienne is not None:
        return redirect("engagement:mon_offre", sienne.personne.jeton, pk)
    offre = offre_du_guichet(request.user, pk)
    contexte = {
        "dispositif": offre.dispositif,
        "offre": offre,
        "personne": offre.personne,
        "photos": offre.photos.all(),
        "mises": offre.mises_en_relation.select_related("besoin", "mediateur"),
        "historique": Ligne.objects.filter(sujet=f"offre:{pk}").select_related("par"),
    }
    return render(request, "engagement/offres/offre.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_offre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Change it on somebody's behalf, or its pictures."""
    offre = offre_du_guichet(request.user, pk)
    if request.method == "POST" and request.POST.get("geste") in ("photo", "retirer_photo"):
        photo = geste_de_photo(request, offre)
        if photo is None:
            return redirect(request.path)
        return _page(request, offre, OffreForm(instance=offre, cellule=True), 422, photo=photo)
    envoyee = request.POST if request.method == "POST" else None
    form = OffreForm(envoyee, instance=offre, cellule=True)
    if not (form.is_bound and form.is_valid()):
        return _page(request, offre, form, 422 if form.is_bound else 200)
    try:
        form.modifier(par=request.user)
    except ChangeeEntreTemps:
        return _page(request, offre, form.reprise(), 409, refus=CHANGEE)
    except ActionRefusee as raison:
        return _page(request, offre, form, 409, refus=str(raison))
    messages.success(request, "L'offre est changée.")
    return redirect("engagement:offre", pk)


@require_POST
def terminer_offre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Its person says that it is over."""
    offre = offre_du_guichet(request.user, pk)
    offre.terminer(par=request.user)
    messages.success(request, "L'offre est terminée : ce qui était proposé est décliné.")
    return redirect("engagement:offre", pk)


@discrete
@require_POST
def papier_offre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """A page to print and hand over to somebody without e-mail. Their link opens their coordinates: logged."""
    offre = offre_du_guichet(request.user, pk)
    ConsultationContact.objects.create(
        personne=offre.personne, par=request.user, page="Papier à remettre"
    )
    contexte = {
        "dispositif": offre.dispositif,
        "offre": offre,
        "personne": offre.personne,
        "lien": lien(reverse("engagement:mon_engagement", args=[offre.personne.jeton])),
    }
    return render(request, "engagement/offres/papier.html", contexte)


def _page(
    request: HttpRequest,
    offre: Offre,
    form: OffreForm,
    statut: int,
    *,
    refus: str = "",
    photo: PhotoForm | None = None,
) -> HttpResponse:
    contexte = {
        "dispositif": offre.dispositif,
        "offre": offre,
        "nature": offre.nature,
        "form": form,
        "photo_form": photo or PhotoForm(offre=offre),
        "photos": offre.photos.all(),
        "refus": refus,
    }
    return render(request, "engagement/offres/modifier.html", contexte, status=statut)
