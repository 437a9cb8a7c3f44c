"""The figures of a dispositif: they betray nobody.

Never a ranking of persons (DESIGN). A cell of fewer than five people is gathered with others; when what is
gathered would still be fewer than five, the smallest cell joins it: no subtraction gives it back.
"""

import dataclasses
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

if TYPE_CHECKING:
    from engagement.models import Dispositif

PEU = 5
MOINS = f"moins de {PEU}"


@dataclasses.dataclass(frozen=True)
class Cellule:
    """What was given in one place. ``code``: of the département; "" for places gathered together."""

    nom: str
    code: str
    demi_journees: int
    personnes: int
    lieux: int = 1

    @property
    def peu(self) -> bool:
        """So few people that its figures would be somebody's."""
        return self.personnes < PEU


@dataclasses.dataclass(frozen=True)
class Chiffres:
    """Of one dispositif. A loan counts when the thing left; a half-day when it took place."""

    demi_journees: int
    personnes: int
    organisations: int
    prets: int
    departements: list[Cellule]
    communes: list[Cellule]

    @property
    def vides(self) -> bool:
        """Whether nothing has been given yet."""
        return not (self.demi_journees or self.prets)

    @property
    def peu(self) -> bool:
        """So few people that a figure would be somebody's."""
        return self.personnes < PEU

    def montres(self) -> list[tuple[str, str]]:
        """Figure and words, for the page and the draft of the bilan. Few people: not how much they gave."""
        lignes = []
        if self.demi_journees and not self.peu:
            lignes.append((str(self.demi_journees), "demi-journées données"))
        if self.demi_journees:
            lignes.append((MOINS if self.peu else str(self.personnes), "personnes engagées"))
        if self.organisations:
            mots = _s(self.organisations, "organisation aidée", "organisations aidées")
            lignes.append((str(self.organisations), mots))
        if self.prets:
            lignes.append((str(self.prets), _s(self.prets, "prêt", "prêts")))
        return lignes


def _s(nombre: int, un: str, plusieurs: str) -> str:
    return un if nombre < 2 else plusieurs


def chiffres(dispositif: "Dispositif", *, lieux: bool = False) -> Chiffres:
    """Two queries, whatever was given; four with where it took place (``lieux``)."""
    from engagement.models import DemiJournee, Pret

    faites = DemiJournee.objects.filter(
        mise_en_relation__dispositif=dispositif.pk, etat=DemiJournee.Etat.FAITE
    )
    de_organisations = Q(mise_en_relation__besoin__demandeur__statut="organisation")
    demandeurs = Count(
        "mise_en_relation__besoin__demandeur", distinct=True, filter=de_organisations
    )
    tout = faites.order_by().aggregate(
        n=Count("pk"), p=Count("personne__cle", distinct=True), o=demandeurs
    )
    sortis = Pret.objects.filter(mise_en_relation__dispositif=dispositif.pk)
    return Chiffres(
        demi_journees=tout["n"],
        personnes=tout["p"],
        organisations=tout["o"],
        prets=sortis.filter(etat__in=[Pret.Etat.SORTI, Pret.Etat.RENDU]).count(),
        departements=_par_lieu(faites, "departement") if lieux else [],
        communes=_par_lieu(faites, "") if lieux else [],
    )


def _par_lieu(faites: "QuerySet[Any]", niveau: str) -> list[Cellule]:
    """Where it took place: the commune of the need, or what it belongs to. One query."""
    lieu = "mise_en_relation__besoin__territoire" + (f"__{niveau}" if niveau else "")
    groupes = faites.order_by().values(f"{lieu}__nom", f"{lieu}__code")
    comptes = groupes.annotate(n=Count("pk"), p=Count("personne__cle", distinct=True))
    lues = [
        Cellule(g[f"{lieu}__nom"] or "Sans département", g[f"{lieu}__code"] or "", g["n"], g["p"])
        for g in comptes
    ]
    return proteger(sorted(lues, key=lambda c: (c.nom, c.code)))


def proteger(cellules: list[Cellule]) -> list[Cellule]:
    """Those of five people or more, by name; the others as one last line, without a figure that betrays."""
    montrees = [c for c in cellules if c.personnes >= PEU]
    cachees = [c for c in cellules if c.personnes < PEU]
    if cachees and montrees and sum(c.personnes for c in cachees) < PEU:
        plus_petite = min(montrees, key=lambda c: (c.personnes, c.nom))
        montrees.remove(plus_petite)
        cachees.append(plus_petite)
    if not cachees:
        return montrees
    autres = Cellule(
        nom="Autres territoires" if montrees else "Tous les territoires",
        code="",
        demi_journees=sum(c.demi_journees for c in cachees),
        personnes=sum(c.personnes for c in cachees),
        lieux=len(cachees),
    )
    return [*montrees, autres]


def brouillon(dispositif: "Dispositif", faits: Chiffres) -> str:
    """A first bilan made of the figures, to be written over."""
    if faits.vides:
        return ""
    lignes = [f"{nombre} {mots}" for nombre, mots in faits.montres()]
    phrase = ", ".join(lignes[:-1]) + f" et {lignes[-1]}" if len(lignes) > 1 else lignes[0]
    return (
        f"Du {dispositif.debut:%d/%m/%Y} à aujourd'hui : {phrase}.\n\n"
        "Ce qui a bien marché :\n\nCe qui a manqué :\n\nCe que nous gardons pour la suite :"
    )
