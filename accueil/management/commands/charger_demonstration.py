"""``manage.py charger_demonstration``: accounts, tests and dispositifs to try the platform with.

Here because it brings rooms together: none of them knows all the others.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from comptes.demonstration import creer_comptes
from comptes.models import Adhesion, Organisation, Utilisateur
from engagement.demonstration import MEDIATEUR, charger_les_dispositifs
from pistes.demonstration import charger_les_chantiers
from reflexes.lecture import CorpusIllisible
from tests_programme import demonstration
from tests_programme.recits_charges import PistesAbsentes

LECTEUR = "curateur@example.org"


class Command(BaseCommand):
    """Never for a real installation: the accounts share one password."""

    help = "Crée les comptes, les tests et les dispositifs de démonstration, datés autour d'aujourd'hui."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mot-de-passe", required=True, help="celui de tous les comptes créés")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                organisations, demos = demonstration.lire()
                creees = demonstration.charger_les_organisations(organisations)
                creer_comptes(options["mot_de_passe"])
                auteurs = {cle: _agent(organisation) for cle, organisation in creees.items()}
                lecteur = Utilisateur.objects.filter(email=LECTEUR).first()
                if lecteur is None:
                    raise CommandError(f"Le compte de démonstration {LECTEUR} n'existe plus.")
                nombre = demonstration.charger(demos, creees, auteurs, lecteur=lecteur)
                charger_les_chantiers(creees, auteurs)
                mediateur = Utilisateur.objects.filter(email=MEDIATEUR).first()
                dispositifs = charger_les_dispositifs(creees["montessai"], mediateur)
        except (CorpusIllisible, PistesAbsentes) as erreur:
            raise CommandError(f"{erreur} Rien n'a été chargé.") from erreur
        if nombre or dispositifs:
            self.stdout.write(
                f"Démonstration chargée : {nombre} tests et {dispositifs} dispositifs imaginaires."
            )
        else:
            self.stdout.write("Démonstration déjà chargée : rien à faire.")


def _agent(organisation: Organisation) -> Utilisateur:
    """The demonstration agent of an organisation: the one who leads its tests."""
    adhesions = Adhesion.objects.actives().filter(organisation=organisation)
    adhesion = adhesions.order_by("role", "pk").select_related("utilisateur").first()
    if adhesion is None:
        raise CommandError(f"« {organisation} » n'a pas de compte de démonstration.")
    utilisateur: Utilisateur = adhesion.utilisateur
    return utilisateur
