"""The autodiagnostic: filled in by the members of an organisation, then read beside the others'."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import Utilisateur
from comptes.refus import DecisionImpossible
from reflexes.forms_autodiagnostic import ReponseForm
from reflexes.models import Autodiagnostic, Enquete, ReponseAutodiagnostic, TerrainFige
from reflexes.views.agregat import contexte_de, terrains_de

DEJA_SOUMIS = (
    "Votre organisation a soumis son autodiagnostic pendant que vous écriviez : cette réponse n'est pas "
    "enregistrée. Vos mots sont toujours là ; reprenez l'autodiagnostic pour les ajouter."
)


@require_safe
def autodiagnostic(request: HttpRequest, cle: str, organisation: int) -> HttpResponse:
    """Where it stands, terrain by terrain; once submitted, beside what all say together."""
    return _page(request, _a_remplir(request, cle, organisation))


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def repondre(request: HttpRequest, cle: str, organisation: int, terrain: int) -> HttpResponse:
    """One terrain, saved at once; then the next that has no answer."""
    sien = _a_remplir(request, cle, organisation)
    terrains = terrains_de(sien.enquete)
    fige = next((t for t in terrains if t.terrain_id == terrain), None)
    if fige is None:
        return redirect(sien)
    if request.method == "POST":
        assert isinstance(request.user, Utilisateur)
        sien = Autodiagnostic.ouvrir(
            par=request.user, enquete=sien.enquete, organisation=sien.organisation
        )
    elif sien.est_soumis:
        return redirect(sien)
    reponse = sien.reponses.filter(terrain=terrain).first() if sien.pk else None
    reponse = reponse or ReponseAutodiagnostic(autodiagnostic=sien, terrain=fige.terrain)
    form = ReponseForm(request.POST or None, instance=reponse)
    if request.method == "POST" and form.is_valid() and not sien.est_soumis:
        form.save()
        sien.signer(request.user)  # type: ignore[arg-type]
        return _suite(sien, terrains, fige)
    if form.is_bound and sien.est_soumis:
        form.add_error(None, DEJA_SOUMIS)
    return _montrer(request, sien, fige, form, terrains)


@require_POST
def soumettre(request: HttpRequest, cle: str, organisation: int) -> HttpResponse:
    """Give the answers that were read on the page; not those a colleague changed meanwhile."""
    sien = _a_remplir(request, cle, organisation)
    if sien._state.adding:
        return _page(request, sien, "Rien n'est encore rempli : répondez pour un premier terrain.")
    try:
        sien.soumettre(par=request.user, lu=request.POST.get("lu", ""))  # type: ignore[arg-type]
    except DecisionImpossible as refus:
        return _page(request, sien, str(refus))
    messages.success(request, "L'autodiagnostic de votre organisation est soumis. Merci.")
    return redirect(sien)


@require_POST
def reprendre(request: HttpRequest, cle: str, organisation: int) -> HttpResponse:
    """Make it a draft again, as long as it is in no aggregate."""
    sien = _a_remplir(request, cle, organisation)
    try:
        if sien.pk and sien.reprendre(par=request.user):  # type: ignore[arg-type]
            messages.success(request, "L'autodiagnostic est de nouveau un brouillon.")
    except DecisionImpossible as refus:
        return _page(request, sien, str(refus))
    return redirect(sien)


def _a_remplir(request: HttpRequest, cle: str, organisation: int) -> Autodiagnostic:
    """The organisation's own, not saved when nobody began; 403 for who is no member. Three queries."""
    enquete = get_object_or_404(Enquete, cle=cle)
    la_leur = enquete.organisations.de_membre(request.user).filter(pk=organisation).first()
    if la_leur is None:
        raise PermissionDenied
    siens = Autodiagnostic.objects.select_related("auteur")
    sien = siens.filter(enquete=enquete, organisation=la_leur).first()
    sien = sien or Autodiagnostic()
    sien.enquete, sien.organisation = enquete, la_leur
    return sien


def _suite(sien: Autodiagnostic, terrains: list[TerrainFige], fait: TerrainFige) -> HttpResponse:
    """The next terrain without an answer, after this one first; none left, back to the whole."""
    repondus = set(sien.reponses.values_list("terrain_id", flat=True))
    rang = terrains.index(fait)
    for autre in terrains[rang + 1 :] + terrains[:rang]:
        if autre.terrain_id not in repondus:
            return redirect(
                "reflexes:repondre", sien.enquete.cle, sien.organisation_id, autre.terrain_id
            )
    return redirect(sien)


def _page(request: HttpRequest, sien: Autodiagnostic, refus: str = "") -> HttpResponse:
    reponses = {r.terrain_id: r for r in sien.reponses.all()} if sien.pk else {}
    terrains = terrains_de(sien.enquete)
    contexte: dict[str, object] = {"autodiagnostic": sien, "refus": refus}
    if sien.est_soumis:
        contexte |= contexte_de(sien.enquete, terrains, reponses)
    else:
        contexte |= {
            "rubrique": "cartographie",
            "enquete": sien.enquete,
            "terrains": [(t, reponses.get(t.terrain_id)) for t in terrains],
            "sans_reponse": sum(t.terrain_id not in reponses for t in terrains),
            "lu": sien.empreinte if sien.pk else "",
        }
    gabarit = "resultat" if sien.est_soumis else "brouillon"
    statut = 409 if refus else 200
    return render(request, f"reflexes/autodiagnostic/{gabarit}.html", contexte, status=statut)


def _montrer(
    request: HttpRequest,
    sien: Autodiagnostic,
    fige: TerrainFige,
    form: ReponseForm,
    terrains: list[TerrainFige],
) -> HttpResponse:
    contexte = {
        "rubrique": "cartographie",
        "autodiagnostic": sien,
        "enquete": sien.enquete,
        "terrain": fige,
        "rang": terrains.index(fige) + 1,
        "nombre": len(terrains),
        "form": form,
    }
    en_conflit = form.divergences or (form.is_bound and sien.est_soumis)
    statut = 409 if en_conflit else 422 if form.is_bound else 200
    return render(request, "reflexes/autodiagnostic/terrain.html", contexte, status=statut)
