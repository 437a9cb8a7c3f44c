"""The pages about tests, for a visitor, a member and a curateur·rice, among half a million tests.

Each page is asked again and again on other rows: a page that is quick because it was just read proves
nothing. Queries are counted (ten at most), times are those of the server: middleware, template, database.
"""

import random
import statistics
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from bench import foule
from bench.listes import MODELE, page_nue
from bench.registre import Resultat, centile_95, chronometrer, mesure
from comptes.models import Organisation
from config.reperes import repere
from tests_programme.models import Programme, Test

# With twenty, the 95th percentile would be the slowest: one stall of the machine.
FOIS = 40
REQUETES_MAXIMUM = 10
VISE = 0.150
Page = Callable[[random.Random], str]


@mesure("tests_pages", taille=500_000)
def tests_pages(taille: int) -> Resultat:
    """Prints a line for each page and reader; the ratio is that of the mean page to a bare list."""
    lecteurs = foule.remplir(taille)
    clients = {"visiteur": Client(), "membre": Client(), "curateur": Client()}
    clients["membre"].force_login(lecteurs.membre)
    clients["curateur"].force_login(lecteurs.curateur)
    modele = engines["django"].from_string(MODELE)
    for (
        page
    ) in pages().values():  # what is loaded once, apart: a team's pages have parts of their own
        for client in clients.values():
            lire(client, page(random.Random(1)))
    moyennes, pires, plancher = [], [], []
    for nom, page in pages().items():
        for role, client in clients.items():
            plancher.append(chronometrer(lambda: page_nue(modele)))  # under the load of the moment
            temps, requetes = mesurer(client, page)
            moyennes.append(statistics.fmean(temps))
            pires.append((centile_95(temps), requetes, f"{nom}, {role}"))
            print(ligne(f"{nom}, {role}", *pires[-1][:2]), flush=True)
    print(f"tests_pages worst: {max(pires)[2]}, p95={max(pires)[0] * 1000:.0f} ms")
    print(f"tests_pages floor: p95={centile_95(plancher) * 1000:.0f} ms")
    return Resultat(statistics.fmean(moyennes), statistics.fmean(plancher))


def ligne(nom: str, p95: float, requetes: int) -> str:
    """One page, with what it exceeds."""
    exces = [f"over {VISE * 1000:.0f} ms"] if p95 > VISE else []
    exces += [f"over {REQUETES_MAXIMUM} queries"] if requetes > REQUETES_MAXIMUM else []
    return f"  {nom}: p95={p95 * 1000:.0f} ms, {requetes} queries {', '.join(exces)}".rstrip()


def mesurer(client: Client, page: Page) -> tuple[list[float], int]:
    """The seconds of each of its askings, and the most queries one of them made."""
    tirage = random.Random(27)
    temps, requetes = [], 0
    for _ in range(FOIS):
        adresse = page(tirage)
        temps.append(chronometrer(lambda: lire(client, adresse)))  # noqa: B023 - called at once
    for _ in range(3):
        with CaptureQueriesContext(connection) as faites:
            lire(client, page(tirage))
        requetes = max(requetes, len(faites))
    return temps, requetes


def lire(client: Client, adresse: str) -> bytes:
    """The page; a test its reader may not see answers 404, which counts too."""
    reponse = client.get(adresse)
    if reponse.status_code not in {200, 404}:
        raise RuntimeError(f"{adresse} answered {reponse.status_code}")
    return reponse.content


def pages() -> dict[str, Page]:
    """Name → an address, another one each time."""
    cles = list(Test.objects.order_by("pk").values_list("pk", flat=True)[:: max(1, FOIS * 20)])
    publics = list(Test.objects.publics().filter(pk__in=cles).values_list("pk", flat=True))
    mots = ["crèche", "téléphone quartier", "œuvre hypothèse règle", "semaine"]
    noms = list(Organisation.objects.order_by("pk").values_list("nom", flat=True)[::100])
    programmes = list(Programme.objects.order_by("-pk").values_list("cle", flat=True)[:200])
    grand = Programme.objects.order_by("pk").values_list("cle", flat=True)[0]
    jours = list(places())
    return {
        "list": lambda t: "/tests/",
        "list, far down": lambda t: f"/tests/?{urlencode({'apres': t.choice(jours)})}",
        **{f"list, {etat}": _liste(etat=[etat]) for etat in [*Test.Etat.values, "recit"]},
        "list, late, far down": _liste(etat=["a_evaluer"], apres=jours),
        "list, a piste": _liste(piste=[f"bench-{n}" for n in range(1, 28)]),
        "list, an organisation": _liste(organisation=noms),
        "list, a programme": _liste(programme=programmes),
        "list, words": _liste(q=mots),
        "list, a rare word": lambda t: f"/tests/?{urlencode({'q': t.choice(publics)})}",
        "list, a word nobody wrote": _liste(q=["xylophone", "zinc bleu"]),
        "list, words, far down": _liste(q=mots, apres=jours),
        "list, a piste's late ones": _liste(etat=["a_evaluer"], piste=["bench-3", "bench-14"]),
        "test": lambda t: f"/tests/{t.choice(publics)}/",
        **{f"own test, {etat}": _un_de(etat) for etat in ("preparation", "en_cours", "evalue")},
        "journal": lambda t: f"/tests/{t.choice(publics)}/journal/",
        "lineage": lambda t: f"/tests/{t.choice(publics)}/lignee/",
        "late": lambda t: "/tests/en-retard/",
        "late, far down": lambda t: f"/tests/en-retard/?{urlencode({'apres': t.choice(noms)})}",
        "lessons": lambda t: "/enseignements/",
        "lessons, words": lambda t: f"/enseignements/?{urlencode({'q': t.choice(mots)})}",
        "lessons, a piste": lambda t: f"/enseignements/?piste=bench-{t.randint(1, 27)}",
        "programmes": lambda t: "/programmes/",
        "programmes, far down": lambda t: f"/programmes/?apres=2022-0{t.randint(1, 9)}-01.1",
        "programme": lambda t: f"/programmes/{t.choice(programmes)}/",
        "panorama": lambda t: f"/programmes/{t.choice(programmes)}/panorama/",
        "panorama, large": lambda t: f"/programmes/{grand}/panorama/",
        "programme, large": lambda t: f"/programmes/{grand}/",
    }


def _liste(**choix: list[str]) -> Page:
    """The list under filters drawn among these."""
    return lambda t: f"/tests/?{urlencode({nom: t.choice(parmi) for nom, parmi in choix.items()})}"


def _un_de(etat: str) -> Page:
    """The tests of the member's largest organisation, in that state."""
    premiere = Organisation.objects.order_by("pk")[0]
    cles = list(premiere.tests.filter(etat=etat, source="").values_list("pk", flat=True)[:FOIS])
    return lambda t: f"/tests/{t.choice(cles)}/"


def places() -> Iterator[str]:
    """Where one may be in the list, from its top to its end."""
    combien = Test.objects.count()
    lignes = Test.objects.order_by("-cree_le", "-pk").only("cree_le")
    for rang in islice(range(combien // 50, combien, combien // 20), 18):
        yield repere(lignes[rang].cree_le, lignes[rang].pk)
