"""What waits too long: shown by its date alone, told once a day to whoever it concerns, never twice."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from config.jours import instant_de
from engagement import tasks
from engagement.bacs import BACS
from engagement.guichet import cellules_de, compter
from engagement.vieillissement import REGLES, Niveau, niveau, seuils
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.engagement.bacs_remplis import (
    JOUR,
    LIGNES,
    MAINTENANT,
    un_besoin,
    une_mise,
)
from tests.fabriques_engagement import DispositifFactory, un_mediateur

pytestmark = pytest.mark.django_db
UN_JOUR = dt.timedelta(days=1)


@pytest.fixture
def horloge():
    with time_machine.travel(MAINTENANT, tick=False) as horloge:
        yield horloge


@pytest.fixture
def dispositif(horloge):
    return DispositifFactory(nom="Réserve")


@pytest.fixture
def moi(dispositif):
    return un_mediateur(dispositif, nom="Camille")


@pytest.fixture
def collegue(dispositif):
    return un_mediateur(dispositif, nom="Dominique")


def nombre(user, dispositif, bac, panier="cellule"):
    return compter(user, cellules_de([dispositif.pk]))[dispositif.pk][bac][panier]


def matin(horloge, jour):
    """The beat rings at 6:20 that day; the mails it plans, as they would leave at 8:00."""
    horloge.move_to(instant_de(jour, 6) + dt.timedelta(minutes=20))
    deja = set(Message.objects.values_list("pk", flat=True))
    tasks.rappeler_le_guichet()
    tasks.rappeler_le_guichet()  # twice is once
    horloge.move_to(instant_de(jour, 8))
    return lire(Message.objects.filter(genre="guichet_du_jour").exclude(pk__in=deja))


def lire(messages):
    ecrits = [(m.destinataire, redacteur_de(m.genre)(m)) for m in messages.order_by("pk")]
    return {qui: courriel for qui, courriel in ecrits if courriel}


def test_a_need_without_a_candidate_surfaces_after_three_working_days(horloge, dispositif, moi):
    jeudi = dt.date(2027, 2, 25)
    un_besoin(dispositif, ouvert_le=instant_de(jeudi, 17))
    for jour, attendu in ((jeudi, 0), (dt.date(2027, 3, 1), 0), (dt.date(2027, 3, 2), 1)):
        horloge.move_to(instant_de(jour, 9))  # the week-end does not count
        assert nombre(moi, dispositif, "sans_candidat") == attendu


def test_an_urgent_need_surfaces_at_once(horloge, dispositif, moi):
    un_besoin(dispositif, ouvert_le=MAINTENANT, urgence="1")
    un_besoin(dispositif, ouvert_le=MAINTENANT, urgence="2")
    assert nombre(moi, dispositif, "sans_candidat") == 1
    horloge.move_to(MAINTENANT + UN_JOUR)
    assert nombre(moi, dispositif, "sans_candidat") == 2


def test_a_candidate_takes_the_need_off_and_a_refusal_brings_it_back(horloge, dispositif, moi):
    besoin = LIGNES["sans_candidat"](dispositif)
    mise = une_mise(dispositif, besoin=besoin)
    assert nombre(moi, dispositif, "sans_candidat") == 0
    mise.decliner(par=moi)
    assert nombre(moi, dispositif, "sans_candidat") == 1


@pytest.mark.parametrize(
    ("jours", "attendu"),
    [(8, None), (9, "À faire"), (20, "À faire"), (21, "En retard"), (44, "En retard"), (45, "Pour toute la cellule")],
)  # fmt: skip
def test_a_proposal_ages_at_9_21_and_45_days(horloge, dispositif, moi, jours, attendu):
    une_mise(dispositif, attend_depuis=MAINTENANT - jours * UN_JOUR)
    assert nombre(moi, dispositif, "relancer") == (attendu is not None)
    depuis = JOUR - jours * UN_JOUR
    assert niveau("relancer", depuis, JOUR).en_mots == (attendu or "")


def test_every_rule_gets_more_pressing_and_ends_with_the_whole_cellule():
    for bac, regles in REGLES.items():
        for urgence in regles:
            pas = seuils(bac, urgence)
            assert [s.niveau for s in pas] == sorted({s.niveau for s in pas})
            assert pas[-1].niveau == Niveau.CELLULE
            assert [s.jours for s in pas] == sorted(s.jours for s in pas)


def test_the_documentation_names_every_bac_and_says_every_rule():
    page = (Path(settings.RACINE) / "docs" / "guichet.md").read_text()
    assert [bac.cle for bac in BACS if f"`{bac.cle}`" not in page] == []
    dits = [ligne for ligne in page.split("## How things age")[1].splitlines() if ligne[:2] == "| "]
    for bac, regles in REGLES.items():
        (ligne,) = [ligne for ligne in dits if f"`{bac}`" in ligne.split("|")[1]]
        for urgence in regles:
            assert ", ".join(str(s.jours) for s in seuils(bac, urgence)) in ligne


def test_the_shown_and_the_mailed_step_are_the_same_day(horloge, dispositif, moi):
    une_mise(dispositif, attend_depuis=MAINTENANT, mediateur=moi)
    dits = {}
    for rang in range(50):
        jour = JOUR + rang * UN_JOUR
        for courriel in matin(horloge, jour).values():
            dits[rang] = courriel.texte
    # 9, 21 and 45 days; the 9th after 2 March is a Thursday, the 21st a Tuesday, the 45th a Friday.
    assert list(dits) == [9, 21, 45]
    assert "depuis 21 jours" in dits[21]
    assert "pour toute la cellule" in dits[45]


def test_each_is_told_what_they_follow_and_all_what_nobody_does(horloge, dispositif, moi, collegue):
    for titre, suivi, jours in (
        ("À moi", moi, 9), ("À elle", collegue, 9), ("À personne", None, 9), ("Vieux", collegue, 45),
    ):  # fmt: skip
        une_mise(
            dispositif,
            besoin=un_besoin(dispositif, titre=titre),
            mediateur=suivi,
            attend_depuis=MAINTENANT - jours * UN_JOUR,
        )
    courriels = matin(horloge, JOUR)
    assert set(courriels) == {moi.email, collegue.email}
    dit = {
        q: [t for t in ("À moi", "À elle", "« À personne »", "Vieux") if t in c.texte]
        for q, c in courriels.items()
    }
    assert dit[moi.email] == ["À moi", "« À personne »", "Vieux"]
    assert dit[collegue.email] == ["À elle", "« À personne »", "Vieux"]
    assert "3 lignes" in courriels[moi.email].objet
    assert matin(horloge, JOUR + UN_JOUR) == {}  # nothing new: no mail


def test_a_cause_that_moves_before_the_mail_leaves_is_not_in_it(horloge, dispositif, moi):
    mise = une_mise(dispositif, attend_depuis=MAINTENANT - 9 * UN_JOUR, mediateur=moi)
    autre = LIGNES["qualifier"](dispositif, mediateur=moi)
    horloge.move_to(instant_de(JOUR, 6))
    tasks.rappeler_le_guichet()
    mise.decliner(par=moi)
    (courriel,) = lire(Message.objects.filter(genre="guichet_du_jour")).values()
    assert (
        mise.besoin.titre + " »" in courriel.texte
    )  # the need without a candidate may have the same title
    assert "attend la réponse" not in courriel.texte
    autre.ecarter(par=moi, motif="Hors du cadre")
    assert lire(Message.objects.filter(genre="guichet_du_jour")) == {}


def test_nothing_leaves_on_a_day_off_and_nothing_is_lost_by_an_outage(horloge, dispositif, moi):
    une_mise(dispositif, attend_depuis=instant_de(dt.date(2027, 2, 25), 9), mediateur=moi)
    samedi = dt.date(2027, 3, 6)  # the ninth day
    assert matin(horloge, samedi) == {}
    assert matin(horloge, dt.date(2027, 3, 11))  # no worker ran from Monday to Wednesday
    assert matin(horloge, dt.date(2027, 3, 12)) == {}


def test_who_left_hears_nothing_and_their_lines_are_everybody_s(horloge, dispositif, moi, collegue):
    une_mise(dispositif, attend_depuis=MAINTENANT - 9 * UN_JOUR, mediateur=collegue)
    dispositif.mediations.filter(utilisateur=collegue).update(jusqu_au=MAINTENANT - UN_JOUR)
    courriels = matin(horloge, JOUR)
    assert set(courriels) == {moi.email}
    depart = Message.objects.get(genre="guichet_depart")
    assert depart.destinataire == moi.email
    assert "n'est plus dans la cellule" in redacteur_de("guichet_depart")(depart).texte


def test_a_mail_carries_neither_names_nor_coordinates_nor_reasons(horloge, dispositif, moi):
    mise = une_mise(dispositif, attend_depuis=MAINTENANT - 9 * UN_JOUR, motif="dit à l'autre")
    (courriel,) = matin(horloge, JOUR).values()
    for tu in (mise.personne.nom, mise.personne.email, mise.personne.telephone, mise.motif):
        assert tu not in courriel.texte + courriel.html


def test_a_meeting_whose_day_is_past_asks_to_be_noted(horloge, dispositif, moi):
    mise = une_mise(dispositif, etat="en_discussion", rencontre_le=MAINTENANT, mediateur=moi)
    assert nombre(moi, dispositif, "rencontres") == 1
    assert matin(horloge, JOUR) == {}
    assert set(matin(horloge, JOUR + UN_JOUR)) == {moi.email}
    assert nombre(moi, dispositif, "a_noter") == 1
    assert mise.etat == "en_discussion"
