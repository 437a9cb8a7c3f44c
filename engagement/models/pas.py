"""The steps every transition of a mise en relation shares: lock, refuse, set, write the history.

The only place that assigns its ``etat``.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from engagement.historique import noter
from engagement.perms import cotes_de
from engagement.refus import ActionRefusee
from engagement.transitions import TRANSITIONS, Qui

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation


class PasDeMiseEnRelation(models.Model):
    """What VieDeLaMiseEnRelation is made of. Inside a transaction."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:  # a column of MiseEnRelation, that several of these methods write
        terminee_le: dt.datetime | None

    def _verrouiller(self: "MiseEnRelation") -> None:  # type: ignore[misc]
        """Lock the need, then this row, and read both afresh: always in this order, so that nobody waits in a ring.

        With both people, the offer, the dispositif and the half-days. Three queries.
        """
        from engagement.models import Besoin, MiseEnRelation

        Besoin.objects.select_for_update(of=("self",)).values("pk").get(pk=self.besoin_id)
        lues = MiseEnRelation.objects.avec_tout().select_for_update(of=("self",))
        self.refresh_from_db(from_queryset=lues)
        models.prefetch_related_objects([self], "creneaux")

    def _commencer(  # type: ignore[misc]
        self: "MiseEnRelation",
        action: str,
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
    ) -> None:
        """Lock, then refuse what the table or the right forbids.

        ``cote``: the side that a personal link proved; else it is read from ``par``. Raises PermissionDenied,
        ActionRefusee.
        """
        self._verrouiller()
        transition = TRANSITIONS[action]
        cotes = {cote} if cote is not None else cotes_de(par, self)
        if not cotes & set(transition.qui):
            raise PermissionDenied
        if self.etat not in transition.de:
            dit = str(self.get_etat_display()).lower()
            raise ActionRefusee(f"Cette mise en relation est « {dit} » : ce n'est plus possible.")

    def _noter(  # type: ignore[misc]
        self: "MiseEnRelation",
        action: str,
        libelle: str,
        *,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> None:
        """A line of its history beside the transitions. Never a reason: those are not for the history."""
        sujet = f"mise_en_relation:{self.pk}"
        noter(self.dispositif_id, sujet, action, libelle, par=par, at=at)

    def _terminer(  # type: ignore[misc]
        self: "MiseEnRelation",
        action: str,
        *,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
        champs: list[str] | None = None,
        libelle: str = "",
        attend: str | None = None,
    ) -> None:
        """Set the state and write its line. ``attend``: for whom it now waits, from this instant."""
        at = at or timezone.now()
        transition = TRANSITIONS[action]
        avant, self.etat = self.etat, transition.vers or self.etat
        ecrits = ["etat", *(champs or [])]
        if attend is not None:
            self.attend, self.attend_depuis = attend, at
            ecrits += ["attend", "attend_depuis"]
        self.save(update_fields=ecrits)
        noter(
            self.dispositif_id,
            f"mise_en_relation:{self.pk}",
            action,
            libelle or transition.libelle,
            de=avant,
            vers=self.etat,
            par=par,
            at=at,
        )
