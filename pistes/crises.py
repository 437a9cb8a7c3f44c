"""A crisis of the library gets its key from its title, once."""

from django.db import transaction
from django.utils.text import slugify

from config.recherche import normaliser
from pistes.models import Scenario


@transaction.atomic
def ouvrir_une_crise(scenario: Scenario) -> Scenario:
    """Save a new crisis under a free key."""
    racine = slugify(normaliser(scenario.titre).replace("'", " "))[:50] or "crise"
    prises = set(Scenario.objects.filter(cle__startswith=racine).values_list("cle", flat=True))
    libres = (f"{racine}-{n}" if n > 1 else racine for n in range(1, len(prises) + 2))
    scenario.cle = next(cle for cle in libres if cle not in prises)
    scenario.save()
    return scenario
