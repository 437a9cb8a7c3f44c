"""How a need comes, opens, and ends: one named method a change. The only place that assigns its ``etat``."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from engagement.models.demi_journees_du_besoin import DemiJourneesDuBesoin
from engagement.perms import peut_regler, tient_le_guichet
from engagement.refus import ActionRefusee
from engagement.semaine import DemiJournee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Besoin

FERME = "Ce dispositif ne prend plus de besoins pour le moment."
SANS_MOTIF = "Plus personne n'est cherché pour ce besoin."


class VieDuBesoin(DemiJourneesDuBesoin):
    """What Besoin is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def deposer(  # type: ignore[misc]
        self: "Besoin",
        demi_journees: Iterable[DemiJournee] = (),
        *,
        a_confirmer: bool = False,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> "tuple[Besoin, bool]":
        """Write it, once: the need kept, and whether it was there already. Raises ActionRefusee.

        Who asks is locked: two clicks are one need.
        """
        from engagement import annonces_besoins
        from engagement.models import Creneau, Personne

        self.dispositif.refresh_from_db()
        if not self.dispositif.est_ouvert(at):
            raise ActionRefusee(FERME)
        Personne.objects.select_for_update(of=("self",)).get(pk=self.demandeur_id)
        voulues = sorted(set(demi_journees))
        at = at or timezone.now()
        if connu := self.le_meme(voulues):
            if connu.etat == self.Etat.A_CONFIRMER:
                connu._redire(a_confirmer, at)
            return connu, True
        self.etat = self.Etat.A_CONFIRMER if a_confirmer else self.Etat.A_QUALIFIER
        self.cree_le = at
        self.save()
        Creneau.objects.bulk_create(
            [Creneau(besoin=self, jour=jour, moment=moment) for jour, moment in voulues]
        )
        self.recalculer()
        if a_confirmer:
            annonces_besoins.a_confirmer(self, at)
        else:
            self._noter("deposer", "Besoin reçu", par, at, vers=self.etat)
            annonces_besoins.recu(self)
        return self, False

    def _redire(self: "Besoin", a_confirmer: bool, at: dt.datetime) -> None:  # type: ignore[misc]
        """Sent again: signed in, it is theirs; without an account, the mail was lost and leaves again."""
        from engagement import annonces_besoins

        if a_confirmer:
            annonces_besoins.a_confirmer(self, at)
        else:
            self.confirmer(at=at)

    def le_meme(  # type: ignore[misc]
        self: "Besoin", demi_journees: list[DemiJournee]
    ) -> "Besoin | None":
        """The same need of the same person with the same half-days, when it is there already. Two queries."""
        semblables = (
            type(self)
            .objects.filter(
                demandeur=self.demandeur_id,
                nature=self.nature,
                titre__iexact=self.titre,
                description=self.description,
                territoire=self.territoire_id,
            )
            .exclude(etat__in=[self.Etat.CLOS, self.Etat.ECARTE])
        )
        besoin: Besoin
        for besoin in semblables.prefetch_related("creneaux"):
            siennes = [(c.jour, c.moment) for c in besoin.creneaux.all()]
            meme_periode = demi_journees or (besoin.debut, besoin.fin) == (self.debut, self.fin)
            if siennes == demi_journees and meme_periode:
                return besoin
        return None

    @transaction.atomic
    def confirmer(self: "Besoin", *, at: dt.datetime | None = None) -> bool:  # type: ignore[misc]
        """Whoever asked opened the link we sent; False when that was done already. Raises ActionRefusee."""
        from engagement import annonces_besoins

        self._relire()
        if self.etat != self.Etat.A_CONFIRMER:
            return False
        self.dispositif.refresh_from_db()
        if not self.dispositif.est_ouvert(at):
            raise ActionRefusee(FERME)
        self.demandeur.confirmer(at=at)
        self.etat = self.Etat.A_QUALIFIER
        self.cree_le = at or timezone.now()
        self.save(update_fields=["etat", "cree_le"])
        self._noter("deposer", "Besoin reçu, adresse confirmée", None, at, vers=self.etat)
        annonces_besoins.recu(self)
        return True

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
