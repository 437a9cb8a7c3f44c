"""Ways through the catalogue: straight on, by orientation, by mot-clé.

A way is kept in the address of a piste (``?orientation=`` or ``?mot-cle=``, a slug): it can be shared, and
leaves nothing behind.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from pistes.models import EditionPiste
from pistes.querysets import EditionPisteQuerySet

SORTES = ("orientation", "mot-cle")


@dataclass(frozen=True)
class Chemin:
    """One way, along the pistes of an orientation or of its mot-clé, named by the orientation's slug."""

    sorte: str
    slug: str
    titre: str = ""

    @property
    def est_un_mot_cle(self) -> bool:
        """Whether it goes across orientations."""
        return self.sorte == "mot-cle"

    @property
    def adresse(self) -> str:
        """The list it goes along."""
        nom = "pistes:mot_cle" if self.est_un_mot_cle else "pistes:orientation"
        return reverse(nom, args=[self.slug])

    @property
    def requete(self) -> str:
        """What keeps it in an address."""
        return f"?{urlencode({self.sorte: self.slug})}"

    def pistes(self) -> EditionPisteQuerySet:
        """The public pistes along it, in no order."""
        par = "mots_cles__slug" if self.est_un_mot_cle else "piste__orientation__slug"
        return EditionPiste.objects.publies().filter(Q(**{par: self.slug}))


def chemin_demande(requete: QueryDict) -> Chemin | None:
    """The way the address names, whether there is one or not; None without any. No query."""
    for sorte in SORTES:
        if slug := requete.get(sorte, "").replace("\x00", "")[:100]:
            return Chemin(sorte, slug)
    return None
