"""One piece of an import: the original beside what was understood, corrected, then accepted or set aside."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from comptes.models import Utilisateur
from pistes import pieces
from pistes.comparaison import champs_de, champs_de_l_edition, comparer
from pistes.forms import Redaction
from pistes.forms_import import PlaceForm
from pistes.importation_lignes import LIGNES_MONTREES, lignes_de_la_piece
from pistes.models import EditionPiste, PieceImportee
from pistes.pieces import accepter, texte_de_la_piece
from pistes.transitions import TransitionRefusee
from pistes.views.brouillons import reserve


def _piece(pk: int, rang: int) -> PieceImportee:
    completes = PieceImportee.objects.select_related(
        "importation__recueil", "piste__recueil", "edition__piste"
    )
    piece: PieceImportee = get_object_or_404(completes, importation=pk, rang=rang)
    return piece


@reserve
@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, pk: int, rang: int) -> HttpResponse:
    """Look, correct, accept. The form keeps what was typed whatever is refused."""
    assert isinstance(request.user, Utilisateur)
    piece = _piece(pk, rang)
    envoi = request.POST if request.method == "POST" else None
    redaction = Redaction(
        texte_de_la_piece(piece),
        envoi,
        recueil=piece.importation.recueil,
        piste=piece.piste,
        incomplet=True,
    )
    place = PlaceForm(envoi) if piece.piste is None else None
    if envoi is not None and all([redaction.is_valid(), place is None or place.is_valid()]):
        try:
            edition = accepter(
                piece,
                redaction.ecrit(),
                par=request.user,
                soumettre=envoi.get("suite") == "relecture",
                rang=place.cleaned_data["rang"] if place else None,
            )
        except TransitionRefusee as refus:
            redaction.texte.add_error(None, " ".join(refus.obstacles))
        else:
            messages.success(request, _phrase(edition))
            return redirect(_suivante(piece))
    contexte = {"piece": piece, "redaction": redaction, "place": place, **_contexte(piece)}
    return render(request, "pistes/piece.html", contexte, status=200 if envoi is None else 422)


@reserve
@require_POST
def agir(request: HttpRequest, pk: int, rang: int, action: str) -> HttpResponse:
    """Set a piece aside, or take it up again."""
    assert isinstance(request.user, Utilisateur)
    piece = _piece(pk, rang)
    try:
        getattr(pieces, action)(piece, par=request.user)
    except TransitionRefusee as refus:
        messages.error(request, " ".join(refus.obstacles))
        return redirect(piece.importation)
    if action == "reprendre":
        return redirect("pistes:piece", pk, rang)
    messages.success(
        request, f"« {piece.titre} » est écartée. Rien n'est perdu : elle reste dans l'import."
    )
    return redirect(_suivante(piece))


def _contexte(piece: PieceImportee) -> dict[str, Any]:
    """The original, and how one goes from today's text to this one."""
    editions = EditionPiste.objects.filter(piste=piece.piste).exclude(etat="archive")
    actuelles = editions.pour_redaction()
    actuelle = actuelles.publies().first() or actuelles.order_by("-numero").first()
    ecarts = None
    if piece.piste is not None and actuelle is not None:
        ecarts = comparer(champs_de_l_edition(actuelle), champs_de(texte_de_la_piece(piece)))
    return {
        "rubrique": "pistes",
        "importation": piece.importation,
        "actuelle": actuelle if piece.piste is not None else None,
        "ecarts": ecarts,
        "changements": [e.libelle.lower() for e in ecarts or [] if e.change],
        "lignes": lignes_de_la_piece(piece.importation, piece),
        "coupee": piece.ligne_fin - piece.ligne_debut >= LIGNES_MONTREES,
    }


def _phrase(edition: EditionPiste) -> str:
    if edition.etat == "en_relecture":
        return f"« {edition} » est envoyée en relecture : une autre personne la publiera."
    return f"« {edition} » est en brouillon."


def _suivante(piece: PieceImportee) -> Any:
    """The next piece to look at, or the import when none is left."""
    reste = piece.importation.pieces.filter(etat="a_voir").order_by("rang")
    suivante = reste.filter(rang__gt=piece.rang).first() or reste.first()
    return suivante or piece.importation
