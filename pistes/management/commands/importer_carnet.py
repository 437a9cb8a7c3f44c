"""``manage.py importer_carnet FICHIER``: read the notebook; with ``--appliquer``, bring it in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from pistes.carnet.analyse import analyser
from pistes.carnet.erreurs import CarnetIllisible
from pistes.carnet.lecture import lire_fichier
from pistes.carnet.rapport import rendre
from pistes.importation import BilanImport, ImportRefuse, importer
from reflexes.lecture import CorpusIllisible


class Command(BaseCommand):
    """Without the flag, nothing is written: it prints what it understood and what it doubts."""

    help = "Lit le carnet original (Markdown) et, sur demande, en fait des brouillons."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether to write."""
        parser.add_argument("fichier", type=Path)
        parser.add_argument(
            "--appliquer", action="store_true", help="enregistre les textes en brouillons"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, print, then import when asked."""
        try:
            carnet = analyser(lire_fichier(options["fichier"]))
        except CarnetIllisible as erreur:
            raise CommandError(str(erreur)) from erreur
        self.stdout.write(rendre(carnet))
        if options["appliquer"]:
            try:
                self.stdout.write(_phrase(importer(carnet)))
            except (ImportRefuse, CorpusIllisible) as erreur:
                raise CommandError(str(erreur)) from erreur
            except DatabaseError as erreur:
                raise CommandError(f"Rien n'a été importé : la base refuse ({erreur}).") from erreur
        else:
            self.stdout.write("Rien n'a été écrit. Pour importer : ajoutez --appliquer.")
        self.stdout.write(f"{len(carnet.pistes)} pistes")


def _phrase(bilan: BilanImport) -> str:
    if bilan.rien_de_neuf:
        return "Tout était déjà importé : rien n'a changé."
    return (
        f"Importé en brouillons : {bilan.pistes} textes de piste, "
        f"{bilan.orientations} d'orientation, {bilan.cartographie} version de la cartographie. "
        "Un·e curateur·rice les publie."
    )
