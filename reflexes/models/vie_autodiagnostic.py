"""The life of an autodiagnostic: opened, filled in, submitted, taken back until it is in the aggregate.

Submitted ones enter the aggregate five at a time, for good (docs/decisions, 10): what was shown yesterday
and what is shown today never differ by fewer than five organisations.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.models import Organisation, Utilisateur
from comptes.refus import DecisionImpossible
from reflexes.models.enquete import Enquete
from reflexes.models.livraison import empreinte_de

# No figure is ever about fewer organisations.
SEUIL = 5


class VieAutodiagnostic(models.Model):
    """The transitions of an Autodiagnostic."""

    if TYPE_CHECKING:
        objects: Any
        reponses: Any
        enquete: Any
        enquete_id: int
        organisation: Any
        auteur: Any
        soumis_le: Any
        lot: Any

    class Meta:
        abstract = True

    @classmethod
    def ouvrir(cls, *, par: Utilisateur, enquete: Enquete, organisation: Organisation) -> Self:
        """The organisation's own, made at the first answer; locked: call inside a transaction.

        Raises PermissionDenied for who is no member of an organisation that takes part.
        """
        if not peut_remplir(par, enquete, organisation):
            raise PermissionDenied
        sien, _ = cls.objects.get_or_create(
            enquete=enquete, organisation=organisation, defaults={"auteur": par}
        )
        verrouille: Self = cls.objects.select_for_update().get(pk=sien.pk)
        return verrouille

    @property
    def empreinte(self) -> str:
        """What a person reads before submitting: a colleague's change makes another one. One query."""
        lues = self.reponses.order_by("terrain").values_list("terrain", "vecu", "degre", "phrase")
        return empreinte_de([list(lue) for lue in lues])

    def signer(self, par: Utilisateur) -> None:
        """Record who wrote last."""
        self.auteur = par
        self._garder("auteur", "modifie_le")

    @transaction.atomic
    def soumettre(self, *, par: Utilisateur, lu: str, at: dt.datetime | None = None) -> bool:
        """Give the answers that were read (``lu``) to the aggregate; False when it was done already.

        Raises DecisionImpossible.
        """
        self._verrouiller(par)
        if self.soumis_le is not None:
            return False
        if lu != self.empreinte:
            raise DecisionImpossible(
                "Une réponse a changé depuis que vous avez ouvert cette page : relisez, puis soumettez."
            )
        if not self.reponses.filter(vecu__isnull=False).exists():
            raise DecisionImpossible(
                "Répondez au moins pour un terrain, par « vécu » ou « pas vécu »."
            )
        self.soumis_le, self.auteur = at or timezone.now(), par
        self._garder("soumis_le", "auteur", "modifie_le")
        self._former_un_lot()
        self.refresh_from_db(fields=["lot"])
        return True

    @transaction.atomic
    def reprendre(self, *, par: Utilisateur) -> bool:
        """Make it a draft again while it is in no aggregate. False when it is one. Raises DecisionImpossible."""
        self._verrouiller(par)
        if self.soumis_le is None:
            return False
        if self.lot is not None:
            raise DecisionImpossible(
                "Ces réponses sont entrées dans l'ensemble montré à tout le monde : les en retirer "
                "ferait deviner ce qu'elles disaient. Elles ne changent plus."
            )
        self.soumis_le = None
        self._garder("soumis_le", "modifie_le")
        return True

    def _garder(self, *champs: str) -> None:
        """Write these fields alone."""
        self.save(update_fields=champs)

    def _verrouiller(self, par: Utilisateur) -> None:
        """One submission after the other in an enquête: the fifth makes the group."""
        Enquete.objects.select_for_update(no_key=True).get(pk=self.enquete_id)
        type(self).objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db(fields=["soumis_le", "lot"])
        if not peut_remplir(par, self.enquete, self.organisation):
            raise PermissionDenied

    def _former_un_lot(self) -> None:
        ceux_de_l_enquete = type(self).objects.filter(enquete=self.enquete_id)
        attendent = ceux_de_l_enquete.filter(soumis_le__isnull=False, lot__isnull=True)
        if attendent.count() >= SEUIL:
            dernier = ceux_de_l_enquete.aggregate(n=models.Max("lot"))["n"]
            attendent.update(lot=int(dernier or 0) + 1)


def peut_remplir(par: Utilisateur, enquete: Enquete, organisation: Organisation) -> bool:
    """A member of the organisation, which takes part in the enquête. Two queries."""
    return (
        par.has_perm("reflexes.repondre_pour", organisation)
        and enquete.organisations.filter(pk=organisation.pk).exists()
    )
