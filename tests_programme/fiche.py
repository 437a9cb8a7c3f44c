"""What the page of a test shows beside the test itself, read in one query whatever there is."""

import dataclasses
from typing import TYPE_CHECKING, Any

from django.db.models import Model, OuterRef, QuerySet

from comptes.models import Organisation, Utilisateur
from config.en_bloc import en_bloc, retenir
from pistes.models import Piste
from tests_programme.models import (
    Critere,
    Enseignement,
    EntreeJournal,
    PartiePrenante,
    Prolongation,
    Test,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclasses.dataclass(frozen=True)
class Fiche:
    """What surrounds a test, as one reader may see it."""

    enseignements: list[Enseignement]
    prolongation: Prolongation | None
    # Where this reader could take the idea up.
    autres_organisations: list[Organisation]
    # For the team; empty for the others.
    historique: list[EntreeJournal]


def fiche_de(test: Test, user: "Utilisateur | AnonymousUser", *, membre: bool) -> Fiche:
    """Read it all; ``test`` keeps its critères, its parties and its prolongation. One query."""
    ensembles: dict[str, QuerySet[Any]] = {
        "criteres": _du_test(Critere).order_by("rang", "pk"),
        "parties": _du_test(PartiePrenante).order_by("pk"),
        "prolongations": _du_test(Prolongation),
        "lecons": Enseignement.objects.publies().filter(test=OuterRef("pk")).order_by("pk"),
        "pistes": Piste.objects.filter(pk__in=_cites(Enseignement, "piste")).order_by(),
        "autres": _autres_organisations(test, user, membre=membre),
    }
    if membre:
        ensembles["historique"] = _du_test(EntreeJournal).order_by("le", "pk")
        ensembles["auteurs"] = Utilisateur.objects.filter(pk__in=_cites(EntreeJournal, "par"))
    lus = en_bloc(test, **ensembles)
    for relation in ("criteres", "parties", "prolongations"):
        retenir(test, relation, lus[relation])
    return Fiche(
        enseignements=_relies(lus["lecons"], "piste", lus["pistes"]),
        prolongation=next(iter(lus["prolongations"]), None),
        autres_organisations=lus["autres"],
        historique=_relies(lus.get("historique", []), "par", lus.get("auteurs", [])),
    )


def _du_test(modele: type[Model]) -> QuerySet[Any]:
    return modele._default_manager.filter(test=OuterRef("pk"))


def _cites(modele: type[Model], champ: str) -> QuerySet[Any]:
    """The keys that the test's rows name there, for a set inside the query."""
    return modele._default_manager.filter(test=OuterRef(OuterRef("pk"))).order_by().values(champ)


def _autres_organisations(
    test: Test, user: "Utilisateur | AnonymousUser", *, membre: bool
) -> "QuerySet[Organisation]":
    """For which of their organisations this reader may take it up (filiation.s_inspirer)."""
    garde_pour_soi = test.visibilite == Test.Visibilite.PRIVE and not membre
    if test.etat_affiche == "preparation" or garde_pour_soi:
        return Organisation.objects.none()
    siennes = Organisation.objects.de_membre(user).exclude(pk=test.organisation_id)
    return Organisation.objects.filter(pk__in=siennes.order_by().values("pk"))


def _relies(lignes: list[Any], relation: str, cibles: list[Any]) -> list[Any]:
    """The same rows, each with its related object already there."""
    par_cle = {cible.pk: cible for cible in cibles}
    for ligne in lignes:
        if (cible := par_cle.get(getattr(ligne, f"{relation}_id"))) is not None:
            setattr(ligne, relation, cible)
    return lignes
