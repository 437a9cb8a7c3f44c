"""Every page of the catalogue on a big one, each at ten queries or fewer; and the search against bare SQL."""

import random
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import catalogue
from bench.registre import Resultat, centile_95, chronometrer, mesure
from comptes.models import Organisation, Utilisateur
from pistes.models import Cahier, Chantier, CrashTest, Proposition
from reflexes.models import Temoignage

CONTROVERSES = 60
TEMOIGNAGES_PAR_PISTE = 50
REQUETES_AU_PLUS = 10
RECHERCHES = 300
QUESTION = """
SELECT id, titre FROM pistes_editionpiste
WHERE etat = 'publie' AND recherche @@ websearch_to_tsquery('french', sans_accents(%s))
ORDER BY ts_rank(recherche, websearch_to_tsquery('french', sans_accents(%s))) DESC LIMIT 20
"""


@mesure("catalogue_pages", taille=2_000)
def catalogue_pages(taille: int) -> Resultat:
    """``taille`` pistes, fifty témoignages each, sixty controverses. The search is what is timed."""
    catalogue.remplir(taille, CONTROVERSES, taille * TEMOIGNAGES_PAR_PISTE)
    clients = {role: _client(user) for role, user in catalogue.personnes().items()}
    fautes = [faute for role, adresse in pages() if (faute := _regarder(clients[role], adresse))]
    print("\n".join(fautes) or "catalogue_pages every page at ten queries or fewer")
    nous, plancher = _chercher(clients["visiteur"])
    print(f"catalogue_pages search p95={centile_95(nous) * 1000:.1f} ms, aim 60 ms")
    return Resultat(sum(nous) / len(nous), sum(plancher) / len(plancher))


def pages() -> list[tuple[str, str]]:
    """Who opens which address."""
    chantier, crash_test = Chantier.objects.first(), CrashTest.objects.first()
    cahier, proposition = Cahier.objects.first(), Proposition.objects.first()
    a_lire = Temoignage.objects.a_lire().first()
    organisation = Organisation.objects.order_by("pk").first()
    assert organisation is not None
    assert chantier is not None
    assert crash_test is not None
    assert cahier is not None
    assert proposition is not None
    assert a_lire is not None
    publiques: list[tuple[str, list[object]]] = [
        ("pistes:liste", []),
        ("pistes:piste", ["pays-1"]),
        ("pistes:piste", ["pays-1000"]),
        ("pistes:recueil", ["pays"]),
        ("pistes:orientation", ["orientation-3"]),
        ("pistes:mot_cle", ["orientation-3"]),
        ("pistes:livret", ["orientation-3"]),
        ("pistes:carte", []),
        ("pistes:carte_svg", []),
        ("pistes:chantiers", []),
        ("pistes:chantier", [chantier.pk]),
        ("pistes:crash_tests", []),
        ("pistes:crash_test", [crash_test.pk]),
        ("pistes:ecoute", []),
        ("pistes:cahier", [cahier.pk]),
        ("reflexes:cartographie", []),
        ("reflexes:enquetes", []),
        ("reflexes:enquete", ["bench"]),
        ("reflexes:version", ["bench", "v1"]),
        ("reflexes:comparaison", ["bench", "v1", "v2"]),
        ("reflexes:controverse", ["bench", "controverse-7"]),
        ("reflexes:terrain", ["bench", "terrain-7-1"]),
        ("accueil:accueil", []),
    ]
    reservees: list[tuple[str, str, list[object]]] = [
        ("agente", "reflexes:autodiagnostic", ["bench", organisation.pk]),
        ("agente", "reflexes:temoigner", ["bench"]),
        ("agente", "pistes:annuaire", []),
        ("agente", "pistes:chantier", [chantier.pk]),
        ("agente", "pistes:proposer", ["pays-1"]),
        ("agente", "pistes:mes_propositions", []),
        ("curatrice", "reflexes:ensemble", ["bench"]),
        ("curatrice", "pistes:piste", ["pays-1"]),
        ("curatrice", "pistes:propositions", []),
        ("curatrice", "pistes:proposition", [proposition.pk]),
        ("curatrice", "pistes:brouillons", []),
        ("curatrice", "pistes:historique", ["pays-1"]),
        ("curatrice", "pistes:terrains", ["pays-1"]),
        ("curatrice", "pistes:liens", []),
        ("curatrice", "pistes:modifier", ["pays-1"]),
        ("curatrice", "pistes:imports", []),
        ("curatrice", "reflexes:temoignages_a_lire", []),
        ("curatrice", "reflexes:lire_temoignage", [a_lire.pk]),
    ]
    adresses = [("visiteur", reverse(nom, args=args)) for nom, args in publiques]
    adresses += [(qui, reverse(nom, args=args)) for qui, nom, args in reservees]
    suites = ["?q=mot", "?mot_cle=orientation-2", "?apres=2021-1-900"]
    adresses += [("visiteur", reverse("pistes:liste") + suite) for suite in suites]
    cherche = reverse("accueil:recherche") + "?q=agent"
    adresses += [
        (qui, f"{cherche}&quoi={quoi}")
        for qui in ("visiteur", "curatrice")
        for quoi in ("", "pistes", "temoignages", "terrains")
    ]
    return adresses


def _client(user: Utilisateur | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _regarder(client: Client, adresse: str) -> str:
    """Print what the page costs; return what is wrong with it."""
    client.get(adresse)  # what is loaded once, apart
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(adresse)
    nombre = len(requetes)  # the next request forgets them
    temps = min(chronometrer(partial(client.get, adresse)) for _ in range(3))
    poids = len(reponse.content) // 1000
    print(f"  {nombre:3} queries {temps * 1000:6.0f} ms {poids:4} kB  {adresse}")
    if reponse.status_code != 200:
        return f"FAULT {adresse} answered {reponse.status_code}"
    if nombre > REQUETES_AU_PLUS:
        return f"FAULT {adresse} costs {nombre} queries"
    return ""


def _chercher(client: Client) -> tuple[list[float], list[float]]:
    """One to three words as people type them: half common, half rare, one in ten mistyped."""
    tirage = random.Random(5)
    nous, plancher = [], []
    client.get(reverse("accueil:recherche"), {"q": "motquinexistepas"})
    for _ in range(RECHERCHES):
        sac = catalogue.MOTS[:40] if tirage.random() < 0.5 else catalogue.MOTS
        saisie = " ".join(tirage.choices(sac, k=tirage.randint(1, 3)))
        if tirage.random() < 0.1:
            saisie = saisie[:2] + "q" + saisie[3:]
        cherche = partial(client.get, reverse("accueil:recherche"), {"q": saisie})
        nous.append(chronometrer(cherche))
        plancher.append(chronometrer(partial(_en_sql, saisie)))
    return nous, plancher


def _en_sql(saisie: str) -> list[object]:
    with connection.cursor() as curseur:
        curseur.execute(QUESTION, [saisie, saisie])
        return list(curseur.fetchall())
