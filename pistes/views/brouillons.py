"""The texts that wait, read beside what is public. For the curation alone."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from comptes.models import Utilisateur
from pistes.comparaison import champs_de_l_edition, comparer
from pistes.models import EditionOrientation, EditionPiste, Proposition
from pistes.perms import curateurs
from pistes.views.gestes import Texte, gestes_sur, relecture
from reflexes.models import VersionCartographie

reserve = permission_required("pistes.publier_edition", raise_exception=True)
PAR_LISTE = 60


@relecture
@require_safe
def brouillons(request: HttpRequest) -> HttpResponse:
    """All that waits: what this person may publish first, then the drafts."""
    user = request.user
    assert isinstance(user, Utilisateur)
    pistes = EditionPiste.objects.select_related("auteur").order_by("cree_le", "pk")
    orientations = EditionOrientation.objects.select_related("auteur").order_by("cree_le", "pk")
    contexte: dict[str, Any] = {
        "rubrique": "pistes",
        "a_relire": [*_lus(pistes, user), *_lus(orientations, user)],
        "suppleance": user.est_administrateur,
    }
    if user.est_curateur:
        en_cours = pistes.brouillons().count()
        les_pistes, les_orientations = _siens(pistes, user), _siens(orientations, user)
        contexte |= {
            "relus_par_d_autres": [
                e for e in [*les_pistes, *les_orientations] if e.etat == "en_relecture"
            ],
            "seule": not curateurs(sauf=user.pk).exists(),
            "pistes": [e for e in les_pistes if e.etat == "brouillon"],
            "nombre_de_pistes": en_cours,
            "orientations": [e for e in les_orientations if e.etat == "brouillon"],
            "versions": VersionCartographie.objects.brouillons().select_related("enquete"),
            "propositions": Proposition.objects.en_attente().count(),
        }
    return render(request, "pistes/brouillons.html", contexte)


def _lus(editions: Any, user: Utilisateur) -> list[Texte]:
    return list(editions.a_relire_par(user)[:PAR_LISTE])


def _siens(editions: Any, user: Utilisateur) -> list[Texte]:
    """What this person sent to be read, then the drafts, the oldest first. One query."""
    envoyes = editions.en_relecture().filter(auteur=user)
    lignes = (editions.brouillons() | envoyes).order_by("-etat", "cree_le", "pk")
    return list(lignes[:PAR_LISTE])


@relecture
@require_safe
def brouillon(request: HttpRequest, pk: int) -> HttpResponse:
    """A piste's draft beside the public text."""
    editions = EditionPiste.objects.pour_redaction().select_related("auteur")
    sienne = EditionPiste.objects.filter(pk=pk).values("piste")
    # The two texts together: what goes with each is read once.
    deux = editions.filter(Q(pk=pk) | Q(piste__in=sienne, etat="publie"))
    edition = next((e for e in deux if e.pk == pk), None)
    if edition is None:
        raise Http404
    publiee = next((e for e in deux if e.etat == "publie"), None)
    return _montrer(request, edition, publiee, "pistes/brouillon.html")


@relecture
@require_safe
def brouillon_orientation(request: HttpRequest, pk: int) -> HttpResponse:
    """An orientation's draft beside the public text."""
    editions = EditionOrientation.objects.select_related("orientation__recueil", "auteur")
    edition = get_object_or_404(editions, pk=pk)
    publiee = editions.publies().filter(orientation=edition.orientation_id).first()
    return _montrer(request, edition, publiee, "pistes/brouillon_orientation.html")


def _montrer(
    request: HttpRequest, edition: Any, publiee: Texte | None, gabarit: str
) -> HttpResponse:
    """A text that is not waiting any more is read in the history of its subject."""
    user = request.user
    assert isinstance(user, Utilisateur)
    if not user.est_curateur and not type(edition).objects.a_relire_par(user).filter(pk=edition.pk):
        raise PermissionDenied
    if edition.etat not in {"brouillon", "en_relecture"}:
        return redirect(edition.get_history_url())
    ecarts = None
    if publiee is not None:
        ecarts = comparer(champs_de_l_edition(publiee), champs_de_l_edition(edition))
    contexte = {
        "rubrique": "pistes",
        "brouillon": edition,
        "publiee": publiee,
        "ecarts": ecarts,
        "gestes": gestes_sur(edition, user),
        "entrees": edition.journal.select_related("par"),
    }
    return render(request, gabarit, contexte)
