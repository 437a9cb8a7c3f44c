"""``manage.py documenter_la_mise_en_relation``: write docs/vie-d-une-mise-en-relation.md from the table."""

from typing import Any

from django.core.management.base import BaseCommand

from engagement.vie_documentee import FICHIER, document


class Command(BaseCommand):
    """Run after changing engagement/transitions.py."""

    help = "Écrit docs/vie-d-une-mise-en-relation.md d'après la table des transitions."

    def handle(self, *args: Any, **options: Any) -> None:
        FICHIER.write_text(document())
        self.stdout.write("docs/vie-d-une-mise-en-relation.md est à jour.")
