"""How a need comes: written once, confirmed by the address that was given."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from engagement.models.demi_journees_du_besoin import DemiJourneesDuBesoin
from engagement.refus import ActionRefusee
from engagement.semaine import DemiJournee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Besoin

FERME = "Ce dispositif ne prend plus de besoins pour le moment."


class ArriveeDuBesoin(DemiJourneesDuBesoin):
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
