"""``manage.py verifier_liens``: the nightly round of visits, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pistes.liens.tournee import verifier


class Command(BaseCommand):
    """Visits the links of the public inspirations that are due."""

    help = "Vérifie que les liens des inspirations répondent encore (ceux qui n'ont pas été vus depuis 7 jours)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--tous", action="store_true", help="même ceux vus cette semaine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go round, then say in words what was seen."""
        bilan = verifier(tous=options["tous"])
        if bilan.sans_reseau:
            self.stdout.write(
                "Aucun lien n'a répondu : le réseau d'ici est sans doute coupé. Rien n'est noté."
            )
            return
        self.stdout.write(f"Liens visités : {bilan.visites}, sans réponse : {bilan.morts}.")
