"""What one asks of the tests. Whatever depends on time takes ``at`` (an aware instant; now when None)."""

import datetime as dt
from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.db.models import Q

from config.jours import jour_de

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


class TestQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Tests, by state at an instant and by reader."""

    def en_cours(self, at: dt.datetime | None = None) -> Self:
        """Those that run at that instant: started, and their date not past."""
        return self.filter(etat="en_cours", date_peremption__gte=jour_de(at))

    def perimes(self, at: dt.datetime | None = None) -> Self:
        """Those past their date that no worker has recorded yet."""
        return self.filter(etat="en_cours", date_peremption__lt=jour_de(at))

    def a_evaluer(self, at: dt.datetime | None = None) -> Self:
        """Those that have ended without an évaluation, recorded or not."""
        return self.filter(
            Q(etat="a_evaluer") | Q(etat="en_cours", date_peremption__lt=jour_de(at))
        )

    def dans_l_etat(self, etat: str, at: dt.datetime | None = None) -> Self:
        """Those a reader sees in that state at that instant."""
        if etat == "en_cours":
            return self.en_cours(at)
        if etat == "a_evaluer":
            return self.a_evaluer(at)
        return self.filter(etat=etat)

    def publics(self) -> Self:
        """What any visitor may read: not kept private, and no draft (the shipped accounts apart)."""
        return self.filter(visibilite="public").filter(
            Q(demarre_le__isnull=False) | ~Q(source="")
        )

    def de_membre(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those of the organisations the person belongs to today."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            organisation__in=cast("Utilisateur", user).adhesions.actives().values("organisation")
        )

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """All that this reader may see (DESIGN, "Who uses it")."""
        if not user.is_authenticated:
            return self.publics()
        user = cast("Utilisateur", user)
        if user.est_curateur or user.est_administrateur:
            return self
        return self.filter(
            Q(pk__in=self.model.objects.publics().values("pk"))
            | Q(organisation__in=user.adhesions.actives().values("organisation"))
        )
