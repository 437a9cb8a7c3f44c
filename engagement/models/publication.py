"""The récit of a dispositif: written and published by its cellule, taken back when it wants."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from engagement.historique import noter

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif


class RecitDuDispositif(models.Model):
    """What ClotureDuDispositif is made of."""

    class Meta:
        abstract = True

    @property
    def recit_est_public(self: "Dispositif") -> bool:  # type: ignore[misc]
        """Whether everybody may read it."""
        return self.recit_publie_le is not None and self.etat != self.Etat.PREPARATION

    @transaction.atomic
    def ecrire_recit(  # type: ignore[misc]
        self: "Dispositif",
        *,
        par: "Utilisateur",
        recit: str,
        bilan: str,
        at: dt.datetime | None = None,
    ) -> None:
        """Keep its words. Raises PermissionDenied."""
        self._exiger_la_cellule(par)
        self.recit, self.bilan = recit.strip(), bilan.strip()
        self.save(update_fields=["recit", "bilan"])
        self._dire("ecrire_recit", "Récit écrit", par, at or timezone.now())

    @transaction.atomic
    def publier_recit(  # type: ignore[misc]
        self: "Dispositif", *, par: "Utilisateur", at: dt.datetime | None = None
    ) -> None:
        """Show it to everybody; twice changes nothing. Raises PermissionDenied."""
        self._exiger_la_cellule(par)
        if self.recit_publie_le is None:
            self._dater(at or timezone.now(), "publier_recit", "Récit publié", par)

    @transaction.atomic
    def retirer_recit(  # type: ignore[misc]
        self: "Dispositif", *, par: "Utilisateur", at: dt.datetime | None = None
    ) -> None:
        """Show it to the cellule alone again; twice changes nothing. Raises PermissionDenied."""
        self._exiger_la_cellule(par)
        if self.recit_publie_le is not None:
            self._dater(None, "retirer_recit", "Récit retiré de la lecture", par, at)

    def _dater(  # type: ignore[misc]
        self: "Dispositif",
        le: dt.datetime | None,
        action: str,
        libelle: str,
        par: "Utilisateur",
        at: dt.datetime | None = None,
    ) -> None:
        self.recit_publie_le = le
        self.save(update_fields=["recit_publie_le"])
        self._dire(action, libelle, par, at or le or timezone.now())

    def _dire(  # type: ignore[misc]
        self: "Dispositif", action: str, libelle: str, par: "Utilisateur", at: dt.datetime
    ) -> None:
        noter(self.pk, f"dispositif:{self.pk}", action, libelle, par=par, at=at)

    def _exiger_la_cellule(self: "Dispositif", par: "Utilisateur") -> None:  # type: ignore[misc]
        """Lock, read afresh, refuse who does not keep the desk. Raises PermissionDenied."""
        type(self).objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db()
        if not par.has_perm("engagement.tenir_guichet", self):
            raise PermissionDenied
