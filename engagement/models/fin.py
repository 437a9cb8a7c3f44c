"""How a mission ends: stopped before its end, over and its return to make, closed once the return is told."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.models.pas import PasDeMiseEnRelation
from engagement.refus import ActionRefusee
from engagement.transitions import AVANT_LA_MISSION, Qui

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation, Retour


class FinDeMiseEnRelation(PasDeMiseEnRelation):
    """What VieDeLaMiseEnRelation is made of, from the mission on."""

    class Meta:
        abstract = True

    @property
    def est_un_pret(self: "MiseEnRelation") -> bool:  # type: ignore[misc]
        """Whether it lends a thing: once agreed, it has its ``pret``."""
        return self.offre.est_un_pret

    @property
    def a_une_mission(self: "MiseEnRelation") -> bool:  # type: ignore[misc]
        """Whether its mission, or its loan, was agreed: over or not, it has its page."""
        return self.etat not in (*AVANT_LA_MISSION, "declinee")

    def est_finie(self: "MiseEnRelation", at: dt.datetime | None = None) -> bool:  # type: ignore[misc]
        """Whether its last half-day is past (agrees with ``MiseEnRelationQuerySet.finies``).

        A half-day is past when its day is. A loan is over when the thing is back, whatever the date. At no
        cost in a list that was read ``avec_fin``.
        """
        if self.etat != self.Etat.EN_MISSION:
            return False
        if (connue := self.__dict__.get("_finie")) is not None:
            return bool(connue)
        if self.est_un_pret:
            return False
        jour, demi_journees = jour_de(at), self.demi_journees.all()
        restent = any(d.jour >= jour and d.etat != "annulee" for d in demi_journees)
        return not restent and any(d.jour < jour for d in demi_journees)

    def etat_au(self: "MiseEnRelation", at: dt.datetime | None = None) -> str:  # type: ignore[misc]
        """What readers are shown: the mission is over the day after its last half-day, worker or not."""
        return str(self.Etat.RETOUR if self.est_finie(at) else self.etat)

    @property
    def etat_montre(self: "MiseEnRelation") -> str:  # type: ignore[misc]
        """``etat_au`` today, in words."""
        return str(self.Etat(self.etat_au()).label)

    @transaction.atomic
    def interrompre(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        motif: str = "",
        prive: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """Stop before the end; half-days to come are freed, the others are told.

        ``motif``: said to the other side; ``prive``: for the cellule alone, obligatory from a side. Raises
        PermissionDenied, ActionRefusee.
        """
        from engagement import missions

        self._commencer("interrompre", par=par, cote=cote)
        missions.interrompre(self, par=par, cote=cote, motif=motif, prive=prive, at=at)

    @transaction.atomic
    def revenir(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Record that the mission is over: its return is asked for. Raises PermissionDenied, ActionRefusee."""
        from engagement import retours

        self._commencer("revenir", par=par, cote=cote)
        retours.ouvrir(self, par=par, at=at)

    def manques_pour_clore(self: "MiseEnRelation", at: dt.datetime | None = None) -> list[str]:  # type: ignore[misc]
        """What is still missing before it closes, in words. Two queries."""
        from engagement import retours

        return retours.manques(self, at=at)

    @transaction.atomic
    def clore(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Close it: thanks leave, the attestation is there. Raises PermissionDenied, ActionRefusee."""
        from engagement import retours

        at = at or timezone.now()
        if self.est_finie(at):  # the job has not come by yet: its date is past all the same
            self.revenir(cote="date", at=at)
        self._commencer("clore", par=par, cote=cote)
        manques = self.manques_pour_clore(at)
        if manques:
            raise ActionRefusee(*manques)
        self.terminee_le = at
        self._terminer("clore", par=par, at=at, champs=["terminee_le"])
        retours.remercier(self, at=at)

    def _retour(self: "MiseEnRelation") -> "Retour":  # type: ignore[misc]
        """Its return, made when it was not."""
        from engagement.models import Retour

        return Retour.objects.get_or_create(mise_en_relation=self)[0]
