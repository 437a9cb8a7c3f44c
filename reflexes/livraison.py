"""Writing what the corpus brings without ever overwriting an edit."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from reflexes.models import Livrable, empreinte_de

L = TypeVar("L", bound=Livrable)


@dataclass
class Bilan:
    """What a load did, in words, for the person who ran it."""

    crees: int = 0
    mis_a_jour: int = 0
    gardes: list[str] = field(default_factory=list)

    @property
    def rien_de_neuf(self) -> bool:
        """Whether nothing was written."""
        return not (self.crees or self.mis_a_jour)


def livrer(modele: type[L], cle: dict[str, Any], champs: dict[str, Any], bilan: Bilan) -> L:
    """Create the row, or bring it up to date when it still holds what the corpus last wrote.

    An edited row is left as it is, and the bilan says so. One query when there is nothing to do.
    """
    empreinte = empreinte_de(champs)
    objet, cree = modele._default_manager.get_or_create(
        **cle, defaults={**champs, "empreinte_livree": empreinte}
    )
    if cree:
        bilan.crees += 1
    elif objet.empreinte_livree != empreinte:
        if objet.est_tel_que_livre(champs):
            for nom, valeur in champs.items():
                setattr(objet, nom, valeur)
            objet.empreinte_livree = empreinte
            objet.save(update_fields=[*champs, "empreinte_livree"])
            bilan.mis_a_jour += 1
        else:
            bilan.gardes.append(
                f"« {objet} » a été modifié ici : le texte livré n'y est pas repris."
            )
    return objet
