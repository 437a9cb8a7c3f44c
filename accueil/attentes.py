"""What waits for a person: the content of ``/mon-espace/``."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from comptes.models import Adhesion, Invitation, Organisation
from tests_programme.models import Accord, Test

if TYPE_CHECKING:
    from comptes.models import Utilisateur

PAR_ETAT = 20


@dataclasses.dataclass(frozen=True)
class Attentes:
    """Everything the page shows. Lists are read once; the number of queries never depends on them."""

    adhesions: list[Adhesion]
    mes_demandes: list[Adhesion]
    invitations: list[Invitation]
    accords: list[Accord]
    demandes: list[Adhesion]
    organisations_a_valider: list[Organisation]
    a_evaluer: list[Test]
    en_cours: list[Test]
    en_preparation: list[Test]

    @property
    def sans_organisation(self) -> bool:
        """A newcomer, whose next step is to join one."""
        return not self.adhesions

    @property
    def attend_une_reponse(self) -> bool:
        """Whether somebody waits for this person's word."""
        return bool(
            self.invitations or self.accords or self.demandes or self.organisations_a_valider
        )


def attentes_de(user: "Utilisateur", at: dt.datetime | None = None) -> Attentes:
    """Eight queries at most."""
    adhesions = list(
        user.adhesions.filter(etat__in=["active", "demandee"])
        .select_related("organisation")
        .order_by("organisation__nom")
    )
    actives = [a for a in adhesions if a.etat == Adhesion.Etat.ACTIVE]
    tests = Test.objects.de_membre(user).filter(source="").pour_liste()
    return Attentes(
        adhesions=actives,
        mes_demandes=[a for a in adhesions if a.etat == Adhesion.Etat.DEMANDEE],
        invitations=list(
            Invitation.objects.en_attente(at)
            .filter(email__iexact=user.email)
            .select_related("organisation")
        ),
        accords=list(_accords(user)),
        demandes=list(_demandes(user, actives)),
        organisations_a_valider=list(_a_valider(user)),
        a_evaluer=list(tests.a_evaluer(at).order_by("date_peremption", "pk")[:PAR_ETAT]),
        en_cours=list(tests.en_cours(at).order_by("date_peremption", "pk")[:PAR_ETAT]),
        en_preparation=list(_en_preparation(tests)[:PAR_ETAT]),
    )


def _accords(user: "Utilisateur") -> "QuerySet[Accord]":
    """The questions put to this person's address that may still be answered."""
    utiles = Q(objet="demarrage", partie__test__etat="preparation") | Q(
        objet="prolongation", partie__test__etat="en_cours"
    )
    return (
        Accord.objects.filter(utiles, etat="demande", partie__email__iexact=user.email)
        .select_related("partie__test__organisation")
        .order_by("demande_le")
    )


def _demandes(user: "Utilisateur", actives: list[Adhesion]) -> "QuerySet[Adhesion]":
    """Requests to join that this person may decide."""
    referent_de = [a.organisation_id for a in actives if a.role == Adhesion.Role.REFERENT]
    siennes = Q(organisation__in=referent_de)
    if user.est_administrateur:
        dirigees = Adhesion.objects.referents().values("organisation")
        siennes |= ~Q(organisation__in=dirigees)
    return (
        Adhesion.objects.demandees()
        .filter(siennes, utilisateur__is_active=True)
        .select_related("utilisateur", "organisation")
        .order_by("cree_le")[:PAR_ETAT]
    )


def _a_valider(user: "Utilisateur") -> "QuerySet[Organisation]":
    if not user.est_administrateur:
        return Organisation.objects.none()
    return Organisation.objects.filter(validee=False).order_by("cree_le")[:PAR_ETAT]


def _en_preparation(tests: "QuerySet[Test]") -> "QuerySet[Test]":
    """With how many accords were asked and how many still wait."""
    demarrage = Q(parties__accords__objet="demarrage")
    return (
        tests.filter(etat="preparation")
        .annotate(
            accords_attendus=Count(
                "parties__accords", filter=demarrage & Q(parties__accords__etat="demande")
            ),
            accords_donnes=Count(
                "parties__accords", filter=demarrage & Q(parties__accords__etat="donne")
            ),
        )
        .order_by(F("modifie_le").desc(), "pk")
    )
