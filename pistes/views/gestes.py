"""What a person may do with a text, as buttons, and the one view that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from comptes.models import Utilisateur
from config.saisie import LONGUEUR_TEXTE
from pistes.enregistrement import restaurer
from pistes.models import EditionOrientation, EditionPiste
from pistes.perms import obstacle_a_la_relecture
from pistes.transitions import TRANSITIONS, TransitionRefusee

Texte = EditionPiste | EditionOrientation
relecture = permission_required("pistes.relire_edition", raise_exception=True)

FAITS = {
    "soumettre": "« {} » est envoyé en relecture : une autre personne de la curation le publiera.",
    "rendre": "« {} » est rendu à qui l'a écrit, avec votre remarque.",
    "publier": "« {} » est publié. Le texte d'avant reste dans l'historique.",
    "ecarter": "« {} » est écarté. Il reste dans l'historique, d'où l'on peut le restaurer.",
    "archiver": "« {} » n'est plus sur le site. Il reste dans l'historique.",
    "restaurer": "Un brouillon reprend « {} ». Il ne paraîtra qu'une fois relu.",
}


@dataclass(frozen=True)
class Geste:
    """One thing to do with a text; ``empechement`` says why not, in words."""

    action: str
    adresse: str
    empechement: str = ""


def gestes_sur(edition: Texte, user: Utilisateur) -> dict[str, Geste]:
    """What this person may do now, by name. One query at most."""
    gestes = {}
    for action in ("soumettre", "publier", "rendre", "ecarter", "archiver"):
        if edition.etat not in TRANSITIONS[action].de:
            continue
        empechement: str | None = "" if user.est_curateur else None
        if action in {"publier", "rendre"}:
            empechement = obstacle_a_la_relecture(edition, user)
        if empechement is not None:
            gestes[action] = Geste(action, adresse_du_geste(edition, action), empechement)
    return gestes


def adresse_du_geste(edition: Texte, action: str) -> str:
    """Where the button sends."""
    suffixe = "_orientation" if isinstance(edition, EditionOrientation) else ""
    nom = f"publier{suffixe}" if action == "publier" else f"{action}_texte{suffixe}"
    return reverse(f"pistes:{nom}", args=[edition.pk])


@relecture
@require_POST
def agir(request: HttpRequest, pk: int, action: str, modele: type[Any]) -> HttpResponse:
    """One change of a text. Refused, it says why and shows what was typed."""
    assert isinstance(request.user, Utilisateur)
    edition = get_object_or_404(modele, pk=pk)
    motif = request.POST.get("motif", "").replace("\x00", "")[:LONGUEUR_TEXTE]
    try:
        suite = _executer(edition, action, request.user, motif)
    except TransitionRefusee as refus:
        for obstacle in refus.obstacles:
            messages.error(request, obstacle)
        if motif.strip():
            messages.warning(request, f"Vos mots, pour les reprendre : « {motif.strip()} »")
        return redirect(edition.get_draft_url())
    messages.success(request, FAITS[action].format(edition))
    return redirect(suite)


def _executer(edition: Any, action: str, user: Utilisateur, motif: str) -> str:
    """Do it; return where to go next."""
    if action == "restaurer":
        if not user.est_curateur:
            raise PermissionDenied
        return str(restaurer(edition, par=user).get_draft_url())
    mots: dict[str, str] = {"rendre": "remarque", "archiver": "motif"}
    methode: Callable[..., None] = getattr(edition, action)
    methode(par=user, **({mots[action]: motif} if action in mots else {}))
    if action == "publier":
        return str(edition.get_absolute_url())
    if action == "archiver":
        return str(edition.get_history_url())
    return str(edition.get_draft_url()) if action != "ecarter" else reverse("pistes:brouillons")
