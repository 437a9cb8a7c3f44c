"""Ways through the catalogue: straight on, by orientation, by mot-clé.

A way is kept in the address of a piste (``?orientation=`` or ``?mot-cle=``, a slug): it can be shared, and
leaves nothing behind.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from pistes.models import EditionOrientation, EditionPiste, Piste
from pistes.querysets import EditionPisteQuerySet

SORTES = ("orientation", "mot-cle")


@dataclass(frozen=True)
class Chemin:
    """One way, along the pistes of an orientation or of its mot-clé."""

    sorte: str
    orientation: EditionOrientation

    @property
    def titre(self) -> str:
        """How it is called."""
        if self.sorte == "mot-cle":
            return f"#{self.orientation.orientation.mot_cle}"
        return self.orientation.titre

    @property
    def adresse(self) -> str:
        """The list it goes along."""
        nom = "pistes:mot_cle" if self.sorte == "mot-cle" else "pistes:orientation"
        return reverse(nom, args=[self.orientation.orientation.slug])

    @property
    def requete(self) -> str:
        """What keeps it in an address."""
        return f"?{urlencode({self.sorte: self.orientation.orientation.slug})}"

    def pistes(self) -> EditionPisteQuerySet:
        """The public pistes along it, in no order."""
        return EditionPiste.objects.publies().filter(_le_long(self))


def _le_long(chemin: Chemin) -> Q:
    orientation = chemin.orientation.orientation_id
    if chemin.sorte == "mot-cle":
        return Q(mots_cles=orientation)
    return Q(piste__orientation=orientation)


def chemin_de(requete: QueryDict, piste: Piste) -> Chemin | None:
    """The way the address names; None without one, or when it names nothing. One query when it does."""
    for sorte in SORTES:
        if slug := requete.get(sorte, "").replace("\x00", ""):
            edition = (
                EditionOrientation.objects.publies()
                .select_related("orientation")
                .filter(orientation__slug=slug, orientation__recueil=piste.recueil_id)
                .first()
            )
            return Chemin(sorte, edition) if edition else None
    return None
