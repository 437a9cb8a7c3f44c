"""The life of a loan: it leaves, it comes back, and its state is noted both times."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.contraintes import en_mots
from engagement.historique import noter
from engagement.perms import tient_le_pret
from engagement.refus import ActionRefusee
from rappels.redaction import jour_en_mots

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Pret


class VieDuPret(models.Model):
    """What Pret is made of. The only place that assigns its ``etat``, beside its creation."""

    class Meta:
        abstract = True

    @property
    def debut(self: "Pret") -> dt.datetime:  # type: ignore[misc]
        """The instant it may leave."""
        lower: dt.datetime = self.periode.lower
        return lower

    @property
    def fin(self: "Pret") -> dt.datetime:  # type: ignore[misc]
        """The instant before which it comes back."""
        upper: dt.datetime = self.periode.upper
        return upper

    def est_en_retard(self: "Pret", at: dt.datetime | None = None) -> bool:  # type: ignore[misc]
        """Out, and its hour is past (agrees with ``PretQuerySet.en_retard``)."""
        return self.etat == self.Etat.SORTI and self.fin < (at or timezone.now())

    @property
    def geste_suivant(self: "Pret") -> str:  # type: ignore[misc]
        """What may be noted next: « sortir », « rendre », or nothing."""
        return {"prevu": "sortir", "sorti": "rendre"}.get(self.etat, "")

    def autre_dehors(self: "Pret") -> "Pret | None":  # type: ignore[misc]
        """The loan of the same thing that is not back, if another is. One query."""
        dehors = type(self).objects.filter(offre=self.offre_id, etat="sorti").exclude(pk=self.pk)
        autre: Pret | None = dehors.first()
        return autre

    @transaction.atomic
    def sortir(  # type: ignore[misc]
        self: "Pret",
        *,
        par: "Utilisateur | None" = None,
        etat: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """It leaves, in this state. Raises ActionRefusee."""
        from engagement import prets

        at = at or timezone.now()
        self._verrouiller("prevu", "sorti", par)
        if jour_de(at) < jour_de(self.debut):
            raise ActionRefusee(f"Ce prêt commence {jour_en_mots(jour_de(self.debut))}, pas avant.")
        if at >= self.fin:
            raise ActionRefusee(
                "L'heure du retour est déjà passée : changez les dates du prêt, ou annulez-le."
            )
        self.etat, self.sorti_le, self.etat_sortie = self.Etat.SORTI, at, etat
        self.periode = (min(at, self.debut), self.fin)
        self._ecrire("sorti_le", "etat_sortie", "periode")
        self._noter("sortir", "Sorti", par, at)
        prets.au_depart(self)

    @transaction.atomic
    def rendre(  # type: ignore[misc]
        self: "Pret",
        *,
        par: "Utilisateur | None" = None,
        etat: str = "",
        abime: bool = False,
        at: dt.datetime | None = None,
    ) -> None:
        """It is back, in this state; its days left are free again. Raises ActionRefusee."""
        from engagement import prets

        at = at or timezone.now()
        self._verrouiller("sorti", "rendu", par)
        self.etat, self.rendu_le = self.Etat.RENDU, at
        self.etat_retour, self.abime = etat, abime
        if self.debut < at < self.fin:
            self.periode = (self.debut, at)
        self._ecrire("rendu_le", "etat_retour", "abime", "periode")
        self._noter("rendre", "Rendu, abîmé ou incomplet" if abime else "Rendu", par, at)
        prets.au_retour(self, par=par, at=at)

    @transaction.atomic
    def prolonger(  # type: ignore[misc]
        self: "Pret",
        *,
        fin: dt.datetime,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Keep it longer, if nobody waits for it. Raises ActionRefusee."""
        from engagement import rappels_pret

        at = at or timezone.now()
        self._verrouiller("prevu sorti", "prolongé", par)
        if fin <= max(self.fin, at):
            raise ActionRefusee(
                "La nouvelle date vient après celle d'aujourd'hui, et n'est pas passée."
            )
        self.periode = (self.debut, fin)
        self._ecrire("periode")
        self.mise_en_relation.pret_fin = fin
        self.mise_en_relation.save(update_fields=["pret_fin"])
        self._noter("prolonger", f"Prolongé jusqu'au {jour_en_mots(jour_de(fin))}", par, at)
        rappels_pret.replanifier(self)

    @transaction.atomic
    def annuler(  # type: ignore[misc]
        self: "Pret", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
    ) -> None:
        """It will not leave: its days are free again. Called by ``interrompre``, that checks the right.

        Raises ActionRefusee once it is out.
        """
        from engagement import rappels_pret

        self._verrouiller_sans_droit("prevu", "annulé")
        self.etat = self.Etat.ANNULE
        self._ecrire()
        self._noter("annuler", "Prêt annulé", par, at or timezone.now())
        rappels_pret.replanifier(self)

    def _verrouiller(  # type: ignore[misc]
        self: "Pret", depuis: str, dit: str, par: "Utilisateur | None"
    ) -> None:
        """Lock, read afresh, refuse who may not (PermissionDenied) and what its life does not allow.

        After the lock of the mise en relation, always.
        """
        self._verrouiller_sans_droit(depuis, dit)
        if not tient_le_pret(par, self):
            raise PermissionDenied

    def _verrouiller_sans_droit(self: "Pret", depuis: str, dit: str) -> None:  # type: ignore[misc]
        self.mise_en_relation._verrouiller()
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db(fields=["etat", "periode", "sorti_le", "rendu_le"])
        if self.etat not in depuis.split():
            etat = str(self.get_etat_display()).lower()
            raise ActionRefusee(f"Ce prêt est « {etat} » : il ne peut plus être {dit}.")

    def _ecrire(self: "Pret", *champs: str) -> None:  # type: ignore[misc]
        """Save; what the database holds is said in words."""
        try:
            with transaction.atomic():
                self.save(update_fields=["etat", *champs])
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
