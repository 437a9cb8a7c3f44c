"""The pictures of a thing that leaves or comes back."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from config.fichiers import FichierPret
    from engagement.models import Pret


def attacher(
    pret: "Pret",
    photos: "list[tuple[FichierPret, str]]",
    *,
    au_retour: bool,
    par: "Utilisateur | None",
) -> None:
    """Keep each with its words. Inside the transaction of the leaving, or of the return."""
    for fichier, description in photos:
        pret.photos.create(
            au_retour=au_retour,
            fichier=fichier.contenu,
            description=description,
            type_mime=fichier.type_mime,
            par=par,
        )
