"""Leading an enquête: its presentation, who takes part, its étapes. For curateur·rices alone."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from comptes.models import Organisation
from config.saisie import numero
from reflexes.forms_enquete import EnqueteForm, EtapeForm
from reflexes.forms_relus import FormRelu
from reflexes.models import Enquete, Etape

PROPOSITIONS = 10
SUPPRIMEE = (
    "Une autre personne a supprimé cette étape pendant que vous écriviez. Votre texte est toujours là : "
    "l'enregistrer l'ajoute de nouveau."
)

reserve = permission_required("reflexes.mener_enquete", raise_exception=True)
lire_et_ecrire = require_http_methods(["GET", "HEAD", "POST"])


@reserve
@lire_et_ecrire
def nouvelle(request: HttpRequest) -> HttpResponse:
    """Open an enquête. The same form, sent twice, opens one."""
    form = EnqueteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        enquete = form.save()
        messages.success(
            request,
            f"L'enquête « {enquete} » est ouverte. Dites-en les étapes, puis ouvrez sa cartographie.",
        )
        return redirect(enquete)
    return _page(request, form, "Ouvrir une enquête", None)


@reserve
@lire_et_ecrire
@transaction.atomic
def modifier(request: HttpRequest, cle: str) -> HttpResponse:
    """The enquête's own words and dates."""
    enquete = get_object_or_404(Enquete.objects.select_for_update(), cle=cle)
    form = EnqueteForm(request.POST or None, instance=enquete)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "C'est enregistré.")
        return redirect(form.save())
    return _page(request, form, "Modifier l'enquête", enquete)


@reserve
@lire_et_ecrire
@transaction.atomic
def nouvelle_etape(request: HttpRequest, cle: str) -> HttpResponse:
    """One more étape, after the last."""
    enquete = get_object_or_404(Enquete.objects.select_for_update(), cle=cle)
    suivant = max((e.numero for e in enquete.etapes.all()), default=0) + 1
    form = EtapeForm(request.POST or None, enquete=enquete, initial={"numero": suivant})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "L'étape est ajoutée.")
        return redirect(enquete)
    return _page(request, form, "Ajouter une étape", enquete)


@reserve
@lire_et_ecrire
@transaction.atomic
def etape(request: HttpRequest, cle: str, pk: int) -> HttpResponse:
    """The words of an étape. One that is gone gives the typed text back, as a new étape."""
    enquete = get_object_or_404(Enquete.objects.select_for_update(), cle=cle)
    etape = enquete.etapes.filter(pk=pk).first()
    if etape is None and request.method == "POST":
        form = EtapeForm(request.POST, enquete=enquete)
        form.is_valid()
        form.add_error(
            None,
            SUPPRIMEE,
        )
        return _page(request, form, "Ajouter une étape", enquete, statut=409)
    etape = get_object_or_404(Etape, enquete=enquete, pk=pk)
    form = EtapeForm(request.POST or None, enquete=enquete, instance=etape)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "L'étape est enregistrée.")
        return redirect(enquete)
    return _page(request, form, f"Étape {etape.numero}", enquete, etape)


@reserve
@lire_et_ecrire
def supprimer_etape(request: HttpRequest, cle: str, pk: int) -> HttpResponse:
    """Asks once; a second click finds it gone."""
    enquete = get_object_or_404(Enquete, cle=cle)
    if request.method == "POST":
        enquete.etapes.filter(pk=pk).delete()
        messages.success(request, "L'étape est supprimée.")
        return redirect(enquete)
    etape = get_object_or_404(Etape, enquete=enquete, pk=pk)
    contexte = {"rubrique": "cartographie", "enquete": enquete, "etape": etape}
    return render(request, "reflexes/conduite/supprimer_etape.html", contexte)


@reserve
@lire_et_ecrire
def participantes(request: HttpRequest, cle: str) -> HttpResponse:
    """Who takes part: found by name, added and removed one by one."""
    enquete = get_object_or_404(Enquete, cle=cle)
    visibles = Organisation.objects.visible_to(request.user)
    if request.method == "POST":
        organisation = visibles.filter(pk=numero(request.POST.get("organisation", ""))).first()
        if organisation is None:
            messages.error(
                request, "Cette organisation n'est plus sur la plateforme : rien n'a changé."
            )
        elif "retirer" in request.POST:
            enquete.organisations.remove(organisation)
            messages.success(request, f"« {organisation} » ne participe plus à l'enquête.")
        else:
            enquete.organisations.add(organisation)
            messages.success(request, f"« {organisation} » participe à l'enquête.")
        return redirect("reflexes:participantes", enquete.cle)
    saisie = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    trouvees = visibles.nommees(saisie).exclude(enquetes=enquete)[:PROPOSITIONS] if saisie else []
    contexte = {
        "rubrique": "cartographie",
        "enquete": enquete,
        "participantes": enquete.organisations.order_by("nom", "pk"),
        "saisie": saisie,
        "trouvees": trouvees,
    }
    return render(request, "reflexes/conduite/participantes.html", contexte)


def _page(
    request: HttpRequest,
    form: FormRelu,
    titre: str,
    enquete: Enquete | None,
    etape: Etape | None = None,
    statut: int = 0,
) -> HttpResponse:
    contexte = {
        "rubrique": "cartographie",
        "form": form,
        "titre": titre,
        "enquete": enquete,
        "etape": etape,
    }
    statut = statut or (409 if form.divergences else 422 if form.is_bound else 200)
    return render(request, "reflexes/conduite/formulaire.html", contexte, status=statut)
