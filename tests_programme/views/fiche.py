"""The page of a test: its public face, and for its team what comes next."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tests_programme.acces import a_lire
from tests_programme.accords import EtatAccord, accords_recueillis, etat_des_accords
from tests_programme.boutons import boutons
from tests_programme.fiche import fiche_de
from tests_programme.lignee import lignee_proche
from tests_programme.matrice import matrice
from tests_programme.models import Test
from tests_programme.onglets import regard_sur
from tests_programme.regles import regles
from tests_programme.voix_montrees import voix_montrees

SUIVANTS = 10


@login_not_required
@require_safe
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody sees the same facts; members also their history, their people and their actions.

    Ten queries at most, session and account included, whoever reads whatever test.
    """
    test = a_lire(request.user, pk)
    regard = regard_sur(test, request.user, le_voit=True)
    fiche = fiche_de(test, request.user, membre=regard.membre)
    evaluation = getattr(test, "evaluation", None)
    contexte = {
        "rubrique": "tests",
        "test": test,
        "regard": regard,
        "membre": regard.membre,
        "criteres": test.criteres.all(),
        "prolongation": fiche.prolongation,
        "evaluation": evaluation if evaluation and evaluation.est_publiee else None,
        **vars(voix_montrees(test)),
        "enseignements": fiche.enseignements,
        **_filiation(request, test),
        "edition": test.edition_piste,
        "roles": _roles(test) if not test.est_recit else [],
        "autres_organisations": fiche.autres_organisations,
        "matrice": matrice([test]) if test.porte_une_initiative else None,
    }
    contexte["boutons"] = boutons(
        test,
        request.user,
        membre=regard.membre,
        prolonge=bool(fiche.prolongation and fiche.prolongation.effective_le),
    )
    if regard.membre:
        contexte["historique"] = fiche.historique
        contexte["parties"] = test.parties.all()
        contexte["accords"] = accords = _accords(test)
        contexte["racine"] = f"{test.get_absolute_url()}preparer/" if not test.est_fige else ""
        contexte["regles"] = regles(test, accords) if not test.est_fige else []
    return render(request, "tests_programme/test.html", contexte)


def _filiation(request: HttpRequest, test: Test) -> dict[str, object]:
    """Where it comes from and the first that came of it. One query: an origin is older than what follows."""
    visibles = Test.objects.visible_to(request.user).pour_liste()
    proches = visibles.filter(Q(issu_de=test) | Q(pk=test.issu_de_id)).order_by("pk")
    suivants = list(proches[: SUIVANTS + 2])
    origine = suivants.pop(0) if suivants and suivants[0].pk == test.issu_de_id else None
    if origine is not None:
        test.issu_de = origine
    montres = suivants[:SUIVANTS]
    return {
        "origine": origine,
        "suivants": montres,
        "autres_suivants": len(suivants) > SUIVANTS,
        "lignee": lignee_proche(test, origine, montres),
    }


def _roles(test: Test) -> list[str]:
    """Who is touched, by kind: neither name, nor address, nor function (which may name somebody)."""
    roles = {partie.role: partie.get_role_display() for partie in test.parties.all()}
    return list(roles.values())


def _accords(test: Test) -> list[EtatAccord]:
    if test.etat == "preparation" and not test.est_recit:
        return etat_des_accords(test, "demarrage")
    if test.tourne and any(p.effective_le is None for p in test.prolongations.all()):
        return etat_des_accords(test, "prolongation")
    return accords_recueillis(test)
