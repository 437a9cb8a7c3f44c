"""What an organisation opens to everybody, or keeps to itself: chantiers and cahiers."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.models import Utilisateur
from pistes.perms_chantiers import peut_fermer_au_public, peut_ouvrir_au_public


class Ouvrable(models.Model):
    """Has ``est_public`` and a ``journal``; its organisation alone opens it."""

    journal: Any
    est_public = models.BooleanField("visible par tout le monde", default=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def ouvrir_au_public(self, *, par: Utilisateur, at: dt.datetime | None = None) -> bool:
        """Let everybody read it; False when they could. Raises PermissionDenied."""
        if not peut_ouvrir_au_public(par, self):
            raise PermissionDenied
        return self._montrer(True, "ouvrir", "Rendu visible par tout le monde", par, at)

    @transaction.atomic
    def fermer_au_public(self, *, par: Utilisateur, at: dt.datetime | None = None) -> bool:
        """Keep it to its organisation again; False when it was. Raises PermissionDenied."""
        if not peut_fermer_au_public(par, self):
            raise PermissionDenied
        return self._montrer(False, "fermer", "Gardé pour l'organisation", par, at)

    def noter(
        self,
        action: str,
        libelle: str,
        par: Utilisateur,
        *,
        motif: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """Write a line of its life."""
        self.journal.create(
            action=action, libelle=libelle, motif=motif.strip(), par=par, le=at or timezone.now()
        )

    def _montrer(
        self, public: bool, action: str, libelle: str, par: Utilisateur, at: dt.datetime | None
    ) -> bool:
        type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db(fields=["est_public"])
        if self.est_public == public:
            return False
        self.est_public = public
        self.save(update_fields=["est_public"])
        self.noter(action, libelle, par, at=at)
        return True
