"""The matrix of crash tests: what was tried against which crisis, and what never was."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse

from pistes.models import Chantier, CrashTest, EditionPiste, Scenario

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

PAR_PAGE = 40
# Crash tests a page of a piste or of a chantier lists.
PREMIERS = 20
# More crises than that make no table any more.
CRISES = 24


@dataclass(frozen=True)
class Case:
    """One subject against one crisis; ``essayer`` is where to do it, "" for who may not."""

    scenario: Scenario
    nombre: int
    lien: str
    essayer: str


@dataclass(frozen=True)
class Ligne:
    """One subject against all crises."""

    titre: str
    adresse: str
    cases: list[Case]

    @property
    def jamais(self) -> int:
        """How many crises it was never tried against."""
        return sum(not case.nombre for case in self.cases)


def crises() -> list[Scenario]:
    """The columns. One query."""
    return list(Scenario.objects.all()[:CRISES])


def matrice(
    sujets: Sequence[EditionPiste | Chantier],
    user: "Utilisateur | AnonymousUser",
    *,
    colonnes: list[Scenario],
    peut_essayer: bool,
) -> list[Ligne]:
    """A line for each subject (``pour_liste``). One query, whatever their number; two for both kinds."""
    faits = _compter(sujets, user)
    return [_ligne(sujet, colonnes, faits, peut_essayer) for sujet in sujets]


def ligne_de_matrice(
    sujet: Any, user: "Utilisateur | AnonymousUser", *, peut_essayer: bool = False
) -> dict[str, Any]:
    """What a page shows of its own crash tests: the latest ones, and the line. Three queries.

    One more unless it is known already that this person may try.
    """
    champ = "chantier" if isinstance(sujet, Chantier) else "piste"
    cible = sujet if isinstance(sujet, Chantier) else sujet.piste
    faits = CrashTest.objects.visible_to(user).filter(**{champ: cible}).pour_liste()
    peut = peut_essayer or user.has_perm("pistes.faire_crash_test")
    lignes = matrice([sujet], user, colonnes=crises(), peut_essayer=peut)
    return {"faits": list(faits[:PREMIERS]), "ligne": lignes[0]}


def _compter(sujets: Sequence[Any], user: Any) -> Counter[tuple[str, int, int]]:
    pistes = [s.piste_id for s in sujets if isinstance(s, EditionPiste)]
    chantiers = [s.pk for s in sujets if isinstance(s, Chantier)]
    faits: Counter[tuple[str, int, int]] = Counter()
    for champ, pks in (("piste", pistes), ("chantier", chantiers)):
        if pks:
            visibles = CrashTest.objects.visible_to(user).filter(**{f"{champ}__in": pks})
            comptes = visibles.order_by().values_list(champ, "scenario").annotate(n=Count("pk"))
            faits.update({(champ, sujet, scenario): n for sujet, scenario, n in comptes})
    return faits


def _ligne(sujet: Any, colonnes: list[Scenario], faits: Any, peut: bool) -> Ligne:
    if isinstance(sujet, Chantier):
        champ, pk, nom, cle = "chantier", sujet.pk, "essayer_chantier", sujet.pk
    else:
        champ, pk, nom, cle = "piste", sujet.piste_id, "essayer_piste", sujet.piste.slug
    adresse = sujet.get_absolute_url()
    cases = [
        Case(
            scenario,
            faits[champ, pk, scenario.pk],
            f"{adresse}#crash-tests",
            reverse(f"pistes:{nom}", args=[cle, scenario.cle]) if peut else "",
        )
        for scenario in colonnes
    ]
    return Ligne(sujet.titre, adresse, cases)
