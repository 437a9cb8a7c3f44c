"""What waits for a person: the content of ``/mon-espace/``."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import F, Q, QuerySet

from comptes.models import Adhesion, Invitation, Organisation
from engagement.guichet import MonGuichet, mes_guichets
from engagement.models import Personne
from pistes.attentes import Curation, curation_de
from tests_programme.accords import compter_accords, obstacle_a_la_reponse
from tests_programme.models import Accord, Echange, Test

if TYPE_CHECKING:
    from comptes.models import Utilisateur

PAR_LISTE = 20
Ligne = TypeVar("Ligne")


class Liste(list[Ligne]):
    """The first rows of a question; ``coupee`` says that there are more. One query."""

    def __init__(self, lignes: "QuerySet[Any]") -> None:
        trouvees = list(lignes[: PAR_LISTE + 1])
        super().__init__(trouvees[:PAR_LISTE])
        self.coupee = len(trouvees) > PAR_LISTE


@dataclasses.dataclass(frozen=True)
class Attentes:
    """Everything the page shows. Lists are read once; the number of queries never depends on them."""

    adhesions: list[Adhesion]
    mes_demandes: list[Adhesion]
    invitations: list[Invitation]
    accords: list[Accord]
    demandes: "Liste[Adhesion]"
    organisations_a_valider: "Liste[Organisation]"
    a_relire: "Liste[Test]"
    curation: Curation | None
    a_evaluer: "Liste[Test]"
    en_cours: "Liste[Test]"
    en_preparation: "Liste[Test]"
    # Who animates a programme (and curateur·rices): the teams' questions nobody has answered yet.
    anime: bool
    questions: "Liste[Echange]"
    # The desks this person keeps, with what waits there.
    guichets: list[MonGuichet]
    # Where this person offers or asks, by dispositif.
    engagements: list[Personne]

    @property
    def sans_organisation(self) -> bool:
        """A newcomer, whose next step is to join one."""
        return not self.adhesions

    @property
    def attend_une_reponse(self) -> bool:
        """Whether somebody waits for this person's word."""
        return bool(
            self.invitations
            or self.accords
            or self.a_relire
            or self.demandes
            or self.organisations_a_valider
            or self.questions
        )


def attentes_de(user: "Utilisateur", at: dt.datetime | None = None) -> Attentes:
    """Some twenty queries at most, however much there is."""
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
        accords=_accords(user, at),
        demandes=Liste(_demandes(user, actives)),
        organisations_a_valider=Liste(_a_valider(user)),
        curation=curation_de(user),
        a_relire=Liste(_a_relire(user)),
        a_evaluer=Liste(
            tests.a_evaluer(at)
            .filter(evaluation__soumise_le=None)
            .order_by("date_peremption", "pk")
        ),
        en_cours=Liste(tests.en_cours(at).order_by("date_peremption", "pk")),
        en_preparation=_en_preparation(tests),
        anime=user.est_curateur or user.programmes_animes.exists(),
        questions=Liste(Echange.objects.a_repondre_par(user)),
        guichets=mes_guichets(user, at),
        engagements=list(Personne.objects.de_compte(user)),
    )


def _a_relire(user: "Utilisateur") -> "QuerySet[Test]":
    """Évaluations that wait for their second reading, the oldest first."""
    attendent = Test.objects.a_relire_par(user).select_related("organisation", "evaluation")
    return attendent.order_by("evaluation__soumise_le", "pk")


def _accords(user: "Utilisateur", at: dt.datetime | None) -> list[Accord]:
    """The questions put to this person's address that may still be answered. Three queries."""
    accords = (
        Accord.objects.filter(etat="demande", partie__email__iexact=user.email)
        .select_related("partie__test__organisation")
        .prefetch_related("partie__test__criteres", "partie__test__prolongations")
        .order_by("demande_le")
    )
    return [accord for accord in accords if not obstacle_a_la_reponse(accord, at=at)]


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
        .order_by("cree_le")
    )


def _a_valider(user: "Utilisateur") -> "QuerySet[Organisation]":
    if not user.est_administrateur:
        return Organisation.objects.none()
    return Organisation.objects.filter(validee=False).order_by("cree_le")


def _en_preparation(tests: "QuerySet[Test]") -> Liste[Test]:
    """With how many accords on today's text still wait, and how many are given. Four queries."""
    brouillons: Liste[Any] = Liste(
        tests.filter(etat="preparation")
        .prefetch_related("criteres", "parties__accords")
        .order_by(F("modifie_le").desc(), "pk")
    )
    for test in brouillons:
        accords = compter_accords(test, "demarrage")
        test.accords_attendus, test.accords_donnes = accords["demande"], accords["donne"]
    return brouillons
