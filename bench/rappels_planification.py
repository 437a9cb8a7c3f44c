"""Planning reminders in bulk, against a bare bulk insert of the same rows."""

import datetime as dt
import json
from collections.abc import Callable, Iterator

from django.db import connection
from django.utils import timezone
from psycopg2.extras import execute_values

from bench.registre import Resultat, comparer, memoire_de, mesure
from rappels import boite
from rappels.en_masse import LOT, Prevision
from rappels.models import Message

INSERTION = (
    "INSERT INTO rappels_message"
    " (cle, genre, sujet, destinataire, donnees, prevu_le, etat, tentatives, derniere_erreur, cree_le)"
    " VALUES %s"
)


@mesure("rappels_planification", taille=50_000)
def rappels_planification(taille: int) -> Resultat:
    """``taille`` reminders of the future, four a test; prints what planning all of them again costs."""
    print(f"rappels_planification {memoire_de(lambda: _planifier(taille))}")
    resultat = comparer(lambda: _a_vide(_planifier, taille), lambda: _a_vide(_inserer, taille), 3)
    _a_vide(_planifier, taille)
    encore = comparer(lambda: _planifier(taille), lambda: None, 1).nous
    if Message.objects.count() != taille:
        raise RuntimeError("Planning again doubled some rows.")
    print(f"rappels_planification {taille / resultat.nous:.0f}/s, again {taille / encore:.0f}/s")
    return resultat


def _a_vide(action: Callable[[int], object], taille: int) -> None:
    with connection.cursor() as curseur:
        curseur.execute("TRUNCATE rappels_message CASCADE")
    action(taille)


def _previsions(taille: int) -> Iterator[Prevision]:
    debut = timezone.now() + dt.timedelta(days=1)
    for n in range(taille):
        adresse, sujet = f"personne{n % 997}@exemple.fr", f"test:{n // 4}"
        yield Prevision(
            genre="peremption_14",
            sujet=sujet,
            destinataire=adresse,
            cle=f"peremption_14:{sujet}:{adresse}:{n}",
            prevu_le=debut + dt.timedelta(minutes=n % 100_000),
            donnees={"annonce": "2027-05-12"},
        )


def _planifier(taille: int) -> int:
    boite.planifier_en_masse(_previsions(taille))
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_total_relation_size('rappels_message')")
        return int(curseur.fetchone()[0])


def _inserer(taille: int) -> None:
    at = timezone.now()
    lignes = (
        (
            p.cle,
            p.genre,
            p.sujet,
            p.destinataire,
            json.dumps(p.donnees),
            p.prevu_le,
            "prevu",
            0,
            "",
            at,
        )
        for p in _previsions(taille)
    )
    with connection.cursor() as curseur:
        execute_values(curseur.cursor, INSERTION, lignes, page_size=LOT)
