"""``manage.py documenter_la_vie``: write docs/vie-du-test.md from the table of transitions."""

from typing import Any

from django.core.management.base import BaseCommand

from tests_programme.vie_documentee import FICHIER, document


class Command(BaseCommand):
    """Run after changing tests_programme/transitions.py."""

    help = "Écrit docs/vie-du-test.md d'après la table des transitions."

    def handle(self, *args: Any, **options: Any) -> None:
        FICHIER.write_text(document())
        self.stdout.write("docs/vie-du-test.md est à jour.")
