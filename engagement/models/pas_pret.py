"""The steps every change of a loan shares: lock, refuse, set, write the history.

The only place that assigns its ``etat``, beside its creation.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from engagement.contraintes import en_mots
from engagement.historique import noter
from engagement.perms import tient_le_pret
from engagement.refus import ActionRefusee
from engagement.transitions import Qui

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Pret


class PasDuPret(models.Model):
    """What VieDuPret is made of. Inside a transaction."""

    class Meta:
        abstract = True

    def _verrouiller(  # type: ignore[misc]
        self: "Pret", depuis: str, dit: str, par: "Utilisateur | None", cote: Qui | None
    ) -> None:
        """Lock, read afresh, refuse who may not (PermissionDenied) and what its life does not allow.

        ``cote``: what a personal link proved. After the lock of the mise en relation, always.
        """
        self._verrouiller_sans_droit(depuis, dit)
        if cote != "personne" and not tient_le_pret(par, self):
            raise PermissionDenied

    def _verrouiller_sans_droit(self: "Pret", depuis: str, dit: str) -> None:  # type: ignore[misc]
        self.mise_en_relation._verrouiller()
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db(fields=["etat", "periode", "sorti_le", "rendu_le"])
        if self.etat not in depuis.split():
            etat = str(self.get_etat_display()).lower()
            raise ActionRefusee(f"Ce prêt est « {etat} » : il ne peut plus être {dit}.")

    def _ecrire(self: "Pret", **valeurs: Any) -> None:  # type: ignore[misc]
        """Set and save; what the database holds is said in words, and nothing is changed."""
        for nom, valeur in valeurs.items():
            setattr(self, nom, valeur)
        try:
            with transaction.atomic():
                self.save(update_fields=list(valeurs))
        except IntegrityError as erreur:
            refus = en_mots(erreur, type(self))
            self.refresh_from_db()
            raise ActionRefusee(refus) from erreur
        self.refresh_from_db(fields=["periode"])

    def _noter(  # type: ignore[misc]
        self: "Pret", action: str, libelle: str, par: "Utilisateur | None", at: dt.datetime
    ) -> None:
        sujet = f"mise_en_relation:{self.mise_en_relation_id}"
        noter(self.mise_en_relation.dispositif_id, sujet, action, libelle, par=par, at=at)
