"""Every test of a programme at a glance, as far as a reader may see them."""

import dataclasses
import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef

from comptes.models import Organisation
from config.jours import jour_de
from pistes.models import EditionPiste
from tests_programme.frise import Frise, frise
from tests_programme.matrice import Matrice, matrice
from tests_programme.models import Accord, Programme, Test
from tests_programme.querysets import TestQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

# Beyond, the page leads to the lists instead of showing everything.
BORNE = 200
# Beyond, the dates are told once, in the grid.
TABLEAU = 100
PAR_LISTE = 20
# Long, and shown nowhere here.
TEXTES = (
    "contexte", "hypothese", "cadre_hypothese", "echec", "retour_arriere", "signe_provisoire",
    "ecoute_prevue", "changement", "deroule", "issue", "recherche",
    "programme__presentation",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Case:
    """The tests of one piste in one organisation, after some squares without any."""

    vides: range
    organisation: Organisation
    tests: list[Test]


@dataclasses.dataclass(frozen=True)
class Ligne:
    """One piste: its tests by organisation, in the order of the columns.

    Most squares of a large grid are empty: they are only counted, before each full one and at the end.
    """

    titre: str
    adresse: str
    cases: list[Case]
    vides: range


@dataclasses.dataclass
class Panorama:
    """All that the page shows. ``borne``: too many tests, it leads to lists instead."""

    borne: bool
    pistes: list[EditionPiste]
    finissent: list[Test]
    en_retard: list[Test]
    attendent: list[Test] = dataclasses.field(default_factory=list)
    colonnes: list[Organisation] = dataclasses.field(default_factory=list)
    lignes: list[Ligne] = dataclasses.field(default_factory=list)
    sans_test: list[Organisation] = dataclasses.field(default_factory=list)
    frise: Frise | None = None
    avec_tableau: bool = False
    matrice: Matrice | None = None

    @property
    def nombre(self) -> int:
        """How many tests are shown."""
        return sum(len(case.tests) for ligne in self.lignes for case in ligne.cases)


def panorama_de(
    programme: Programme, user: "Utilisateur | AnonymousUser", at: dt.datetime | None = None
) -> Panorama:
    """The panorama of a programme for a reader, at an instant (now when None). Five queries at most."""
    visibles = Test.objects.visible_to(user).filter(programme=programme)
    editions = EditionPiste.objects.publies().filter(piste__programmes=programme)
    pistes = list(editions.select_related("piste").order_by("piste__rang", "piste_id"))
    # No order asked of the database: it stops at the bound instead of sorting a whole programme.
    tests = list(_pour_panorama(visibles.order_by())[: BORNE + 1])
    if len(tests) > BORNE:
        return _borne(visibles, pistes, at)
    tests.sort(key=lambda t: (t.piste.rang, t.piste_id, t.organisation.nom, t.pk))
    fin_du_mois = jour_de(at) + relativedelta(day=31)
    fait = Panorama(
        borne=False,
        pistes=pistes,
        finissent=_par_date(
            t for t in tests if t.tourne and t.date_peremption and t.date_peremption <= fin_du_mois
        ),
        en_retard=_par_date(
            t for t in tests if not t.est_recit and t.etat_au(at) == Test.Etat.A_EVALUER
        ),
        attendent=[
            t for t in tests if cast(Any, t).accord_attendu and t.etat == Test.Etat.PREPARATION
        ],
        frise=frise(tests, at),
        avec_tableau=len(tests) <= TABLEAU,
        matrice=matrice(tests),
    )
    _ranger(fait, tests, programme)
    return fait


def _pour_panorama(tests: TestQuerySet) -> TestQuerySet:
    """With whether a party's accord is waited for. One query."""
    attendu = Accord.objects.filter(partie__test=OuterRef("pk"), etat="demande")
    return cast(
        TestQuerySet, tests.pour_liste().annotate(accord_attendu=Exists(attendu)).defer(*TEXTES)
    )


def _borne(visibles: TestQuerySet, pistes: list[EditionPiste], at: dt.datetime | None) -> Panorama:
    fin_du_mois = jour_de(at) + relativedelta(day=31)
    finissent = visibles.en_cours(at).filter(date_peremption__lte=fin_du_mois, source="")
    dates = ("date_peremption", "pk")
    return Panorama(
        borne=True,
        pistes=pistes,
        finissent=list(_pour_panorama(finissent.order_by(*dates))[:PAR_LISTE]),
        en_retard=list(
            _pour_panorama(visibles.a_evaluer(at).filter(source="").order_by(*dates))[:PAR_LISTE]
        ),
    )


def _ranger(fait: Panorama, tests: list[Test], programme: Programme) -> None:
    """Fill the grid: a line a piste, a column an organisation that has a test. One query."""
    cases: dict[int, dict[int, list[Test]]] = defaultdict(lambda: defaultdict(list))
    titres = {
        edition.piste_id: (edition.titre, edition.piste.get_absolute_url())
        for edition in fait.pistes
    }
    organisations: dict[int, Organisation] = {}
    for test in tests:
        organisations[test.organisation_id] = test.organisation
        cases[test.piste_id][test.organisation_id].append(test)
        titre = cast(Any, test).titre_piste or "Piste sans texte public"
        titres.setdefault(test.piste_id, (titre, test.piste.get_absolute_url()))
    fait.colonnes = sorted(organisations.values(), key=lambda o: (o.nom, o.pk))
    fait.lignes = [_ligne(*titres[pk], fait.colonnes, cases[pk]) for pk in titres if pk in cases]
    autres = programme.organisations.filter(validee=True).exclude(pk__in=organisations)
    fait.sans_test = list(autres[:BORNE])


def _ligne(
    titre: str, adresse: str, colonnes: list[Organisation], tests: dict[int, list[Test]]
) -> Ligne:
    """``tests``: those of the piste, by organisation."""
    cases, place = [], 0
    for rang, organisation in enumerate(colonnes):
        if organisation.pk in tests:
            cases.append(Case(range(rang - place), organisation, tests[organisation.pk]))
            place = rang + 1
    return Ligne(titre, adresse, cases, range(len(colonnes) - place))


def _par_date(tests: Any) -> list[Test]:
    return sorted(tests, key=lambda t: (t.date_peremption, t.pk))
