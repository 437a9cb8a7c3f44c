"""What was heard in an écoute, head by head (TABLE RONDE: vécu, craintes, envies, analyses)."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from pistes.models import Cahier, Rencontre

APERCU, PAR_PAGE = 8, 30


@dataclass(frozen=True)
class Facette:
    """One head: its name, how many said something, and the voices shown."""

    cle: str
    titre: str
    nombre: int
    voix: list[tuple[str, Rencontre]]

    @property
    def reste(self) -> int:
        """How many voices are on the page of this head alone."""
        return self.nombre - len(self.voix)


TITRES = {
    "vecu": "Ce qu'on a vécu",
    "craintes": "Ce qu'on craint",
    "envies": "Ce dont on a envie",
    "analyses": "Ce qu'on en comprend",
}


def facettes(cahier: Cahier, type_acteur: str = "") -> list[Facette]:
    """The four heads with their first voices. Five queries, whatever their number."""
    rencontres = _rencontres(cahier, type_acteur)
    comptes = rencontres.aggregate(
        **{nom: Count("pk", filter=~Q(**{nom: ""})) for nom in Rencontre.FACETTES}
    )
    return [
        Facette(
            nom,
            TITRES[nom],
            comptes[nom],
            [(getattr(r, nom), r) for r in rencontres.exclude(**{nom: ""})[:APERCU]],
        )
        for nom in Rencontre.FACETTES
    ]


def une_facette(
    cahier: Cahier, nom: str, type_acteur: str, page: str
) -> tuple[Facette, Page[Rencontre]]:
    """One head, page by page. Two queries."""
    rencontres = _rencontres(cahier, type_acteur).exclude(**{nom: ""})
    lue: Page[Rencontre] = Paginator(rencontres, PAR_PAGE).get_page(page)
    voix = [(getattr(r, nom), r) for r in lue.object_list]
    return Facette(nom, TITRES[nom], lue.paginator.count, voix), lue


def _rencontres(cahier: Cahier, type_acteur: str) -> "QuerySet[Rencontre]":
    rencontres = cahier.rencontres.order_by("type", "pk")
    return rencontres.filter(type=type_acteur) if type_acteur else rencontres
