"""What one asks of the cahiers and of the annuaire."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from pistes.delais import CONSERVATION_DU_REFUS, SANS_REPONSE

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Territoire, Utilisateur


class CahierQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Cahiers d'écoute, by reader."""

    def publics(self) -> Self:
        """Those their organisation has opened."""
        return self.filter(est_public=True)

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The public ones, and those of one's organisations: nobody else reads what people confided."""
        if not user.is_authenticated:
            return self.publics()
        siennes = user.adhesions.actives().values("organisation")
        return self.filter(Q(est_public=True) | Q(organisation__in=siennes))


class FicheActeurQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Entries of the annuaire."""

    def dans_l_annuaire(self) -> Self:
        """Those their owner has accepted: the only ones that anybody reads there."""
        return self.filter(etat="accepte")

    def sans_reponse(self, at: dt.datetime | None = None) -> Self:
        """Those asked for so long that silence means no."""
        limite = (at or timezone.now()) - SANS_REPONSE
        return self.filter(etat="demande", demande_le__lt=limite)

    def refus_anciens(self, at: dt.datetime | None = None) -> Self:
        """The traces of a refusal that need not be remembered any longer."""
        limite = (at or timezone.now()) - CONSERVATION_DU_REFUS
        return self.filter(etat__in=["refuse", "retire"], repondu_le__lt=limite)

    def sur(self, territoires: "list[Territoire]") -> Self:
        """Those of these territories, and of what lies inside them."""
        return self.filter(
            Q(territoire__in=territoires)
            | Q(territoire__epci__in=territoires)
            | Q(territoire__departement__in=territoires)
            | Q(territoire__region__in=territoires)
        )
