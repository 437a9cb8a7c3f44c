"""``manage.py charger_programmes``: the shipped programme and its 13 accounts of tests."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reflexes.lecture import CorpusIllisible
from tests_programme import recits_charges, recits_lus


class Command(BaseCommand):
    """Reads the whole file first, then writes all of it in one transaction, or nothing."""

    help = "Charge le programme Capacités publiques (2022) et ses tests. À lancer après charger_corpus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fichier", type=Path, default=recits_lus.FICHIER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bilan = recits_charges.charger(recits_lus.lire(options["fichier"]))
        except (CorpusIllisible, recits_charges.PistesAbsentes) as erreur:
            raise CommandError(f"{erreur} Rien n'a été chargé.") from erreur
        for phrase in bilan.gardes:
            self.stdout.write(f"  {phrase}")
        if bilan.rien_de_neuf:
            self.stdout.write("Programmes déjà chargés : rien à faire.")
        else:
            self.stdout.write(
                f"Programmes chargés : {bilan.crees} éléments ajoutés, {bilan.mis_a_jour} mis à jour."
            )
