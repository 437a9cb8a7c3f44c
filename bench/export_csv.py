"""The tests as CSV, through the view, against PostgreSQL's own COPY of the same columns."""

import tempfile
from typing import Any

from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from bench import donnees
from bench.registre import Resultat, comparer, memoire_de, mesure
from comptes.models import Utilisateur
from rapports.colonnes import Lecture
from rapports.export_tests import TESTS
from rapports.views import export


@mesure("export_csv", taille=10_000)
def export_csv(taille: int) -> Resultat:
    """Both write a file. COPY neither neutralises formulas nor writes French dates and words."""
    admin = donnees.administrateur()
    donnees.tests(taille)
    print("export_csv", memoire_de(lambda: telecharger(admin, "csv")))
    return comparer(lambda: telecharger(admin, "csv"), lambda: copier(admin), fois=3)


def telecharger(admin: Utilisateur, format: str) -> int:
    """The size in bytes of the file our view sends."""
    requete: Any = RequestFactory().get(f"/exports/tests.{format}")
    requete.user = admin
    reponse: Any = export(requete, "tests", format)
    with tempfile.TemporaryFile() as fichier:
        for morceau in reponse:
            fichier.write(morceau)
        reponse.close()
        return fichier.tell()


def copier(admin: Utilisateur) -> int:
    """The size in bytes of what COPY sends."""
    requete = TESTS.requete(TESTS.filtre({}, admin), Lecture(admin, timezone.now()))
    with connection.cursor() as curseur, tempfile.TemporaryFile() as fichier:
        sql = curseur.mogrify(*requete.query.sql_with_params()).decode()
        options = "FORMAT csv, DELIMITER ';', HEADER"
        curseur.copy_expert(f"COPY ({sql}) TO STDOUT WITH ({options})", fichier)
        return fichier.tell()
