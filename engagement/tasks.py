"""What happens at the desk by the date alone."""

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from celery import shared_task
from django.db import transaction
from django.utils import timezone

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation

journal = logging.getLogger(__name__)


def _pour_chaque_mission(pks: Iterable[int], geste: "Callable[[MiseEnRelation], object]") -> int:
    """Do it for each, its rows locked; one that fails is for the log, and keeps no other from its turn."""
    from engagement.models import MiseEnRelation

    nombre = 0
    for pk in pks:
        try:
            with transaction.atomic():
                mise = MiseEnRelation.objects.avec_tout().get(pk=pk)
                nombre += geste(mise) is not False
        except Exception:
            journal.exception("mission %s: skipped", pk)
    return nombre


@shared_task
def ramener_les_missions() -> int:
    """Record the missions whose last half-day is past; return how many. Readers never wait for it."""
    from engagement.models import MiseEnRelation

    finies = MiseEnRelation.objects.finies().order_by("pk").values_list("pk", flat=True)
    return _pour_chaque_mission(finies.iterator(), lambda mise: mise.revenir(cote="date"))


@shared_task
def suivre_les_missions() -> int:
    """Plan again what missions and loans have to say: people and addresses change. Harmless twice."""
    from engagement import missions
    from engagement.models import MiseEnRelation

    vivantes = MiseEnRelation.objects.filter(etat__in=["en_mission", "retour"]).order_by("pk")
    return _pour_chaque_mission(
        vivantes.values_list("pk", flat=True).iterator(), missions.replanifier
    )


@shared_task
def effacer_les_orphelins() -> int:
    """Delete the pictures of offers and loans that nothing names any more; return how many."""
    from engagement import orphelins

    return orphelins.effacer_les_orphelins()


@shared_task
def achever_les_clotures() -> int:
    """Go on with the dispositifs that are closing; return how many are over now. Harmless twice."""
    from engagement import cloture
    from engagement.models import Dispositif

    en_cours = list(Dispositif.objects.en_cloture().order_by("pk").values_list("pk", flat=True))
    return sum(cloture.achever(pk) for pk in en_cours)


@shared_task
def rappeler_le_guichet() -> int:
    """Tell each cellule, once a day, what has waited too long; return how many mails. Harmless when run twice."""
    from engagement import paniers, rappels_guichet
    from engagement.models import Dispositif

    nombre = 0
    for pk in (
        Dispositif.objects.exclude(etat="preparation").order_by("pk").values_list("pk", flat=True)
    ):
        try:
            with transaction.atomic():
                dispositif = Dispositif.objects.select_for_update(of=("self",)).get(pk=pk)
                paniers.rendre_ceux_des_partis(dispositif)
                nombre += rappels_guichet.planifier(dispositif)
        except Exception:
            journal.exception("desk %s: skipped", pk)
    return nombre


@shared_task
def passer_les_places() -> int:
    """Record the holds of 48 hours that ran out, and hold for the next; return of how many needs.

    Readers never wait for it: a hold is read from its date.
    """
    from engagement import places
    from engagement.attente import besoins_a_ranger

    at, nombre = timezone.now(), 0
    for besoin in besoins_a_ranger(at):
        try:
            places.garder_pour_le_premier(besoin, at)
            nombre += 1
        except Exception:
            journal.exception("places of the need %s: skipped", besoin.pk)
    return nombre


@shared_task
def calculer_suggestions(dispositif_id: int) -> int | None:
    """Compute the suggestions of a whole dispositif; return how many. Harmless when run twice, or two at once."""
    from engagement import suggestions_gardees

    return suggestions_gardees.calculer(dispositif_id)


@shared_task
def calculer_toutes_les_suggestions() -> int:
    """Each night, for every open dispositif; and nothing is kept of the closed ones. Return for how many."""
    from engagement.models import Dispositif, Suggestion

    Suggestion.objects.exclude(besoin__dispositif__in=Dispositif.objects.ouverts()).delete()
    ouverts = Dispositif.objects.ouverts().order_by("pk").values_list("pk", flat=True)
    for pk in ouverts:
        try:
            calculer_suggestions(pk)
        except Exception:
            journal.exception("suggestions of the dispositif %s: skipped", pk)
    return len(ouverts)


@shared_task
def tenir_les_listes_appels() -> int:
    """Erase the lists of calls whose day has come, take back forgotten sheets; return how many were erased."""
    from engagement import veille_appels

    return veille_appels.tenir_les_listes()


@shared_task
def oublier_les_besoins() -> int:
    """Forget the needs whose address nobody confirmed; return how many."""
    from engagement import veille_appels

    return veille_appels.oublier_les_besoins_non_confirmes(timezone.now())


@shared_task
def effacer_les_personnes() -> int:
    """Forget the people whose time has come, and offers nobody confirmed; return how many."""
    from engagement import conservation

    return conservation.effacer_les_personnes()
