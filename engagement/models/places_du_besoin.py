"""How many people a need takes at once, changed under its lock; and the steps that every change of a need shares."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from engagement.historique import noter
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Besoin


class PlacesDuBesoin(models.Model):
    """What Besoin is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def changer_places(  # type: ignore[misc]
        self: "Besoin", nombre: int, *, par: "Utilisateur", at: dt.datetime | None = None
    ) -> None:
        """How many people at once. Fewer than are coming is refused; more serves the waiting list.

        Raises PermissionDenied, ActionRefusee.
        """
        from engagement import places
        from engagement.models.besoin import PLACES_MAXIMUM

        self._ouvrir_au_changement(par)
        if not 1 <= nombre <= PLACES_MAXIMUM:
            raise ActionRefusee(f"Entre 1 et {PLACES_MAXIMUM} personnes.")
        avant = self.places
        if nombre < avant:
            self._resserrer(nombre)
        self.places = nombre
        self.save(update_fields=["places"])
        if nombre != avant:
            self._noter("changer_places", f"Places : {avant} puis {nombre}", par, at)
        if nombre > avant and self.etat == self.Etat.OUVERT:
            places.garder_pour_le_premier(self, at or timezone.now())

    def _resserrer(self: "Besoin", nombre: int) -> None:  # type: ignore[misc]
        """Bring the places taken down to the first numbers, which are the ones the database counts."""
        from engagement.models import DemiJournee as Place

        prises: dict[int, list[Place]] = {}
        tenues = Place.objects.filter(creneau__besoin=self).exclude(etat="annulee")
        for place in tenues.order_by("creneau", "numero"):
            prises.setdefault(place.creneau_id, []).append(place)
        if (combien := max(map(len, prises.values()), default=0)) > nombre:
            viennent = "personne vient" if combien == 1 else "personnes viennent"
            raise ActionRefusee(
                f"{combien} {viennent} déjà la même demi-journée : {nombre}, c'est trop peu."
            )
        for groupe in prises.values():
            libres = sorted(set(range(1, nombre + 1)) - {place.numero for place in groupe})
            for place in groupe:
                if place.numero > nombre:
                    Place.objects.filter(pk=place.pk).update(numero=libres.pop(0))

    def _ouvrir_au_changement(self: "Besoin", par: "Utilisateur") -> None:  # type: ignore[misc]
        """Lock it, and refuse who may not or what has ended."""
        self._relire()
        if not tient_le_guichet(par, self.dispositif):
            raise PermissionDenied
        if self.est_fini:
            raise ActionRefusee(f"Ce besoin est « {self.get_etat_display().lower()} ».")

    def _relire(self: "Besoin") -> None:  # type: ignore[misc]
        """Lock this row and read it afresh; what it points to stays."""
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        demandeur, dispositif = self.demandeur, self.dispositif
        self.refresh_from_db()
        self.demandeur, self.dispositif = demandeur, dispositif

    def _noter(  # type: ignore[misc]
        self: "Besoin",
        action: str,
        libelle: str,
        par: "Utilisateur | None",
        at: dt.datetime | None,
        *,
        de: str = "",
        vers: str = "",
    ) -> None:
        sujet = f"besoin:{self.pk}"
        noter(self.dispositif_id, sujet, action, libelle, de=de, vers=vers, par=par, at=at)
