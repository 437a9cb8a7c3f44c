"""Bringing a document in through the screen: upload, look at each piste beside its lines, accept or set aside."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import Utilisateur
from pistes.carnet.erreurs import CarnetIllisible
from pistes.comparaison import champs_de, champs_de_l_edition, comparer
from pistes.forms_import import ImportForm
from pistes.importation_lignes import doutes_hors_pieces
from pistes.lectures import lire
from pistes.models import Importation
from pistes.pieces import importer_le_reste, ouvrir, texte_de_la_piece, textes_du_jour
from pistes.views.brouillons import reserve
from reflexes.lecture import CorpusIllisible

PAR_LISTE = 50


@reserve
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The form, and the documents brought in before."""
    assert isinstance(request.user, Utilisateur)
    envoi = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if envoi else ImportForm()
    if envoi and form.is_valid() and (ouvert := _ouvrir(form, request.user)):
        importation, neuf = ouvert
        if not neuf:
            messages.info(request, "Ce document est déjà ici, tel quel : voici où il en est.")
        return redirect(importation)
    liste = Importation.objects.defer("texte", "doutes").select_related("par", "recueil")
    liste = liste.annotate(
        nombre=Count("pieces"), reste=Count("pieces", filter=Q(pieces__etat="a_voir"))
    )
    contexte = {"rubrique": "pistes", "form": form, "importations": liste[:PAR_LISTE]}
    return render(request, "pistes/imports.html", contexte, status=422 if envoi else 200)


def _ouvrir(form: ImportForm, user: Utilisateur) -> tuple[Importation, bool] | None:
    donnees = form.cleaned_data
    try:
        lecture = lire(donnees["lu"], donnees["nom"], donnees["format"])
    except CarnetIllisible as erreur:
        form.add_error("fichier" if donnees.get("fichier") else "texte", str(erreur))
        return None
    return ouvrir(donnees["lu"], donnees["nom"], lecture, par=user)


@reserve
@require_safe
def importation(request: HttpRequest, pk: int) -> HttpResponse:
    """Every piece with its state, what changes against today's text, and the doubts outside the pieces."""
    importation = get_object_or_404(Importation.objects.select_related("recueil", "par"), pk=pk)
    pieces: list[Any] = list(importation.pieces.select_related("piste", "edition"))
    textes = textes_du_jour(importation.recueil)
    for piece in pieces:
        actuels = textes.get(piece.piste_id or 0, [])
        piece.actuelle = actuels[0] if actuels else None
        piece.doutes = sum(
            piece.ligne_debut <= doute["ligne"] <= piece.ligne_fin for doute in importation.doutes
        )
        if piece.actuelle and piece.etat == "a_voir":
            ecarts = comparer(
                champs_de_l_edition(piece.actuelle), champs_de(texte_de_la_piece(piece))
            )
            piece.changements = [ecart.libelle.lower() for ecart in ecarts if ecart.change]
    contexte = {
        "rubrique": "pistes",
        "importation": importation,
        "pieces": pieces,
        "reste": sum(piece.etat == "a_voir" for piece in pieces),
        "autres_doutes": doutes_hors_pieces(importation, pieces),
    }
    return render(request, "pistes/importation.html", contexte)


@reserve
@require_POST
def reste(request: HttpRequest, pk: int) -> HttpResponse:
    """Orientations and cartographie of a notebook, as drafts."""
    assert isinstance(request.user, Utilisateur)
    importation = get_object_or_404(Importation.objects.select_related("recueil"), pk=pk)
    try:
        orientations, versions = importer_le_reste(importation, par=request.user)
    except CorpusIllisible as erreur:
        messages.error(request, f"Rien n'a été importé. {erreur}")
        return redirect(importation)
    if not orientations and not versions:
        messages.info(request, "Tout était déjà importé : rien n'a changé.")
        return redirect(importation)
    messages.success(
        request,
        f"En brouillons : {orientations} textes d'orientation, {versions} version de la cartographie.",
    )
    return redirect("pistes:brouillons")
