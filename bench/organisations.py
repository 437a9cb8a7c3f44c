"""Finding an organisation by typing its name, over all territories, against the bare SQL."""

import csv
import lzma
import random
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench import donnees
from bench.registre import Resultat, centile_95, chronometrer, mesure
from comptes.models import Organisation, Territoire

RECHERCHES = 200
MONTRES = 20


@mesure("organisations", taille=10_000)
def organisations(taille: int) -> Resultat:
    """``taille`` organisations beside the real 36 000 territories; prints the 95th percentile."""
    noms = _territoires() + [o.nom for o in donnees.organisations(taille)]
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")
    saisies = _saisies(noms)
    nous, plancher = [], []
    for saisie in saisies:
        nous.append(chronometrer(lambda s=saisie: chercher(s)))
        plancher.append(chronometrer(lambda s=saisie: chercher_en_sql(s)))
    print(f"organisations p95={centile_95(nous) * 1000:.1f} ms, territoires={len(noms) - taille}")
    return Resultat(sum(nous) / len(nous), sum(plancher) / len(plancher))


def chercher(saisie: str) -> list[object]:
    """What a person who types is offered: organisations on the platform, then territories."""
    trouvees = list(Organisation.objects.nommees(saisie)[:MONTRES])
    return [*trouvees, *Territoire.objects.nommes(saisie)[:MONTRES]]


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
    saisies = []
    while len(saisies) < RECHERCHES:
        nom = "".join(c if c.isalnum() else " " for c in tirage.choice(noms))
        debut = nom[: tirage.randint(3, max(3, len(nom)))].strip()
        if len(debut) >= 3:
            saisies.append(debut)
    return saisies


def _territoires() -> list[str]:
    """The shipped territories, without their parents: names and postcodes are what one searches."""
    fichier = Path(settings.RACINE) / "comptes" / "donnees" / "territoires_2026.csv.xz"
    with lzma.open(fichier, "rt", encoding="utf-8", newline="") as texte:
        lignes = [
            Territoire(
                niveau=ligne["niveau"],
                code=ligne["code"],
                nom=ligne["nom"],
                population=int(ligne["population"]) if ligne["population"] else None,
                codes_postaux=ligne["codes_postaux"],
            )
            for ligne in csv.DictReader(texte)
        ]
    Territoire.objects.bulk_create(lignes, batch_size=donnees.LOT)
    return [territoire.nom for territoire in lignes]
