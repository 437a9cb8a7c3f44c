"""The desk of a crisis: 100 000 offers, one need for ten offers, everything a cellule of five has before it.

Fifteen queries and 200 ms at most, for each basket; and its lists, far down. The floor is the same number of lines
read by primary key and written by a template.
"""

import random
import re
import statistics

from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import foule_guichet
from bench.registre import Resultat, centile_95, chronometrer, mesure
from engagement import models as m
from engagement.bacs import BACS, PANIERS

FOIS = 20
REQUETES_MAXIMUM = 15
VISE = 0.200
LIGNES = 80  # what the fullest page shows
MODELE = "<ul>{% for ligne in lignes %}<li>{{ ligne.besoin.titre }}, {{ ligne.attend_depuis }}</li>{% endfor %}</ul>"


@mesure("guichet", taille=100_000)
def guichet(taille: int) -> Resultat:
    """Prints a line a page; the ratio is that of the desk to the bare lines."""
    foule = foule_guichet.remplir(taille, max(20, taille // 10))
    animer(foule)
    client = Client()
    client.force_login(foule.cellule[1])
    pk = foule.dispositif.pk
    bureau = reverse("engagement:guichet", args=[pk])
    pages = {f"desk, {titre}": f"{bureau}?panier={panier}" for panier, titre in PANIERS.items()}
    pages |= {
        f"list, {bac.cle}": reverse("engagement:liste_guichet", args=[pk, bac.cle]) for bac in BACS
    }
    pages |= {
        f"list, {bac.cle}, far down": _loin(client, pages[f"list, {bac.cle}"]) for bac in BACS
    }
    pages["desks"] = reverse("engagement:guichets")
    pages["history"] = reverse("engagement:historique", args=[pk])
    modele = engines["django"].from_string(MODELE)
    temps_du_bureau, planchers, pires = [], [], []
    for nom, adresse in pages.items():
        temps, requetes = [], _requetes(client, adresse)
        for _ in range(FOIS):
            temps.append(chronometrer(lambda: client.get(adresse)))  # noqa: B023 - called at once
            planchers.append(chronometrer(lambda: _nue(modele)))
        if nom.startswith("desk,"):
            temps_du_bureau += temps
        p95 = centile_95(temps)
        trop = " TOO SLOW" if p95 > VISE else ""
        pires.append((p95, nom))
        print(f"guichet {nom}: {requetes} queries, p95={p95 * 1000:.0f} ms{trop}", flush=True)
    print(f"guichet worst: {max(pires)[1]}, p95={max(pires)[0] * 1000:.0f} ms")
    return Resultat(statistics.median(temps_du_bureau), statistics.median(planchers))


def animer(foule: foule_guichet.Foule) -> None:
    """What the crowd lacks: meetings, accords, places, returns, loans; offers read but those of the last days."""
    mises, besoins = m.MiseEnRelation._meta.db_table, m.Besoin._meta.db_table
    with connection.cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        curseur.execute(
            f"UPDATE {m.Offre._meta.db_table} SET regardee_le = cree_le WHERE cree_le < now() - interval '20 days'"
        )
        curseur.execute(
            f"UPDATE {mises} SET rencontre_le = now() - interval '10 days' + (id % 20) * interval '1 day' "
            "WHERE etat = 'en_discussion' AND id % 2 = 0"
        )
        curseur.execute(f"UPDATE {mises} SET mediateur_id = NULL WHERE id % 7 = 0")
        curseur.execute(
            f"UPDATE {besoins} SET mediateur_id = %s + id %% 5 WHERE id %% 2 = 0",
            [foule.cellule[0].pk],
        )
        curseur.execute(f"UPDATE {besoins} SET debut = debut - 30, fin = fin - 30 WHERE id % 9 = 0")
        for table in (mises, besoins):
            curseur.execute(f"UPDATE {table} SET aide_demandee_le = now() WHERE id % 50 = 0")
        curseur.execute(f"UPDATE {mises} SET etat = 'retour' WHERE etat = 'close' AND id % 4 = 0")
        curseur.execute(
            f"""UPDATE {m.DemiJournee._meta.db_table} d SET jour = jour - 40 FROM {mises} r
            WHERE r.id = d.mise_en_relation_id AND r.id % 3 = 0"""
        )
        curseur.execute("SET session_replication_role = DEFAULT")
    rencontrees = m.MiseEnRelation.objects.filter(etat="rencontree").order_by("pk")
    m.AccordMission.objects.bulk_create(
        m.AccordMission(mise_en_relation=mise, cote="manager", texte="t", empreinte="e")
        for mise in rencontrees[::2]
    )
    m.Attente.objects.bulk_create(
        m.Attente(mise_en_relation=mise, besoin_id=mise.besoin_id, rang=mise.pk)
        for mise in rencontrees[1::8]
    )
    with connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")


def _loin(client: Client, adresse: str) -> str:
    """Some twenty pages further."""
    for _ in range(random.Random(27).randint(15, 25)):
        suite = re.search(r'rel="next" href="\?([^"]+)"', client.get(adresse).content.decode())
        if suite is None:
            break
        adresse = f"{adresse.partition('?')[0]}?{suite[1].replace('&amp;', '&')}"
    return adresse


def _requetes(client: Client, adresse: str) -> int:
    client.get(adresse)
    with CaptureQueriesContext(connection) as faites:
        reponse = client.get(adresse)
    if reponse.status_code != 200:
        raise RuntimeError(f"{adresse} answered {reponse.status_code}")
    if len(faites) > REQUETES_MAXIMUM:
        raise RuntimeError(f"{adresse} asked {len(faites)} queries")
    return len(faites)


def _nue(modele: object) -> str:
    """The lines alone."""
    lignes = m.MiseEnRelation.objects.select_related("besoin").order_by("pk")[:LIGNES]
    return str(modele.render({"lignes": lignes}))  # type: ignore[attr-defined]
