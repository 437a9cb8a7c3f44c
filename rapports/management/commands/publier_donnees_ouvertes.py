"""``manage.py publier_donnees_ouvertes``: write the open data now, without waiting for the night."""

from typing import Any

from django.core.management.base import BaseCommand

from rapports import ouvertes


class Command(BaseCommand):
    """Prints how many rows left."""

    help = "Écrit les données ouvertes maintenant, sans attendre la nuit."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Données ouvertes : {ouvertes.publier()} lignes.")
