"""The life of a test: every change of state, and what each one asks for.

A transition runs in this order: one transaction; lock the row; check the table; check the right; refuse
with every obstacle at once; set; write the history; plan the reminders. Nothing leaves before commit.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from comptes.models import Utilisateur
from tests_programme import echeances
from tests_programme.accords import accords_manquants, demander_accords
from tests_programme.manques import (
    Manque,
    TransitionRefusee,
    manques_pour_demarrer,
    manques_pour_prolonger,
)
from tests_programme.models.apres import ApresLeTest
from tests_programme.perms import peut_modifier
from tests_programme.transitions import TRANSITIONS

if TYPE_CHECKING:
    from tests_programme.models import Prolongation, Test


class VieDuTest(ApresLeTest):
    """The transitions of Test; those that follow its end are in ApresLeTest.

    ``par`` is who acts (None: the date alone); ``at`` an aware instant.
    """

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def ouvrir(
        cls,
        *,
        par: "Utilisateur",
        at: dt.datetime | None = None,
        empreinte_envoi: str = "",
        **champs: Any,
    ) -> "Test":
        """A new test in preparation. Raises PermissionDenied outside one's own organisations.

        ``empreinte_envoi`` names the sent form: the same one, sent twice, gives the same test.
        """
        test: Test = cls(**{"cree_par": par, "empreinte_envoi": empreinte_envoi, **champs})  # type: ignore[assignment]
        if not peut_modifier(par, test):
            raise PermissionDenied
        if empreinte_envoi:
            Utilisateur.objects.select_for_update(no_key=True).get(pk=par.pk)
            deja = type(test).objects.filter(cree_par=par, empreinte_envoi=empreinte_envoi)
            if ouvert := deja.first():
                return cast("Test", ouvert)
        test.save()
        test._noter("creer", "Préparation ouverte", par=par, at=at, de="")
        return test

    def manques_pour_demarrer(self: "Test", at: dt.datetime | None = None) -> list[Manque]:  # type: ignore[misc]
        """Everything that still stands in the way of the start, at once. Some four queries."""
        return manques_pour_demarrer(self, at) + accords_manquants(self, "demarrage")

    @transaction.atomic
    def demander_accords(  # type: ignore[misc]
        self: "Test", *, par: "Utilisateur", at: dt.datetime | None = None
    ) -> int:
        """Ask the parties for their accord to the start; return how many mails are planned.

        Raises TransitionRefusee while the text is not complete: nobody is asked to agree to a blank.
        """
        self._commencer("demander_accords", par, at=at)
        self._refuser_si("demander", manques_pour_demarrer(self, at))
        return demander_accords(self, objet="demarrage", at=at)

    @transaction.atomic
    def demarrer(self: "Test", *, par: "Utilisateur", at: dt.datetime | None = None) -> None:  # type: ignore[misc]
        """Start: from now on hypothesis, critères and date are frozen. Raises TransitionRefusee."""
        at = at or timezone.now()
        self._commencer("demarrer", par, at=at)
        self._refuser_si("demarrer", self.manques_pour_demarrer(at))
        self.demarre_le = at
        self.edition_piste = self.piste.editions.publies().first()
        self._terminer("demarrer", par=par, at=at, champs=["demarre_le", "edition_piste"])

    @transaction.atomic
    def renoncer(  # type: ignore[misc]
        self: "Test", *, par: "Utilisateur", motif: str, at: dt.datetime | None = None
    ) -> None:
        """Give up before the start, with a reason."""
        self._commencer("renoncer", par, at=at, motif=motif)
        self._terminer("renoncer", par=par, at=at, motif=motif)

    @transaction.atomic
    def demander_prolongation(  # type: ignore[misc]
        self: "Test",
        *,
        par: "Utilisateur",
        nouvelle_date: dt.date,
        motif: str,
        at: dt.datetime | None = None,
    ) -> "Prolongation":
        """Ask for the one extension, and every party for a new accord; ``prolonger`` makes it effective.

        Asked again with another date or reason, it replaces the first asking.
        """
        at = at or timezone.now()
        self._commencer("demander_prolongation", par, at=at)
        self._refuser_si("prolonger", manques_pour_prolonger(self, nouvelle_date, motif, at))
        prolongation, _ = self.prolongations.update_or_create(
            test=self,
            defaults={
                "ancienne_date": self.date_peremption or nouvelle_date,
                "nouvelle_date": nouvelle_date,
                "motif": motif.strip(),
                "demandee_par": par,
                "demandee_le": at,
            },
        )
        self._noter("demander", "Prolongation demandée", par=par, at=at, motif=motif)
        demander_accords(self, objet="prolongation", at=at)
        return prolongation

    @transaction.atomic
    def prolonger(self: "Test", *, par: "Utilisateur", at: dt.datetime | None = None) -> None:  # type: ignore[misc]
        """Make the asked extension effective. Raises TransitionRefusee while an accord is missing."""
        at = at or timezone.now()
        self._commencer("prolonger", par, at=at)
        prolongation = self.prolongations.first()
        if prolongation is None:
            raise TransitionRefusee("prolonger", [Manque("Aucune prolongation n'a été demandée.")])
        manques = manques_pour_prolonger(self, prolongation.nouvelle_date, prolongation.motif, at)
        self._refuser_si("prolonger", manques + accords_manquants(self, "prolongation"))
        prolongation.effective_le = at
        prolongation.save(update_fields=["effective_le"])
        self.date_peremption = prolongation.nouvelle_date
        self._terminer(
            "prolonger", par=par, at=at, motif=prolongation.motif, champs=["date_peremption"]
        )

    @transaction.atomic
    def arreter(  # type: ignore[misc]
        self: "Test", *, par: "Utilisateur", motif: str, at: dt.datetime | None = None
    ) -> None:
        """Stop before its date, with a reason."""
        at = at or timezone.now()
        self._commencer("arreter", par, at=at, motif=motif)
        self.termine_le = at
        self._terminer("arreter", par=par, at=at, motif=motif, champs=["termine_le"])

    @transaction.atomic
    def perimer(self: "Test", *, at: dt.datetime | None = None) -> bool:  # type: ignore[misc]
        """Record that its date is past; return whether there was something to record.

        The end recorded is the midnight that closed its last day, whenever the worker comes.
        """
        at = at or timezone.now()
        self._verrouiller()
        if self.etat != "en_cours" or not self.est_perime(at):
            return False
        self.termine_le = echeances.minuit_apres(self.date_peremption)
        self._terminer("perimer", par=None, at=self.termine_le, champs=["termine_le"])
        return True

    @transaction.atomic
    def placer(  # type: ignore[misc]
        self: "Test", *, par: "Utilisateur", engagement: int | None, accompagnement: int | None
    ) -> None:
        """Place it in the matrice de l'initiative, or take it out (None twice), until its évaluation.

        Raises PermissionDenied; TransitionRefusee once its life is over.
        """
        self._verrouiller()
        if not peut_modifier(par, self):
            raise PermissionDenied
        if self.est_recit or self.etat_au() not in TRANSITIONS["placer"].de:
            raise TransitionRefusee("placer", [Manque("Ce test est terminé : sa place reste là.")])
        self.degre_engagement, self.degre_accompagnement = engagement, accompagnement
        self.save(update_fields=["degre_engagement", "degre_accompagnement"])
