"""The list of tests (20 rows, a visitor), against the bare query and a bare template."""

from django.db import connection
from django.template import engines
from django.test import Client

from bench import donnees
from bench.registre import Resultat, centile_95, chronometrer, mesure

PAGES = 200
MODELE = """<!doctype html><title>Tests</title><ul>
{% for numero, titre, etat, date, organisation, piste in lignes %}
<li><a href="/tests/{{ numero }}/">{{ titre }}</a> {{ etat }} {{ date|date:"d/m/Y" }}
{{ organisation }} {{ piste }}</li>{% endfor %}</ul>"""
REQUETE = """
SELECT t.id, t.titre, t.etat, t.date_peremption, o.nom, e.titre
FROM tests_programme_test t
JOIN comptes_organisation o ON o.id = t.organisation_id
JOIN pistes_editionpiste e ON e.piste_id = t.piste_id AND e.etat = 'publie'
WHERE t.visibilite = 'public' AND t.demarre_le IS NOT NULL
ORDER BY t.cree_le DESC, t.id DESC LIMIT 20
"""


@mesure("listes", taille=10_000)
def listes(taille: int) -> Resultat:
    """Pages one after the other in one process, middleware included, network excluded."""
    donnees.tests(taille)
    client = Client()
    modele = engines["django"].from_string(MODELE)
    for _ in range(5):  # what is loaded once, apart
        page(client)
        page_nue(modele)
    nous, plancher = [], []
    for _ in range(PAGES):
        nous.append(chronometrer(lambda: page(client)))
        plancher.append(chronometrer(lambda: page_nue(modele)))
    print(f"listes p95={centile_95(nous) * 1000:.1f} ms, page={len(page(client))} bytes")
    return Resultat(sum(nous) / len(nous), sum(plancher) / len(plancher))


def page(client: Client) -> bytes:
    """The first page of the list."""
    reponse = client.get("/tests/")
    if reponse.status_code != 200:
        raise RuntimeError(f"/tests/ answered {reponse.status_code}")
    return reponse.content


def page_nue(modele: object) -> str:
    """Twenty rows in a template of four lines."""
    with connection.cursor() as curseur:
        curseur.execute(REQUETE)
        return modele.render({"lignes": curseur.fetchall()})  # type: ignore[attr-defined, no-any-return]
