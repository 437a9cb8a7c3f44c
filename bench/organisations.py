"""Finding an organisation by typing its name, as the page asks, against the bare SQL."""

import io
import random
from functools import partial

from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench import donnees
from bench.registre import Resultat, centile_95, chronometrer, mesure
from comptes.models import Organisation, Territoire

RECHERCHES = 200
MONTRES = 10


@mesure("organisations", taille=10_000)
def organisations(taille: int) -> Resultat:
    """``taille`` organisations beside the real 36 000 territories; prints the 95th percentile."""
    call_command("charger_territoires", stdout=io.StringIO())
    donnees.organisations(taille)
    noms = list(Territoire.objects.order_by("pk").values_list("nom", flat=True))
    noms += Organisation.objects.order_by("pk").values_list("nom", flat=True)
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")
    client = Client()
    chercher(client, "lyon")  # what is loaded once, apart
    nous: list[float] = []
    plancher: list[float] = []
    for saisie in _saisies(noms):
        nous.append(chronometrer(partial(chercher, client, saisie)))
        plancher.append(chronometrer(partial(chercher_en_sql, saisie)))
    print(f"organisations p95={centile_95(nous) * 1000:.1f} ms, names={len(noms)}")
    return Resultat(sum(nous) / len(nous), sum(plancher) / len(plancher))


def chercher(client: Client, saisie: str) -> bytes:
    """What the page is sent while a person types: organisations, then territories."""
    reponse = client.get("/organisations/", {"q": saisie}, headers={"HX-Request": "true"})
    if reponse.status_code != 200:
        raise RuntimeError(f"/organisations/?q={saisie} answered {reponse.status_code}")
    return reponse.content


def chercher_en_sql(saisie: str) -> list[object]:
    """The same two questions without models: names and keys only."""
    requete = " & ".join(f"{mot}:*" for mot in saisie.lower().split())
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT id, nom FROM comptes_organisation"
            " WHERE recherche @@ to_tsquery('simple', sans_accents(%s)) ORDER BY nom LIMIT %s",
            [requete, MONTRES],
        )
        trouvees = curseur.fetchall()
        curseur.execute(
            "SELECT id, nom FROM comptes_territoire"
            " WHERE recherche @@ to_tsquery('simple', sans_accents(%s))"
            " ORDER BY population DESC NULLS LAST, nom LIMIT %s",
            [requete, MONTRES],
        )
        return [*trouvees, *curseur.fetchall()]


def _saisies(noms: list[str]) -> list[str]:
    """Beginnings of names, of three letters to the whole, as one types them."""
    tirage = random.Random(27)
    saisies: list[str] = []
    while len(saisies) < RECHERCHES:
        nom = "".join(c if c.isalnum() else " " for c in tirage.choice(noms))
        debut = nom[: tirage.randint(3, max(3, len(nom)))].strip()
        if len(debut) >= 3:
            saisies.append(debut)
    return saisies
