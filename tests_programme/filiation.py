"""A test that comes from another one: the same team goes on, or another organisation takes it up."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

if TYPE_CHECKING:
    from comptes.models import Organisation, Utilisateur
    from tests_programme.models import Test

CADRE = [
    "contexte", "hypothese", "cadre_hypothese", "echec", "retour_arriere", "signe_provisoire",
    "ecoute_qui", "ecoute_prevue", "ecoute_quand", "rythme_points",
]  # fmt: skip


def iterer(test: "Test", par: "Utilisateur") -> "Test":
    """The next test of the same team: same frame, same parties without their accords, no date.

    The one thing the évaluation said would change is named in it, and what was observed becomes the
    starting value. The caller locks the test and checks the right.
    """
    if deja := _en_preparation(test, test.organisation, par):
        return deja
    evaluation = getattr(test, "evaluation", None)
    suivant = _copier(
        test,
        test.organisation,
        par,
        titre=f"{test.titre[:150]} (suite)",
        changement=evaluation.suites_changement if evaluation else "",
    )
    for critere in suivant.criteres.all():
        critere.valeur_depart = critere.valeur_observee[:200] or critere.valeur_depart
        critere.valeur_observee = ""
        critere.save(update_fields=["valeur_depart", "valeur_observee"])
    for partie in test.parties.exclude(email=""):  # erased ones name nobody to ask
        suivant.parties.create(
            role=partie.role, fonction=partie.fonction, nom=partie.nom, email=partie.email
        )
    suivant._noter(
        "creer", f"Préparation ouverte, à la suite du test « {test.titre[:90]} »", par=par, de=""
    )
    return suivant


@transaction.atomic
def s_inspirer(test: "Test", *, organisation: "Organisation", par: "Utilisateur") -> "Test":
    """A new test of another organisation on the same idea: no person, no figure of the first one.

    The one this person already prepares there, when there is one: a second click is the same wish.
    What a team keeps private, or has not started, is taken up by nobody else: to be let in to answer it,
    or to read it for the platform, is not to carry it elsewhere.
    Raises PermissionDenied unless it is public or theirs, and ``par`` belongs to the organisation.
    """
    type(test).objects.select_for_update(of=("self",)).get(pk=test.pk)
    lui = type(test).objects.filter(pk=test.pk)
    ouvert = lui.publics().exists() or lui.de_membre(par).exists()
    if not ouvert or not par.adhesions.actives().filter(organisation=organisation).exists():
        raise PermissionDenied
    if deja := _en_preparation(test, organisation, par):
        return deja
    nouveau = _copier(test, organisation, par, titre=test.titre)
    nouveau.criteres.update(valeur_depart="", valeur_observee="")
    nouveau._noter(
        "creer", f"Préparation ouverte, inspirée du test « {test.titre[:90]} »", par=par, de=""
    )
    return nouveau


def _en_preparation(
    test: "Test", organisation: "Organisation", par: "Utilisateur"
) -> "Test | None":
    """What this person already made of it for this organisation, and has not started."""
    suivants = type(test).objects.filter(issu_de=test, organisation=organisation, cree_par=par)
    deja: Test | None = suivants.filter(etat="preparation").order_by("-pk").first()
    return deja


def _copier(
    test: "Test",
    organisation: "Organisation",
    par: "Utilisateur",
    *,
    titre: str,
    changement: str = "",
) -> "Test":
    nouveau = type(test).objects.create(
        organisation=organisation,
        programme=test.programme if organisation == test.organisation else None,
        piste=test.piste,
        issu_de=test,
        titre=titre,
        changement=changement,
        visibilite=test.visibilite,
        cree_par=par,
        **{champ: getattr(test, champ) for champ in CADRE},
    )
    for critere in test.criteres.all():
        critere.pk = None
        critere._state.adding = True
        critere.test = nouveau
        critere.save()
    return nouveau
