"""How a mise en relation is agreed to, or declined: the accords, the place, the mission; the refusal."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from engagement import annonces
from engagement.models.pas import PasDeMiseEnRelation
from engagement.refus import ActionRefusee
from engagement.transitions import Qui

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation


class ConclusionDeLaMise(PasDeMiseEnRelation):
    """What VieDeLaMiseEnRelation is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def demander_accords(  # type: ignore[misc]
        self: "MiseEnRelation", *, par: "Utilisateur", at: dt.datetime | None = None
    ) -> None:
        """Ask each party on today's text. What was asked or agreed on an older one lapses.

        Raises PermissionDenied, ActionRefusee with all that is missing.
        """
        from engagement.accords import demander
        from engagement.manques_lettre import manques_pour_demander

        self._commencer("demander_accords", par=par)
        if manques := manques_pour_demander(self, at):
            raise ActionRefusee(*manques)
        demandes = demander(self, at or timezone.now())
        if demandes:
            self._terminer("demander_accords", par=par, at=at, attend=demandes[0])

    @transaction.atomic
    def commencer(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Every accord is given: take a place in each half-day, or one in the waiting list.

        The last accord calls it; the cellule does again once what prevented it is gone. Raises
        PermissionDenied, ActionRefusee.
        """
        from engagement.accords import manques_pour_commencer

        self._commencer("commencer", par=par, cote=cote)
        if manques := manques_pour_commencer(self, at):
            raise ActionRefusee(*manques)
        self._prendre_place(par, at)

    def _prendre_place(  # type: ignore[misc]
        self: "MiseEnRelation", par: "Utilisateur | None", at: dt.datetime | None
    ) -> None:
        """Under the lock of the need. What prevents is told to the cellule; no accord is lost."""
        from engagement import places

        at = at or timezone.now()
        issue = places.prendre(self, at)
        if issue.prise:
            self._terminer("commencer", par=par, at=at, attend="cellule")
            annonces.mission_convenue(self)
            return
        self.attend, self.attend_depuis = "cellule", at
        self.save(update_fields=["attend", "attend_depuis"])
        if issue.obstacle:
            self._noter("empecher", f"Empêchée : {issue.obstacle}", at=at)
            annonces.mission_empechee(self, issue.obstacle, at)
        elif issue.nouvelle:
            self._noter("attendre", f"En liste d'attente, rang {issue.rang}", at=at)
            annonces.mise_en_attente(self)

    @transaction.atomic
    def confirmer_place(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Take the place that was held 48 hours for this person. Raises PermissionDenied, ActionRefusee."""
        from engagement import places

        self._verrouiller()
        if self.etat in ("en_mission", "retour", "close"):
            return  # a second click says the same thing
        self._commencer("commencer", par=par, cote=cote)
        at = at or timezone.now()
        if obstacle := places.obstacle_a_la_confirmation(self, at):
            raise ActionRefusee(obstacle)
        self._prendre_place(par, at)

    @transaction.atomic
    def decliner(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        pour: str = "",
        motif: str = "",
        prive: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """Say no, safely. ``motif`` is told to the other side; ``prive`` to the cellule alone.

        ``pour``: in whose name, when the cellule writes it down. Raises PermissionDenied, ActionRefusee.
        """
        from engagement import places
        from engagement.motifs import confier

        self._commencer("decliner", par=par, cote=cote)
        at = at or timezone.now()
        self.declinee_par = cote or pour or "cellule"
        self.motif = motif.strip()
        self.terminee_le = at
        confier(self, self.declinee_par, prive, at)
        annonces.plus_rien_a_dire(self)
        annonces.mise_declinee(self, at)
        self._terminer("decliner", par=par, at=at, champs=["declinee_par", "motif", "terminee_le"])
        places.liberer(self, at)
