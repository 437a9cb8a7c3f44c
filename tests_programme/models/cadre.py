"""What a test is, told by its own texts: what it follows, what it is about, how its hypothesis was built."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tests_programme.models import Test

# CARNET, page 98: portage d'initiative frugale sans permission préalable.
PISTE_DES_INITIATIVES = "carnet-098"


class CadreDuTest(models.Model):
    """Questions about the frame of a Test; none changes it."""

    class Meta:
        abstract = True

    @property
    def porte_une_initiative(self: "Test") -> bool:  # type: ignore[misc]
        """Whether it has a place in the matrice de l'initiative (TOPOGUIDE, partie 2). One query at most."""
        return self.piste.cle == PISTE_DES_INITIATIVES

    @property
    def est_place(self: "Test") -> bool:  # type: ignore[misc]
        """Whether its porteur·euses have placed it in the matrice."""
        return self.degre_engagement is not None and self.degre_accompagnement is not None

    @property
    def suit_un_des_siens(self: "Test") -> bool:  # type: ignore[misc]
        """Whether it goes on from a test of its own organisation: what changes is then named.

        One query at most; none for a test that follows nothing.
        """
        return self.issu_de is not None and self.issu_de.organisation_id == self.organisation_id
