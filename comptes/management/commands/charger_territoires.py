"""``manage.py charger_territoires``: communes, EPCI, départements and régions of the official code."""

from typing import Any

from django.core.management.base import BaseCommand

from comptes.territoires import charger


class Command(BaseCommand):
    """Idempotent: what the database says already is left alone."""

    help = "Charge les communes, intercommunalités, départements et régions (COG 2026)."

    def handle(self, *args: Any, **options: Any) -> None:
        bilan = charger()
        if not bilan.crees and not bilan.mis_a_jour:
            self.stdout.write(f"Territoires : {bilan.inchanges}, rien à changer.")
        else:
            self.stdout.write(
                f"Territoires : {bilan.crees} ajoutés, {bilan.mis_a_jour} mis à jour, "
                f"{bilan.inchanges} inchangés."
            )
        if bilan.disparus:
            self.stdout.write(
                f"Dans la base mais plus dans le code officiel : {', '.join(bilan.disparus[:20])}"
            )
