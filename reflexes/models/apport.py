"""What whoever brings a témoignage may do: bring it, correct it, withdraw it. Nobody else touches its words.

docs/decisions, 9: a curateur·rice asks for other words, with a reason, and writes none.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.models import Utilisateur
from comptes.refus import DecisionImpossible
from reflexes import annonces

if TYPE_CHECKING:
    from reflexes.models import Enquete, Terrain

# By one person in 24 hours: the harvest of a whole workshop, too few for a flood.
PAR_JOUR = 100
MOTS = ["pole", "texte", "fonction", "type_organisation"]


class Apport(models.Model):
    """The bearer's side of a Temoignage."""

    if TYPE_CHECKING:
        objects: Any
        enquete: Any
        etat: Any
        motif: Any
        lu_par: Any
        lu_le: Any
        depose_le: Any
        depose_par_id: int | None

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def deposer(
        cls,
        *,
        par: Utilisateur,
        enquete: "Enquete",
        terrain: "Terrain",
        at: dt.datetime | None = None,
        **mots: Any,
    ) -> Self:
        """A new one, with the consent of whom it quotes; curateur·rices are told. Sent twice, it is one.

        Raises PermissionDenied for who does not take part, DecisionImpossible past ``PAR_JOUR``.
        """
        if not par.has_perm("reflexes.participer", enquete):
            raise PermissionDenied
        at = at or timezone.now()
        Utilisateur.objects.select_for_update(no_key=True).get(pk=par.pk)
        siens = cls.objects.de(par)
        deja: Self | None = siens.filter(
            terrain=terrain, etat__in=["a_lire", "publie"], **mots
        ).first()
        if deja is not None:
            return deja
        if siens.filter(depose_le__gt=at - dt.timedelta(days=1)).count() >= PAR_JOUR:
            raise DecisionImpossible(
                f"Vous avez déjà apporté {PAR_JOUR} témoignages en 24 heures : gardez vos mots, et "
                "apportez-les demain."
            )
        nouveau: Self = cls.objects.create(
            depose_par=par, enquete=enquete, terrain=terrain, depose_le=at, **mots
        )
        annonces.annoncer_ce_qui_attend(enquete, at=at)
        return nouveau

    @transaction.atomic
    def corriger(self, *, par: Utilisateur, at: dt.datetime | None = None, **mots: Any) -> None:
        """Other words, to be read (again). Raises DecisionImpossible once published or withdrawn."""
        self._verrouiller()
        self._exiger_le_sien(par)
        if not par.has_perm("reflexes.participer", self.enquete):
            raise PermissionDenied
        if self.etat == "publie":
            raise DecisionImpossible(
                "Ce témoignage est publié : retirez-le, puis apportez le nouveau."
            )
        if self.etat == "retire":
            raise DecisionImpossible("Vous avez retiré ce témoignage : apportez-en un nouveau.")
        if self.etat == "ecarte":
            self.depose_le = at or timezone.now()
        for nom in MOTS:
            if nom in mots:
                setattr(self, nom, mots[nom])
        self.etat, self.motif, self.lu_par, self.lu_le = "a_lire", "", None, None
        self._garder(*MOTS, "consentement", "etat", "motif", "lu_par", "lu_le", "depose_le")
        annonces.annoncer_ce_qui_attend(self.enquete, at=at)

    @transaction.atomic
    def retirer(self, *, par: Utilisateur) -> bool:
        """Take it out of everything at once: the row keeps no word. False when it was done already."""
        self._verrouiller()
        self._exiger_le_sien(par)
        if self.etat == "retire":
            return False
        self.etat = "retire"
        mots = ["texte", "fonction", "type_organisation", "pole", "motif"]
        for nom in mots:
            setattr(self, nom, "")
        self._garder("etat", *mots)
        return True

    def _garder(self, *champs: str) -> None:
        """Write these fields alone."""
        self.save(update_fields=champs)

    def _verrouiller(self) -> None:
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db(from_queryset=type(self).objects.select_related("enquete"))

    def _exiger_le_sien(self, par: Utilisateur) -> None:
        if par.pk is None or self.depose_par_id != par.pk:
            raise PermissionDenied
