"""Places: one in each half-day, an ordered list, a freed one held 48 hours for the first, then the next."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from engagement import places
from engagement.liens import jeton_d_attente
from engagement.models import Attente, DemiJournee
from engagement.tasks import passer_les_places
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.fabriques_engagement import (
    BesoinFactory,
    un_jour_de_semaine,
    un_mediateur,
    une_mission,
)

pytestmark = pytest.mark.django_db
DEUX_JOURS = dt.timedelta(hours=48, minutes=1)


@pytest.fixture
def file():
    """One in mission, then two who wait."""
    besoin = BesoinFactory(places=1)
    par = un_mediateur(besoin.dispositif)
    return [une_mission(par, besoin=besoin) for _ in range(3)]


def page(mise):
    return reverse(
        "engagement:attente", args=[jeton_d_attente(Attente.objects.get(mise_en_relation=mise))]
    )


def etat(mise):
    mise.refresh_from_db()
    attente = Attente.objects.filter(mise_en_relation=mise).first()
    return mise.etat, attente.etat if attente else None


def test_a_freed_place_is_held_for_the_first_who_takes_it_by_their_link(client, file):
    premiere, deuxieme, troisieme = file
    places.liberer(premiere, timezone.now())
    assert etat(deuxieme) == ("rencontree", "tenue")
    assert etat(troisieme) == ("rencontree", "attend")
    message = Message.objects.get(genre="place_gardee")
    assert page(deuxieme)[:22] in redacteur_de("place_gardee")(message).texte
    assert "gardée" in client.get(page(deuxieme)).content.decode()
    client.post(page(deuxieme), {"reponse": "oui"})
    client.post(page(deuxieme), {"reponse": "oui"})
    assert etat(deuxieme) == ("en_mission", "servie")
    assert DemiJournee.objects.filter(etat="prevue").count() == 1


def test_a_hold_that_ran_out_is_over_without_a_worker(client, file, time_machine):
    premiere, deuxieme, troisieme = file
    places.liberer(premiere, timezone.now())
    time_machine.move_to(timezone.now() + DEUX_JOURS)
    at = timezone.now()
    assert list(places.libres(premiere.besoin, at).values()) == [1]
    assert "Ce temps est passé" in client.get(page(deuxieme)).content.decode()
    assert client.post(page(deuxieme), {"reponse": "oui"}).status_code == 409
    assert passer_les_places() == 1
    assert etat(deuxieme) == ("rencontree", "passee")
    assert etat(troisieme) == ("rencontree", "tenue")
    assert passer_les_places() == 0
    assert Message.objects.filter(genre="place_passee").count() == 1


def test_late_but_with_nobody_behind_the_place_is_still_theirs(client, file, time_machine):
    premiere, deuxieme, troisieme = file
    troisieme.decliner(cote="personne")
    places.liberer(premiere, timezone.now())
    time_machine.move_to(timezone.now() + DEUX_JOURS)
    passer_les_places()
    client.post(page(deuxieme), {"reponse": "oui"})
    assert etat(deuxieme) == ("en_mission", "servie")


def test_leaving_the_list_passes_the_held_place_on(client, file):
    premiere, deuxieme, troisieme = file
    places.liberer(premiere, timezone.now())
    client.post(page(deuxieme), {"reponse": "non"})
    assert etat(deuxieme) == ("declinee", "retiree")
    assert etat(troisieme)[1] == "tenue"


def test_a_mission_interrupted_frees_its_place_for_the_first(file):
    premiere, deuxieme, _ = file
    premiere.interrompre(cote="personne", prive="Fatigue")
    assert etat(deuxieme)[1] == "tenue"


def test_more_places_are_held_for_the_first_ones(file):
    besoin = file[0].besoin
    type(besoin).objects.filter(pk=besoin.pk).update(places=3)
    places.garder_pour_le_premier(besoin, timezone.now())
    assert [etat(mise)[1] for mise in file[1:]] == ["tenue", "tenue"]
    numeros = DemiJournee.objects.order_by("numero").values_list("numero", flat=True)
    assert list(numeros) == [1, 2, 3]


def test_who_has_just_agreed_does_not_pass_before_who_waits(file):
    premiere, deuxieme, _ = file
    DemiJournee.objects.filter(mise_en_relation=premiere).update(etat="annulee")
    derniere = une_mission(besoin=premiere.besoin)
    assert etat(deuxieme)[1] == "tenue"
    assert etat(derniere) == ("rencontree", "attend")


def test_a_place_is_taken_in_every_half_day_or_in_none():
    jours = [(un_jour_de_semaine(10), 0), (un_jour_de_semaine(10), 1)]
    besoin = BesoinFactory(places=1, creneaux=jours)
    par = un_mediateur(besoin.dispositif)
    une_mission(par, besoin=besoin)
    DemiJournee.objects.filter(moment=1).update(etat="annulee")
    mise = une_mission(par, besoin=besoin)
    assert etat(mise) == ("rencontree", "attend")
    assert not mise.demi_journees.exists()


def test_a_text_changed_while_waiting_keeps_the_rank_and_asks_again(file):
    premiere, deuxieme, _ = file
    deuxieme.rediger(
        par=deuxieme.dispositif.mediations.first().utilisateur, conditions="Repas offert."
    )
    places.liberer(premiere, timezone.now())
    assert etat(deuxieme)[1] == "attend"
    assert etat(file[2])[1] == "tenue"
    for accord in deuxieme.accords.filter(etat="demande"):
        accord.donner()
    assert etat(deuxieme)[1] == "attend"
    assert deuxieme.attente.rang == 1


def test_a_need_closed_holds_nothing_any_more(file):
    besoin = file[0].besoin
    type(besoin).objects.filter(pk=besoin.pk).update(etat="clos")
    places.liberer(file[0], timezone.now())
    assert etat(file[1])[1] == "attend"
