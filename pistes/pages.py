"""Long lists of pistes, sixty a page, "after this one". The mark of a place is ``annee-recueil-rang``."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from pistes.models import EditionPiste
from pistes.querysets import EditionPisteQuerySet

PAR_PAGE = 60
PLUS_GRAND = 2**31 - 1


@dataclass
class Page:
    """Some rows of a list, and the addresses of the next ones and of the first."""

    pistes: list[EditionPiste] = field(default_factory=list)
    suivante: str = ""
    debut: str = ""
    nombre: int = 0


def page(request: HttpRequest, editions: EditionPisteQuerySet, *, compter: bool = False) -> Page:
    """The page the address asks for, in the order of ``pour_liste``. One query more to count them all."""
    place = _lire(request.GET.get("apres", ""))
    ordonnees = editions.pour_liste()
    lignes = list((ordonnees.apres(*place) if place else ordonnees)[: PAR_PAGE + 1])
    debut, suite = request.GET.copy(), request.GET.copy()
    debut.pop("apres", None)
    trouvees = Page(lignes[:PAR_PAGE], debut=f"?{debut.urlencode()}" if place else "")
    if len(lignes) > PAR_PAGE:
        derniere = lignes[PAR_PAGE - 1].piste
        suite["apres"] = f"{derniere.recueil.annee}-{derniere.recueil_id}-{derniere.rang}"
        trouvees.suivante = f"?{suite.urlencode()}"
    trouvees.nombre = editions.order_by().count() if compter else len(trouvees.pistes)
    return trouvees


def _lire(marque: str) -> tuple[int, int, int] | None:
    """The place a mark means; None when it means nothing: one begins again."""
    parties = marque.split("-")
    if len(parties) != 3 or not all(p.isascii() and p.isdecimal() and len(p) < 10 for p in parties):
        return None
    annee, recueil, rang = (min(int(p), PLUS_GRAND) for p in parties)
    return annee, recueil, rang
