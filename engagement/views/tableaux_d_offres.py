"""Importing offers from a CSV: a model to fill, a look at what was understood, then the writing."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.tableur_ecrit import ecrire
from config.tableur_lu import TableurRefuse
from engagement.acces import RequeteConnectee, guichet_de
from engagement.forms.import_offres import PERDU, AccordForm, FichierForm, desceller, sceller
from engagement.import_offres.apercu import Apercu, apercevoir
from engagement.import_offres.colonnes import COLONNES, modele
from engagement.import_offres.ecriture import importer
from engagement.models import Dispositif
from engagement.refus import ActionRefusee

MONTREES = 100
EN_MEME_TEMPS = "Quelqu'un s'est inscrit au même instant avec une adresse du fichier : rien n'est importé, recommencez."


@require_http_methods(["GET", "HEAD", "POST"])
def importer_offres(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Choose a file; look; import. Each step comes back with its words, and the file still in the page."""
    dispositif = guichet_de(request.user, pk)
    if request.method != "POST":
        return _choisir(request, dispositif, FichierForm())
    if "scelle" in request.POST:
        return _importer(request, dispositif)
    form = FichierForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choisir(request, dispositif, form, statut=422)
    contenu = form.cleaned_data["fichier"].read()
    try:
        apercu = apercevoir(dispositif, contenu)
    except TableurRefuse as refus:
        form.add_error("fichier", str(refus))
        return _choisir(request, dispositif, form, statut=422)
    accord = AccordForm(dispositif=dispositif, scelle=sceller(contenu, dispositif))
    return _montrer(request, dispositif, apercu, accord)


def _importer(request: RequeteConnectee, dispositif: Dispositif) -> HttpResponse:
    accord = AccordForm(request.POST, dispositif=dispositif)
    valide = accord.is_valid()
    contenu = accord.cleaned_data.get("scelle")
    if contenu is None:
        messages.error(request, PERDU)
        return redirect("engagement:importer_offres", dispositif.pk)
    if not valide:
        return _montrer(request, dispositif, apercevoir(dispositif, contenu), accord, statut=422)
    try:
        apercu = importer(
            dispositif,
            contenu,
            par=request.user,
            consentement=accord.cleaned_data["consentement"],
            precision=accord.cleaned_data["precision"],
            prevenir=accord.cleaned_data["prevenir"],
        )
    except (ActionRefusee, IntegrityError) as refus:
        dit = str(refus) if isinstance(refus, ActionRefusee) else EN_MEME_TEMPS
        accord.add_error(None, dit)
        return _montrer(request, dispositif, apercevoir(dispositif, contenu), accord, statut=409)
    return _fini(request, dispositif, apercu, accord.data["scelle"])


@require_safe
def modele_offres(request: RequeteConnectee, pk: int) -> HttpResponse:
    """A file to fill."""
    dispositif = guichet_de(request.user, pk)
    return _csv(modele(dispositif), "modele-offres.csv")


@require_POST
def lignes_a_corriger(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The broken lines alone, with their number and reason, to correct and import again."""
    dispositif = guichet_de(request.user, pk)
    contenu = desceller(request.POST.get("scelle", ""), dispositif)
    if contenu is None:
        messages.error(request, PERDU)
        return redirect("engagement:importer_offres", pk)
    titres = [titres[0] for titres in COLONNES.values()]
    lignes = [
        [*(ligne.valeurs.get(nom, "") for nom in COLONNES), ligne.numero, ligne.raison, ligne.texte]
        for ligne in apercevoir(dispositif, contenu).a_corriger
    ]
    return _csv(
        ecrire([*titres, "Ligne", "Raison", "Texte d'origine"], lignes), "offres-a-corriger.csv"
    )


def _csv(texte: str, nom: str) -> HttpResponse:
    return HttpResponse(
        texte,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{nom}"',
            "Cache-Control": "private, no-store",
        },
    )


def _choisir(
    request: HttpRequest, dispositif: Dispositif, form: FichierForm, *, statut: int = 200
) -> HttpResponse:
    contexte = {
        "dispositif": dispositif,
        "form": form,
        "titres": [titres[0] for titres in COLONNES.values()],
    }
    return render(request, "engagement/offres/importer.html", contexte, status=statut)


def _montrer(
    request: HttpRequest,
    dispositif: Dispositif,
    apercu: Apercu,
    form: AccordForm,
    *,
    statut: int = 200,
) -> HttpResponse:
    contexte = {
        "dispositif": dispositif,
        "form": form,
        "apercu": apercu,
        "bonnes": apercu.bonnes[:10],
        "refusees": apercu.refusees[:MONTREES],
        "scelle": form["scelle"].value(),
    }
    return render(request, "engagement/offres/apercu.html", contexte, status=statut)


def _fini(
    request: HttpRequest, dispositif: Dispositif, apercu: Apercu, scelle: str
) -> HttpResponse:
    contexte = {
        "dispositif": dispositif,
        "apercu": apercu,
        "refusees": apercu.refusees[:MONTREES],
        "scelle": scelle,
    }
    return render(request, "engagement/offres/importees.html", contexte)
