"""What a need still lacks before it opens, all at once, each with the field where it is said."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from config.jours import jour_de
from engagement.creneaux import est_passe

if TYPE_CHECKING:
    from engagement.models import Besoin


@dataclasses.dataclass(frozen=True)
class Manque:
    """``etape``: the field of the page (composants/liste_manques.html)."""

    message: str
    etape: str = ""


def manques_pour_ouvrir(besoin: "Besoin", at: dt.datetime | None = None) -> list[Manque]:
    """Empty when it may open. Two queries."""
    manques = []
    if not besoin.dispositif.est_ouvert(at):
        manques.append(Manque("Le dispositif n'est pas ouvert."))
    if not besoin.est_un_pret and besoin.genre_id is None and besoin.dispositif.genres.exists():
        manques.append(Manque("Choisissez le genre de mission.", "genre"))
    if not _reste_a_venir(besoin, at):
        quand = "Dites jusqu'à quand : la période est passée, ou manque."
        if not besoin.est_un_pret:
            quand = "Ajoutez au moins une demi-journée à venir."
        manques.append(Manque(quand, "fin" if besoin.est_un_pret else ""))
    if not besoin.accueil_fonction:
        manques.append(Manque("Dites qui accueille (sa fonction).", "accueil_fonction"))
    if not besoin.lieu:
        manques.append(Manque("Dites où : une adresse, un bâtiment, un étage.", "lieu"))
    return manques


def _reste_a_venir(besoin: "Besoin", at: dt.datetime | None) -> bool:
    if besoin.est_un_pret:
        return besoin.debut is not None and besoin.fin is not None and besoin.fin >= jour_de(at)
    a_venir = besoin.creneaux.filter(jour__gte=jour_de(at)).values_list("jour", "moment")
    return any(not est_passe(jour, moment, at) for jour, moment in a_venir[:3])
