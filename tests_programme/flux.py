"""What a subscribed calendar holds: asked for its owner at each reading, with the rights of that moment."""

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Count, Q
from icalendar import Calendar, vDuration

from config.agenda import nouvel_agenda
from config.jours import jour_de
from tests_programme import agenda, points
from tests_programme.models import (
    FluxAgenda,
    PartiePrenante,
    PointRegulier,
    Programme,
    Seance,
    Test,
)

if TYPE_CHECKING:
    from tests_programme.querysets import TestQuerySet

# How far back a calendar looks, and how long it says that something is called off.
MEMOIRE = dt.timedelta(days=365)
ANNULE = dt.timedelta(days=60)
# A calendar that no program could show helps nobody.
TESTS, POINTS, SEANCES = 200, 500, 200
RELIRE = dt.timedelta(hours=6)


def ics_du_flux(flux: FluxAgenda, at: dt.datetime | None = None) -> bytes:
    """The calendar of a feed. The same bytes as long as nothing has changed. Six queries at most."""
    ical = nouvel_agenda()
    ical.add("x-wr-calname", _nom(flux))
    ical.add("refresh-interval", vDuration(RELIRE), parameters={"VALUE": "DURATION"})
    ical.add("x-published-ttl", vDuration(RELIRE))
    jour = jour_de(at)
    tests = list(
        _tests(flux)
        .filter(source="", date_peremption__gte=jour - MEMOIRE)
        .exclude(etat="abandonne", modifie_le__date__lt=jour - ANNULE)
        .select_related("organisation__territoire__departement")
        .annotate(lignes=Count("journal"))
        .order_by("-date_peremption", "-pk")[:TESTS]
    )
    for test in sorted(tests, key=lambda t: t.pk):
        ical.add_component(agenda.fin_du_test(test, lignes=cast(Any, test).lignes))
    _ajouter_points(ical, tests, jour)
    seances = Seance.objects.filter(programme__in=_programmes(flux), debut__gte=jour - MEMOIRE)
    seances = seances.exclude(annulee_le__date__lt=jour - ANNULE)
    for seance in seances.select_related("programme").order_by("-debut", "-pk")[:SEANCES]:
        ical.add_component(agenda.seance_du_programme(seance))
    return bytes(ical.to_ical())


def _nom(flux: FluxAgenda) -> str:
    return f"Réflexes publics : {flux}" if flux.test_id or flux.programme_id else "Réflexes publics"


def _tests(flux: FluxAgenda) -> "TestQuerySet":
    """Those its owner may see today, and that the feed is about."""
    user = flux.utilisateur
    visibles = Test.objects.visible_to(user)
    if flux.test_id:
        return visibles.filter(pk=flux.test_id)
    if flux.programme_id:
        return visibles.filter(programme=flux.programme_id)
    portes = PartiePrenante.objects.filter(role="porteur", email__iexact=user.email)
    siennes = user.adhesions.actives().values("organisation")
    return visibles.filter(Q(organisation__in=siennes) | Q(pk__in=portes.values("test")))


def _programmes(flux: FluxAgenda) -> Any:
    if flux.test_id:
        return Programme.objects.none()
    if flux.programme_id:
        return Programme.objects.filter(pk=flux.programme_id)
    return Programme.objects.suivis_par(flux.utilisateur)


def _ajouter_points(ical: Calendar, tests: list[Test], jour: dt.date) -> None:
    """The points of these tests; those that a test stopped before are said to be called off. One query."""
    siens = PointRegulier.objects.filter(test__in=tests, prevu_le__gte=jour - MEMOIRE)
    prevus: dict[int, list[dt.date]] = defaultdict(list)
    for pk, prevu_le in siens.order_by("-prevu_le").values_list("test", "prevu_le")[:POINTS]:
        prevus[pk].append(prevu_le)
    for test in tests:
        lignes = cast(Any, test).lignes
        for prevu_le in sorted(prevus[test.pk]):
            ical.add_component(agenda.point_du_test(test, prevu_le, lignes=lignes))
        if test.arrete_avant_sa_date and jour_de(test.termine_le) >= jour - ANNULE:
            for tombe in sorted({*points.jours_du_rythme(test)} - {*prevus[test.pk]}):
                ical.add_component(agenda.point_du_test(test, tombe, lignes=lignes, supprime=True))
