"""The life of a loan: it leaves, it comes back, and its state is noted both times."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.models.pas_pret import PasDuPret
from engagement.refus import ActionRefusee
from engagement.transitions import Qui
from rappels.redaction import jour_en_mots

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Pret


class VieDuPret(PasDuPret):
    """What Pret is made of."""

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
        cote: Qui | None = None,
        etat: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """It leaves, in this state. Raises ActionRefusee."""
        from engagement import prets

        at = at or timezone.now()
        self._verrouiller("prevu", "sorti", par, cote)
        if jour_de(at) < jour_de(self.debut):
            raise ActionRefusee(f"Ce prêt commence {jour_en_mots(jour_de(self.debut))}, pas avant.")
        if at >= self.fin:
            raise ActionRefusee(
                "L'heure du retour est déjà passée : prolongez le prêt, ou dites qu'il n'aura pas lieu."
            )
        periode = (min(at, self.debut), self.fin)
        self._ecrire(etat=self.Etat.SORTI, sorti_le=at, etat_sortie=etat, periode=periode)
        self._noter("sortir", "Sorti", par, at)
        prets.au_depart(self)

    @transaction.atomic
    def rendre(  # type: ignore[misc]
        self: "Pret",
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        etat: str = "",
        abime: bool = False,
        at: dt.datetime | None = None,
    ) -> None:
        """It is back, in this state; its days left are free again. Raises ActionRefusee."""
        from engagement import prets

        at = at or timezone.now()
        self._verrouiller("sorti", "rendu", par, cote)
        periode = (self.debut, at if self.debut < at < self.fin else self.fin)
        self._ecrire(
            etat=self.Etat.RENDU, rendu_le=at, etat_retour=etat, abime=abime, periode=periode
        )
        self._noter("rendre", "Rendu, abîmé ou incomplet" if abime else "Rendu", par, at)
        prets.au_retour(self, par=par, at=at)

    @transaction.atomic
    def prolonger(  # type: ignore[misc]
        self: "Pret",
        *,
        fin: dt.datetime,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Keep it longer, if nobody waits for it. Raises ActionRefusee."""
        from engagement import rappels_pret

        at = at or timezone.now()
        self._verrouiller("prevu sorti", "prolongé", par, cote)
        if fin <= max(self.fin, at):
            raise ActionRefusee(
                "La nouvelle date vient après celle d'aujourd'hui, et n'est pas passée."
            )
        self._ecrire(periode=(self.debut, fin))
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
        self._ecrire(etat=self.Etat.ANNULE)
        self._noter("annuler", "Prêt annulé", par, at or timezone.now())
        rappels_pret.replanifier(self)
