"""How a dispositif opens and closes: both are acts of those who keep it, marked and told."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.historique import noter
from engagement.models.publication import RecitDuDispositif
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif


class ClotureDuDispositif(RecitDuDispositif):
    """What Dispositif is made of, beside its rules. The only place that assigns its ``etat``."""

    class Meta:
        abstract = True

    def manques_pour_ouvrir(self: "Dispositif") -> list[str]:  # type: ignore[misc]
        """What is missing before it opens, in words. Two queries."""
        manques = []
        if not self.mediations.actives().exists():
            manques.append("Dites qui tient le guichet : sans cellule, personne ne répondrait.")
        if not self.genres.exists():
            manques.append("Nommez au moins un genre de mission.")
        return manques

    @transaction.atomic
    def ouvrir(  # type: ignore[misc]
        self: "Dispositif", *, par: "Utilisateur", at: dt.datetime | None = None
    ) -> bool:
        """Take offers and needs from ``debut`` on; False when it was open already.

        Raises PermissionDenied, ActionRefusee.
        """
        at = at or timezone.now()
        self._verrouiller(par)
        if self.etat == self.Etat.OUVERT:
            return False
        if self.etat == self.Etat.CLOS:
            raise ActionRefusee("Ce dispositif est fermé. Pour reprendre, ouvrez-en un nouveau.")
        if manques := self.manques_pour_ouvrir():
            raise ActionRefusee(*manques)
        self._passer_a(self.Etat.OUVERT, "ouvrir", "Dispositif ouvert", par, at, "ouvert_le")
        return True

    def est_a_clore(self: "Dispositif", at: dt.datetime | None = None) -> bool:  # type: ignore[misc]
        """Its last day is past and nobody has closed it (agrees with ``DispositifQuerySet.a_clore``)."""
        return self.etat == self.Etat.OUVERT and self.fin is not None and self.fin < jour_de(at)

    @property
    def cloture_en_cours(self: "Dispositif") -> bool:  # type: ignore[misc]
        """Closed, and somebody has not been told yet."""
        return self.etat == self.Etat.CLOS and self.cloture_achevee_le is None

    @transaction.atomic
    def clore(  # type: ignore[misc]
        self: "Dispositif",
        *,
        par: "Utilisateur",
        mot_de_fin: str = "",
        bilan: str = "",
        missions_jusqu_au: dt.date | None = None,
        at: dt.datetime | None = None,
    ) -> bool:
        """Close: nothing more is taken from this instant. False when it was closed already (a second click).

        What follows (needs, proposals, missions, mails) is ``engagement.cloture.achever``, which goes on until
        nothing is left. ``missions_jusqu_au``: missions stop after this day; None: at their agreed end. Raises
        PermissionDenied, ActionRefusee.
        """
        at = at or timezone.now()
        self._verrouiller(par)
        if self.etat == self.Etat.CLOS:
            return False
        if self.etat == self.Etat.PREPARATION:
            raise ActionRefusee("Ce dispositif n'a pas encore ouvert : il n'y a rien à fermer.")
        if missions_jusqu_au is not None and missions_jusqu_au < jour_de(at):
            raise ActionRefusee("Le dernier jour des missions ne peut pas être déjà passé.")
        self.mot_de_fin, self.bilan = mot_de_fin.strip(), bilan.strip()
        self.missions_jusqu_au = missions_jusqu_au
        self._passer_a(
            self.Etat.CLOS, "clore", "Dispositif fermé", par, at,
            "clos_le", "mot_de_fin", "bilan", "missions_jusqu_au",
        )  # fmt: skip
        return True

    def _verrouiller(self: "Dispositif", par: "Utilisateur") -> None:  # type: ignore[misc]
        """Lock, read afresh, refuse who may not. Raises PermissionDenied."""
        type(self).objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db()
        if not par.has_perm("engagement.regler_dispositif", self):
            raise PermissionDenied

    def _passer_a(  # type: ignore[misc]
        self: "Dispositif",
        etat: str,
        action: str,
        libelle: str,
        par: "Utilisateur",
        at: dt.datetime,
        date: str,
        *champs: str,
    ) -> None:
        from engagement import rappels_dispositif

        avant, self.etat = self.etat, etat
        setattr(self, date, at)
        self.save(update_fields=["etat", date, *champs])
        rappels_dispositif.replanifier(self)
        noter(
            self.pk, f"dispositif:{self.pk}", action, libelle, de=avant, vers=etat, par=par, at=at
        )
