"""Who may open what: one row for every address of the site. A new address without a row fails.

``get`` and ``post`` name who is let in; None says that the method is not taken (405). Who is not let in
meets ``refus``: ``connexion`` (sent to sign in; visitors only), 403 (they may see it, not do it) or 404
(it is not theirs to know of).
"""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from tests.conftest import ROLES
from tests.monde import Monde

TOUS = frozenset(ROLES)
CONNECTES = TOUS - {"visiteur"}
MEMBRES = frozenset({"agent_a", "referent_a"})
EQUIPE = frozenset({"curateur", "administrateur"})
REFERENTS = frozenset({"referent_a"})
CURATEURS = frozenset({"curateur"})
ADMINISTRATEURS = frozenset({"administrateur"})


def rien(m: Monde) -> list[Any]:
    """No argument."""
    return []


@dataclasses.dataclass(frozen=True)
class Adresse:
    """One address on one object of the world."""

    nom: str
    args: Callable[[Monde], Sequence[Any]] = rien
    get: frozenset[str] | None = TOUS
    post: frozenset[str] | None = None
    refus: int = 403
    refus_visiteur: str | int = "connexion"
    refus_equipe: int = 403  # curateurs and administrateurs see every test, and lead none
    note: str = ""

    @property
    def id(self) -> str:
        """Name of its tests."""
        return f"{self.nom}{'-' + self.note if self.note else ''}"


def _test(nom: str, quel: str, **options: Any) -> Adresse:
    return Adresse(f"tests_programme:{nom}", lambda m: [getattr(m, quel).pk], note=quel, **options)


def _mene(nom: str, quel: str, *, get: bool = False, post: bool = True) -> Adresse:
    """What only the team does, on a test others may see."""
    return _test(nom, quel, get=MEMBRES if get else None, post=MEMBRES if post else None)


def _etape(etape: str) -> Adresse:
    return Adresse(
        "tests_programme:etape",
        lambda m: [m.en_preparation.pk, etape],
        get=MEMBRES,
        post=MEMBRES,
        refus=404,
        note=etape,
    )


ADRESSES: list[Adresse] = [
    # accueil
    Adresse("accueil:accueil"),
    Adresse("accueil:mon_espace", get=CONNECTES),
    Adresse("accueil:recherche"),
    Adresse("accueil:accessibilite"),
    Adresse("accueil:donnees_personnelles"),
    Adresse("accueil:mentions_legales"),
    # reflexes
    Adresse("reflexes:cartographie"),
    Adresse("reflexes:enquete", lambda m: [m.v1.enquete.cle]),
    Adresse("reflexes:version", lambda m: [m.v1.enquete.cle, "v1"]),
    Adresse("reflexes:version", lambda m: [m.v1.enquete.cle, "v3"], get=CURATEURS, refus=404, refus_visiteur=404, refus_equipe=404, note="brouillon"),
    Adresse("reflexes:comparaison", lambda m: [m.v1.enquete.cle, "v1", "carnet"]),
    Adresse("reflexes:controverse", lambda m: [m.v1.enquete.cle, m.controverse.controverse.cle]),
    Adresse("reflexes:terrain", lambda m: [m.v1.enquete.cle, m.terrain.terrain.cle]),
    Adresse("reflexes:publier_version", lambda m: [m.v1.enquete.cle, "v3"], get=None, post=CURATEURS),
    # pistes
    Adresse("pistes:liste"),
    Adresse("pistes:piste", lambda m: [m.piste.slug]),
    Adresse("pistes:orientation", lambda m: [m.piste.orientation.slug]),
    Adresse("pistes:mot_cle", lambda m: [m.piste.orientation.slug]),
    Adresse("pistes:recueil", lambda m: [m.piste.recueil.cle]),
    Adresse("pistes:brouillons", get=CURATEURS),
    Adresse("pistes:brouillon", lambda m: [m.brouillon.pk], get=CURATEURS),
    Adresse("pistes:publier", lambda m: [m.brouillon.pk], get=None, post=CURATEURS),
    Adresse("pistes:brouillon_orientation", lambda m: [m.brouillon_orientation.pk], get=CURATEURS),
    Adresse("pistes:publier_orientation", lambda m: [m.brouillon_orientation.pk], get=None, post=CURATEURS),
    Adresse("pistes:modifier", lambda m: [m.piste.slug], get=CURATEURS, post=CURATEURS),
    # tests_programme
    Adresse("tests_programme:liste"),
    Adresse("tests_programme:nouveau", get=CONNECTES, post=CONNECTES),
    _test("test", "en_cours"),
    _test("test", "evalue"),
    _test("test", "prive", get=MEMBRES | EQUIPE, refus=404, refus_visiteur=404),
    _test("test", "en_preparation", get=MEMBRES | EQUIPE, refus=404, refus_visiteur=404),
    _test("agenda", "en_cours"),
    *[_etape(e) for e in ["essentiel", "hypothese", "limites", "observation", "parties", "verification"]],
    _mene("demander_accords", "en_cours"),
    _mene("demarrer", "en_cours"),
    _mene("renoncer", "en_cours", get=True),
    _mene("arreter", "en_cours", get=True),
    _mene("prolongation", "en_cours", get=True),
    _mene("prolonger", "en_cours"),
    _mene("iterer", "evalue"),
    _mene("evaluation", "a_evaluer", get=True),
    _mene("publier", "a_evaluer"),
    Adresse("tests_programme:accord", lambda m: [m.accord.jeton], get=TOUS, post=TOUS),
    Adresse("tests_programme:programmes"),
    Adresse("tests_programme:programme", lambda m: [m.programme.cle]),
    # rapports
    Adresse("rapports:exports", get=ADMINISTRATEURS),
    *[
        Adresse("rapports:export", lambda m, q=quoi, f=format_: [q, f], get=ADMINISTRATEURS, note=f"{quoi}-{format_}")
        for quoi in ("tests", "pistes")
        for format_ in ("csv", "xlsx")
    ],
    # api
    *[
        Adresse(f"api:{nom}-list")
        for nom in ["enquete", "version", "controverse", "terrain", "recueil", "orientation", "piste"]
    ],
    Adresse("api:schema"),
    Adresse("api:docs"),
]
