"""Files received with a form that is not complete yet: kept on the disk until it is.

A browser cannot send a file again by itself; a text that lacks one word must not cost a photograph taken in
the field. What is kept is named by a signed token, for its sender alone. Nobody came back: the nightly
cleaning takes it away (config/orphelins.py).
"""

import dataclasses
import datetime as dt
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core import signing
from django.core.files.storage import default_storage

from config.jours import jour_de
from tests_programme.models import PieceJointe

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from config.fichiers import FichierPret

SEL = "tests_programme.fichier_garde"
# Less than config.orphelins.DELAI: what a token still names is still there.
VALIDITE = dt.timedelta(hours=20)


@dataclasses.dataclass(frozen=True)
class FichierGarde:
    """A file on the disk that no note has yet."""

    chemin: str
    nom: str
    type_mime: str
    taille: int
    largeur: int | None
    hauteur: int | None
    utilisateur: int

    @property
    def cle(self) -> str:
        """What names it in a form."""
        return PurePosixPath(self.chemin).stem

    @property
    def jeton(self) -> str:
        """What the form sends back."""
        return signing.dumps(dataclasses.asdict(self), salt=SEL, compress=True)

    @property
    def est_image(self) -> bool:
        """Whether it must be described."""
        return self.type_mime.startswith("image/")


def garder(pret: "FichierPret", *, par: "Utilisateur") -> FichierGarde:
    """Write the file where it will stay."""
    chemin = default_storage.save(f"journal/{jour_de():%Y/%m}/{pret.contenu.name}", pret.contenu)
    return FichierGarde(
        chemin, pret.nom, pret.type_mime, pret.taille, pret.largeur, pret.hauteur, par.pk
    )


def retrouver(jeton: str, *, par: "Utilisateur") -> FichierGarde | None:
    """The file of a token; None when it is not theirs, too old, gone, or already in a note."""
    try:
        garde = FichierGarde(**signing.loads(jeton, salt=SEL, max_age=VALIDITE))
    except (signing.BadSignature, TypeError):
        return None
    if garde.utilisateur != par.pk or not default_storage.exists(garde.chemin):
        return None
    return None if PieceJointe.objects.filter(fichier=garde.chemin).exists() else garde
