"""The end of a test's life: an évaluation read by somebody else before it is published, and what follows."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tests_programme import seconde_lecture
from tests_programme.filiation import iterer
from tests_programme.manques import Manque, TransitionRefusee, manques_pour_evaluer
from tests_programme.models.pas import PasDeTransition
from tests_programme.perms import peut_modifier
from tests_programme.transitions import TRANSITIONS, lecture_de

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from tests_programme.models import Test


class ApresLeTest(PasDeTransition):
    """The transitions of Test once it is over. They run as VieDuTest says."""

    class Meta:
        abstract = True

    def manques_pour_evaluer(self: "Test") -> list[Manque]:  # type: ignore[misc]
        """Everything the évaluation still lacks."""
        return manques_pour_evaluer(self)

    @transaction.atomic
    def soumettre(self: "Test", *, par: "Utilisateur", at: dt.datetime | None = None) -> None:  # type: ignore[misc]
        """Ask somebody else to read the évaluation. Raises TransitionRefusee with all that it lacks."""
        at = at or timezone.now()
        self.perimer(at=at)
        self._commencer("soumettre", par, at=at)
        self._refuser_si("soumettre", self.manques_pour_evaluer())
        self._refuser_si("soumettre", seconde_lecture.manques_de_lecture(self, "soumettre", par))
        self.evaluation.soumise_le, self.evaluation.soumise_par = at, par
        self.evaluation.save(update_fields=["soumise_le", "soumise_par"])
        self._terminer("soumettre", par=par, at=at)
        seconde_lecture.demander(self)

    @transaction.atomic
    def reprendre(self: "Test", *, par: "Utilisateur", at: dt.datetime | None = None) -> bool:  # type: ignore[misc]
        """What was submitted has changed: it is no longer submitted. Return whether it was.

        To be called by whatever changes the draft, a voice or a lesson, in the same transaction.
        """
        self._verrouiller()
        if not peut_modifier(par, self):
            raise PermissionDenied
        if self.etat_au(at) not in TRANSITIONS["reprendre"].de or lecture_de(self) != "soumise":
            return False
        self._ne_plus_soumettre()
        self._terminer("reprendre", par=par, at=at)
        return True

    @transaction.atomic
    def rendre(  # type: ignore[misc]
        self: "Test", *, par: "Utilisateur", remarque: str, at: dt.datetime | None = None
    ) -> None:
        """Hand the évaluation back with a remark; who submitted it is told."""
        self._commencer("rendre", par, at=at, motif=remarque)
        self._refuser_si("rendre", seconde_lecture.manques_de_lecture(self, "rendre", par))
        auteur, soumise_le = self.evaluation.soumise_par, self.evaluation.soumise_le
        self.evaluation.remarque = remarque.strip()
        self.evaluation.save(update_fields=["remarque"])
        self._ne_plus_soumettre()
        self._terminer("rendre", par=par, at=at, motif=remarque)
        seconde_lecture.prevenir(self, "evaluation_rendue", auteur, soumise_le, par)

    @transaction.atomic
    def evaluer(  # type: ignore[misc]
        self: "Test", *, par: "Utilisateur", at: dt.datetime | None = None, lue: str | None = None
    ) -> None:
        """Publish the évaluation, once somebody else than who submitted it has read it.

        ``lue``: the fingerprint of what they read, when a page showed it to them; what changed since is
        not published. Raises TransitionRefusee.
        """
        at = at or timezone.now()
        self.perimer(at=at)
        self._commencer("evaluer", par, at=at)
        self._refuser_si("evaluer", seconde_lecture.manques_de_lecture(self, "evaluer", par))
        self._refuser_si("evaluer", self.manques_pour_evaluer())
        if lue is not None and lue != seconde_lecture.empreinte_de_l_evaluation(self):
            raise TransitionRefusee("evaluer", [Manque(seconde_lecture.CHANGEE)])
        evaluation = self.evaluation
        evaluation.publiee_le, evaluation.publiee_par = at, par
        evaluation.save(update_fields=["publiee_le", "publiee_par"])
        seconde_lecture.ne_plus_demander(self)
        self._terminer("evaluer", par=par, at=at)
        seconde_lecture.prevenir(
            self, "evaluation_publiee", evaluation.soumise_par, evaluation.soumise_le, par
        )

    @transaction.atomic
    def dire_perennite(  # type: ignore[misc]
        self: "Test",
        *,
        par: "Utilisateur",
        tient: bool,
        texte: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """Say whether what was to last still stands. The same answer twice is said once."""
        at = at or timezone.now()
        self._commencer("dire_perennite", par, at=at)
        evaluation = self.evaluation
        if evaluation.suites != evaluation.Suites.PERENNISER:
            pas_a_dire = (
                "Les suites de ce test ne sont pas de pérenniser : il n'y a rien à confirmer."
            )
            raise TransitionRefusee("dire_perennite", [Manque(pas_a_dire)])
        texte = texte.strip()
        if (evaluation.tient_toujours, evaluation.tient_texte) == (tient, texte):
            return
        evaluation.tient_toujours, evaluation.tient_texte = tient, texte
        evaluation.tient_dit_le = at
        evaluation.save(update_fields=["tient_toujours", "tient_texte", "tient_dit_le"])
        dit = "Tient toujours" if tient else "Ne tient plus"
        self._terminer("dire_perennite", par=par, at=at, motif=texte, libelle=dit)

    @transaction.atomic
    def iterer(self: "Test", *, par: "Utilisateur") -> "Test":  # type: ignore[misc]
        """A new test in preparation, copied from this one, that keeps the lineage.

        The one this person already prepares, when there is one: a second click is the same wish.
        Raises PermissionDenied unless ``par`` may lead this test; TransitionRefusee before it started.
        """
        self._verrouiller()
        if not peut_modifier(par, self):
            raise PermissionDenied
        if not self.est_recit and self.etat_au() not in TRANSITIONS["iterer"].de:
            corriger = (
                "Ce test est encore en préparation : corrigez-le plutôt que d'en faire un autre."
            )
            raise TransitionRefusee("iterer", [Manque(corriger)])
        return iterer(self, par)

    def _ne_plus_soumettre(self: "Test") -> None:  # type: ignore[misc]
        self.evaluation.soumise_le = self.evaluation.soumise_par = None
        self.evaluation.save(update_fields=["soumise_le", "soumise_par"])
        seconde_lecture.ne_plus_demander(self)
