"""``manage.py envoyer_rappels``: one ring of the bell, without Celery."""

from typing import Any

from django.core.management.base import BaseCommand

from rappels.envoi import envoyer_les_messages_dus


class Command(BaseCommand):
    """Sends what is due until nothing is. May run beside workers, or twice at once."""

    help = "Envoie les messages dus, une fois, sans passer par Celery."

    def handle(self, *args: Any, **options: Any) -> None:
        bilan = envoyer_les_messages_dus()
        self.stdout.write(
            f"Messages envoyés : {bilan.envoyes} ; devenus sans objet : {bilan.annules} ; "
            f"reportés : {bilan.reportes} ; échoués : {bilan.echoues}."
        )
        if not bilan.serveur_joint:
            self.stderr.write(
                "Le serveur de courrier ne répond pas : le reste attend le prochain passage."
            )
