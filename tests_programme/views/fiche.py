"""The page of a test: its public face, and for its team what comes next."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptes.models import Organisation
from tests_programme.acces import a_lire
from tests_programme.accords import EtatAccord, accords_recueillis, etat_des_accords
from tests_programme.boutons import boutons
from tests_programme.lignee import lignee_proche
from tests_programme.matrice import matrice
from tests_programme.models import Test
from tests_programme.perms import peut_modifier
from tests_programme.regles import regles
from tests_programme.voix_montrees import voix_montrees

SUIVANTS = 10


@login_not_required
@require_safe
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody sees the same facts; members also their history, their people and their actions."""
    test = a_lire(request.user, pk)
    prefetch_related_objects([test], "criteres", "parties")  # asked for by several sections
    membre = request.user.is_authenticated and peut_modifier(request.user, test)
    evaluation = getattr(test, "evaluation", None)
    contexte = {
        "rubrique": "tests",
        "test": test,
        "membre": membre,
        "criteres": test.criteres.all(),
        "prolongation": test.prolongations.select_related("demandee_par").first(),
        "evaluation": evaluation if evaluation and evaluation.est_publiee else None,
        **vars(voix_montrees(test)),
        "enseignements": test.enseignements.publies().select_related("piste"),
        **_filiation(request, test),
        "edition": test.edition_piste,
        "roles": _roles(test) if not test.est_recit else [],
        "autres_organisations": _autres_organisations(request, test),
        "matrice": matrice([test]) if test.porte_une_initiative else None,
    }
    contexte["boutons"] = boutons(
        test,
        request.user,
        membre=membre,
        prolonge=bool(contexte["prolongation"] and contexte["prolongation"].effective_le),
    )
    if membre:
        contexte["historique"] = test.journal.select_related("par")
        contexte["parties"] = test.parties.all()
        contexte["accords"] = accords = _accords(test)
        contexte["racine"] = f"{test.get_absolute_url()}preparer/" if not test.est_fige else ""
        contexte["regles"] = regles(test, accords) if not test.est_fige else []
    return render(request, "tests_programme/test.html", contexte)


def _filiation(request: HttpRequest, test: Test) -> dict[str, object]:
    """Where it comes from and the first that came of it. Two queries at most."""
    visibles = Test.objects.visible_to(request.user).pour_liste()
    origine = visibles.filter(pk=test.issu_de_id).first() if test.issu_de_id else None
    suivants = list(visibles.filter(issu_de=test).order_by("pk")[: SUIVANTS + 1])
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
    if test.tourne and test.prolongations.filter(effective_le=None).exists():
        return etat_des_accords(test, "prolongation")
    return accords_recueillis(test)


def _autres_organisations(request: HttpRequest, test: Test) -> object:
    """Where this reader could take the idea up."""
    if not request.user.is_authenticated or test.etat_affiche == "preparation":
        return []
    return Organisation.objects.de_membre(request.user).exclude(pk=test.organisation_id)
