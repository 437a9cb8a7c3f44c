"""What a curateur·rice may do of a témoignage: publish the words that were read, or set them aside."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.models import Utilisateur
from comptes.refus import DecisionImpossible
from reflexes import annonces
from reflexes.models.apport import Apport


class Lecture(Apport, models.Model):
    """The reader's side of a Temoignage."""

    if TYPE_CHECKING:
        texte: Any
        fonction: Any

        @property
        def empreinte(self) -> str: ...

    class Meta:
        abstract = True

    @transaction.atomic
    def publier(self, *, par: Utilisateur, empreinte: str, at: dt.datetime | None = None) -> bool:
        """Show to everybody the very words that were read; False when they are shown already."""
        self._commencer(par)
        if self.etat == "publie":
            return False
        self._exiger_ce_qui_fut_lu(empreinte)
        self._passer_a("publie", par, "", at)
        annonces.annoncer_la_publication(self)
        return True

    @transaction.atomic
    def ecarter(
        self, *, par: Utilisateur, motif: str, empreinte: str, at: dt.datetime | None = None
    ) -> bool:
        """Keep it from the public, or take it back from there, with a reason its bearer reads."""
        self._commencer(par)
        if self.etat == "ecarte" and self.motif == motif.strip():
            return False
        if not motif.strip():
            raise DecisionImpossible("Dites à la personne pourquoi : elle pourra corriger.")
        self._exiger_ce_qui_fut_lu(empreinte)
        self._passer_a("ecarte", par, motif.strip(), at)
        annonces.annoncer_la_mise_a_l_ecart(self)
        return True

    def effacer_les_mots(self) -> None:
        """Forget words that were set aside; state and reason stay with whoever brought them."""
        self.texte, self.fonction = "", ""
        self._garder("texte", "fonction")

    def _commencer(self, par: Utilisateur) -> None:
        """Two people for what is public: who brought it does not decide on it."""
        self._verrouiller()
        if not par.has_perm("reflexes.lire_temoignages"):
            raise PermissionDenied
        if self.depose_par_id == par.pk:
            raise DecisionImpossible(
                "C'est vous qui avez apporté ce témoignage : une autre personne de la curation le lit."
            )

    def _exiger_ce_qui_fut_lu(self, empreinte: str) -> None:
        if self.etat == "retire":
            raise DecisionImpossible("La personne a retiré son témoignage : il n'en reste rien.")
        if self.etat == "ecarte":
            raise DecisionImpossible(
                "Une autre personne de la curation a déjà écarté ce témoignage."
            )
        if empreinte != self.empreinte:
            raise DecisionImpossible(
                "La personne a corrigé son témoignage pendant que vous lisiez : relisez-le, puis décidez."
            )

    def _passer_a(self, etat: str, par: Utilisateur, motif: str, at: dt.datetime | None) -> None:
        self.etat, self.motif = etat, motif
        self.lu_par, self.lu_le = par, at or timezone.now()
        self._garder("etat", "motif", "lu_par", "lu_le")
