"""How a need opens and ends: one named method a change. With its arrival, the only place that assigns its ``etat``."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from engagement.models.arrivee_besoin import ArriveeDuBesoin
from engagement.perms import peut_regler, tient_le_guichet
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Besoin

SANS_MOTIF = "Plus personne n'est cherché pour ce besoin."


class VieDuBesoin(ArriveeDuBesoin):
    """What Besoin is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def qualifier(  # type: ignore[misc]
        self: "Besoin", *, par: "Utilisateur", at: dt.datetime | None = None
    ) -> None:
        """Open it: people may be proposed from now on. Raises PermissionDenied, ActionRefusee (all that is missing)."""
        from engagement import annonces_besoins
        from engagement.manques_besoin import manques_pour_ouvrir

        self._relire()
        self._exiger_la_cellule(par)
        if self.etat != self.Etat.A_QUALIFIER:
            raise ActionRefusee(f"Ce besoin est « {self.get_etat_display().lower()} ».")
        if manques := manques_pour_ouvrir(self, at):
            raise ActionRefusee(*[manque.message for manque in manques])
        self.etat, self.ouvert_le = self.Etat.OUVERT, at or timezone.now()
        self.mediateur = self.mediateur or par
        self.save(update_fields=["etat", "ouvert_le", "mediateur"])
        self._noter("qualifier", "Besoin ouvert", par, at, de="a_qualifier", vers=self.etat)
        annonces_besoins.ouvert(self)

    @transaction.atomic
    def ecarter(  # type: ignore[misc]
        self: "Besoin", *, par: "Utilisateur", motif: str, at: dt.datetime | None = None
    ) -> None:
        """Set it aside before it opens, with a reason for who asked. Raises PermissionDenied, ActionRefusee."""
        from engagement import annonces_besoins

        self._relire()
        self._exiger_la_cellule(par)
        if self.etat != self.Etat.A_QUALIFIER:
            dit = self.get_etat_display().lower()
            raise ActionRefusee(f"Ce besoin est « {dit} » : il n'est plus à écarter.")
        if not motif.strip():
            raise ActionRefusee("Dites pourquoi à la personne qui a demandé.")
        self._finir(self.Etat.ECARTE, "ecarter", "Besoin écarté", motif, par, at)
        annonces_besoins.ecarte(self)

    @transaction.atomic
    def clore(  # type: ignore[misc]
        self: "Besoin",
        *,
        motif: str = "",
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> bool:
        """Look for nobody any more; False when it had ended already (a second click).

        What was only proposed or discussed is declined by the cellule with this reason, both sides told, and the
        waiting list with them. Missions under way go on to their return. ``par`` None: the date, or whoever asked by
        their link. Raises PermissionDenied.
        """
        from engagement import annonces_besoins

        self._relire()
        a_demande = par is not None and par.pk == self.demandeur.utilisateur_id
        if par is not None and not a_demande and not peut_regler(par, self.dispositif):
            raise PermissionDenied
        if self.est_fini:
            return False
        motif = motif.strip() or SANS_MOTIF
        a_dire = self.etat != self.Etat.A_CONFIRMER
        self._finir(self.Etat.CLOS, "clore", "Besoin clos", motif, par, at)
        for mise in self.mises_en_relation.actives().order_by("pk"):
            mise.decliner(cote="cellule", motif=motif, at=at)
        attendent = self.attentes.filter(etat__in=["attend", "tenue"])
        attendent.update(etat="retiree", tenue_jusqua=None)
        if a_dire:
            annonces_besoins.clos(self)
        return True

    @property
    def est_fini(self: "Besoin") -> bool:  # type: ignore[misc]
        """Set aside or closed: nothing changes any more."""
        return self.etat in (self.Etat.CLOS, self.Etat.ECARTE)

    def _finir(  # type: ignore[misc]
        self: "Besoin",
        etat: str,
        action: str,
        libelle: str,
        motif: str,
        par: "Utilisateur | None",
        at: dt.datetime | None,
    ) -> None:
        avant, self.etat = self.etat, etat
        self.motif, self.clos_le = motif.strip(), at or timezone.now()
        self.save(update_fields=["etat", "motif", "clos_le"])
        self._noter(action, libelle, par, at, de=avant, vers=etat)

    def _exiger_la_cellule(self: "Besoin", par: "Utilisateur") -> None:  # type: ignore[misc]
        if not tient_le_guichet(par, self.dispositif):
            raise PermissionDenied
