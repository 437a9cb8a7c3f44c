"""The tests as XLSX, through the view, against a bare xlsxwriter loop on rows already in memory."""

import tempfile

import xlsxwriter
from django.utils import timezone

from bench import donnees
from bench.export_csv import telecharger
from bench.registre import Resultat, comparer, memoire_de, mesure
from rapports.colonnes import Lecture, Ligne
from rapports.ecriture_xlsx import OPTIONS
from rapports.export_tests import COLONNES, TESTS


@mesure("export_xlsx", taille=10_000)
def export_xlsx(taille: int) -> Resultat:
    """The floor reads nothing, cleans nothing and checks nothing: it only writes cells."""
    admin = donnees.administrateur()
    donnees.tests(taille)
    print("export_xlsx", memoire_de(lambda: telecharger(admin, "xlsx")))
    lecture = Lecture(admin, timezone.now())
    lignes = list(TESTS.lignes(TESTS.filtre({}, admin), lecture))
    fois = 3 if taille <= 10_000 else 1
    return comparer(lambda: telecharger(admin, "xlsx"), lambda: boucle_nue(lignes), fois=fois)


def boucle_nue(lignes: list[Ligne]) -> None:
    """Write ready tuples, cell by cell."""
    with tempfile.TemporaryFile() as fichier:
        classeur = xlsxwriter.Workbook(fichier, OPTIONS)
        feuille = classeur.add_worksheet()
        ecrire = {"nombre": feuille.write_number, "date": feuille.write_datetime}
        ecritures = [ecrire.get(colonne.genre, feuille.write_string) for colonne in COLONNES]
        for numero, ligne in enumerate(lignes):
            for rang, valeur in enumerate(ligne):
                if valeur is not None and valeur != "":
                    ecritures[rang](numero, rang, valeur)
        classeur.close()
