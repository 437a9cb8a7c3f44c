"""``manage.py charger_corpus``: the shipped catalogue, loaded as often as one likes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from pistes import corpus_charge, corpus_crises, corpus_lu, rattachements
from reflexes import corpus_enquete
from reflexes.lecture import CorpusIllisible


class Command(BaseCommand):
    """Reads every file first, then writes all of it in one transaction, or nothing."""

    help = "Charge le catalogue livré (enquête, controverses, orientations, pistes, crises)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The two folders, for those who keep their own corpus."""
        parser.add_argument("--dossier", type=Path, default=corpus_lu.DOSSIER, help="recueils")
        parser.add_argument("--enquete", type=Path, default=corpus_enquete.FICHIER, help="enquête")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say in words what changed."""
        try:
            enquete = corpus_enquete.lire(options["enquete"])
            recueils = corpus_lu.lire_tout(options["dossier"])
            crises = corpus_crises.lire()
            rattachements.verifier(recueils, enquete)
        except CorpusIllisible as erreur:
            raise CommandError(f"{erreur} Rien n'a été chargé.") from erreur
        with transaction.atomic():
            bilans = [corpus_enquete.charger(enquete)]
            for recueil in recueils:
                bilans.append(corpus_charge.charger(recueil))
                rattachements.charger(recueil, bilans[-1])
            bilans.append(corpus_crises.charger(crises))
        for phrase in (phrase for bilan in bilans for phrase in bilan.gardes):
            self.stdout.write(f"  {phrase}")
        crees = sum(bilan.crees for bilan in bilans)
        mis_a_jour = sum(bilan.mis_a_jour for bilan in bilans)
        if crees or mis_a_jour:
            self.stdout.write(
                f"Catalogue chargé : {crees} textes ajoutés, {mis_a_jour} mis à jour."
            )
        else:
            self.stdout.write("Catalogue déjà chargé : rien à faire.")
