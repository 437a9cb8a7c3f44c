"""What a cellule does with a list of people to call: gives sheets out, takes them back, erases it."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.historique import noter
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import ListeAppels, Personne

PAR_LOT = 50
# Given out and not called after so many days, a sheet goes back to the list.
JOURS_AVANT_REPRISE = 5
# What tells who somebody is, and what they said: erased on the day. What was ticked stays, as figures.
FICHE_VIDE: dict[str, Any] = {
    "nom": "", "telephone": "", "commune": "", "territoire": None, "precision": "", "appelant": None,
    "rappeler_le": None,
}  # fmt: skip
APPEL_VIDE: dict[str, Any] = {
    "nouvelles": "", "difficulte": "", "appelant": None, "rappeler_le": None,
}  # fmt: skip


class VieDeLaListe(models.Model):
    """What ListeAppels is made of."""

    class Meta:
        abstract = True

    def est_effacee(self: "ListeAppels", at: dt.datetime | None = None) -> bool:  # type: ignore[misc]
        """From its day on, whether the job has run or not."""
        return self.effacee_le is not None or self.effacer_le <= jour_de(at)

    def obstacle(self: "ListeAppels", at: dt.datetime | None = None) -> str:  # type: ignore[misc]
        """Why nobody calls from this list any more, in words; "" when one may."""
        if self.est_effacee(at):
            return "Cette liste est effacée : sa date est passée."
        if not self.dispositif.est_ouvert(at):
            return "Ce dispositif n'est pas ouvert : on n'appelle plus."
        return ""

    @transaction.atomic
    def attribuer(  # type: ignore[misc]
        self: "ListeAppels",
        personnes: "Iterable[Personne]",
        combien: int,
        *,
        par: "Utilisateur",
        at: dt.datetime | None = None,
    ) -> "dict[Personne, int]":
        """Give so many more sheets to each, easy ones first; return how many each got.

        Raises PermissionDenied, ActionRefusee.
        """
        from engagement import annonces_appels

        at = at or timezone.now()
        self._verrouiller(par)
        if obstacle := self.obstacle(at):
            raise ActionRefusee(obstacle)
        if not 1 <= combien <= PAR_LOT:
            raise ActionRefusee(f"Entre 1 et {PAR_LOT} fiches par personne.")
        donnees: dict[Personne, int] = {}
        for personne in personnes:
            libres = self.fiches.libres().order_by("difficulte", "numero")[:combien]
            pks = list(libres.values_list("pk", flat=True))
            if not pks:
                break
            self.fiches.filter(pk__in=pks).update(appelant=personne, attribuee_le=at)
            donnees[personne] = len(pks)
            annonces_appels.confies(self, personne, len(pks), at)
        if not donnees:
            raise ActionRefusee("Plus aucune fiche n'attend quelqu'un, ou personne n'est choisi.")
        total, qui = sum(donnees.values()), len(donnees)
        self._noter("attribuer", f"{total} fiches confiées à {qui} personnes", par, at)
        return donnees

    @transaction.atomic
    def reprendre(  # type: ignore[misc]
        self: "ListeAppels",
        personne: "Personne",
        *,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> int:
        """Take back what somebody has not finished; ``par`` None: they give it back. Return how many."""
        type(self).objects.select_for_update().get(pk=self.pk)
        if par is not None and not tient_le_guichet(par, self.dispositif):
            raise PermissionDenied
        nombre: int = self.fiches.ouvertes().filter(appelant=personne).update(
            appelant=None, attribuee_le=None
        )  # fmt: skip
        if nombre:
            dit = "reprises" if par else "rendues par qui les avait"
            self._noter("reprendre", f"{nombre} fiches {dit}", par, at)
        return nombre

    def reprendre_les_oubliees(self: "ListeAppels", at: dt.datetime | None = None) -> int:  # type: ignore[misc]
        """Take back the sheets not called in time, or whose caller is gone; return how many. By the date alone."""
        at = at or timezone.now()
        limite = at - dt.timedelta(days=JOURS_AVANT_REPRISE)
        nombre: int = self.fiches.oubliees(limite).update(appelant=None, attribuee_le=None)
        if nombre:
            self._noter("reprendre", f"{nombre} fiches sans appel, rendues à la liste", None, at)
        return nombre

    @transaction.atomic
    def effacer(  # type: ignore[misc]
        self: "ListeAppels", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
    ) -> bool:
        """Names, phones and words go, for good; figures stay. False when that was done. Raises PermissionDenied."""
        from engagement.models import Appel

        type(self).objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db(fields=["effacee_le", "close_le", "effacer_le"])
        if par is not None and not tient_le_guichet(par, self.dispositif):
            raise PermissionDenied
        if self.effacee_le is not None:
            return False
        Appel.objects.filter(fiche__liste=self).update(**APPEL_VIDE)
        self.fiches.update(**FICHE_VIDE)
        self.effacee_le = at or timezone.now()
        self.close_le = self.close_le or self.effacee_le
        self.save(update_fields=["effacee_le", "close_le"])
        boite.annuler(sujet=f"liste_appels:{self.pk}")
        libelle = "Liste d'appels effacée" + ("" if par else ", à sa date")
        self._noter("effacer", libelle, par, at)
        return True

    def _verrouiller(self: "ListeAppels", par: "Utilisateur") -> None:  # type: ignore[misc]
        """Lock, read afresh, refuse who is not of the cellule."""
        type(self).objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db()
        if not tient_le_guichet(par, self.dispositif):
            raise PermissionDenied

    def _noter(  # type: ignore[misc]
        self: "ListeAppels",
        action: str,
        libelle: str,
        par: "Utilisateur | None",
        at: dt.datetime | None,
    ) -> None:
        sujet = f"liste_appels:{self.pk}"
        noter(self.dispositif_id, sujet, action, libelle, par=par, at=at)
