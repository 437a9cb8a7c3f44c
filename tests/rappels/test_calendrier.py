"""Working days and Paris time."""

import datetime as dt

import pytest

from rappels.calendrier import est_ouvre, instant_d_envoi, jour_ouvre
from rappels.redaction import jour_en_mots


def _jour(texte):
    return dt.date.fromisoformat(texte)


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        ("2027-05-12", "2027-05-12"),  # a Wednesday
        ("2027-05-15", "2027-05-18"),  # Saturday before Whit Monday
        ("2026-12-25", "2026-12-28"),  # Christmas on a Friday
        ("2027-01-01", "2027-01-04"),
        ("2027-07-14", "2027-07-15"),
    ],
)
def test_a_reminder_moves_to_the_next_working_day(jour, attendu):
    assert jour_ouvre(_jour(jour)) == _jour(attendu)


@pytest.mark.parametrize(
    ("jour", "limite", "attendu"),
    [
        ("2027-05-16", "2027-05-16", "2027-05-14"),  # Sunday: the Friday before
        ("2027-05-17", "2027-05-17", "2027-05-14"),  # Whit Monday: the Friday before
        ("2027-05-15", "2027-05-18", "2027-05-18"),  # later is still in time
        ("2027-05-14", "2027-05-13", "2027-05-13"),  # a limit before the day itself
    ],
)
def test_it_moves_earlier_when_later_would_pass_the_date(jour, limite, attendu):
    assert jour_ouvre(_jour(jour), au_plus_tard=_jour(limite)) == _jour(attendu)


def test_no_day_of_six_years_is_sent_on_a_day_off_or_past_its_limit():
    jour = _jour("2026-01-01")
    while jour.year < 2032:
        envoi = jour_ouvre(jour, au_plus_tard=jour)
        assert est_ouvre(envoi)
        assert envoi <= jour
        assert jour - envoi <= dt.timedelta(days=5)
        assert jour_ouvre(jour) >= jour
        jour += dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("jour", "heure_utc"),
    [
        ("2026-03-27", 7),  # Friday, winter
        ("2026-03-29", 6),  # Sunday the clocks go forward: Monday, summer
        ("2026-10-23", 6),  # Friday, summer
        ("2026-10-25", 7),  # Sunday the clocks go back: Monday, winter
    ],
)
def test_it_is_eight_in_paris_on_both_sides_of_the_clock_changes(jour, heure_utc):
    assert instant_d_envoi(_jour(jour)).astimezone(dt.UTC).hour == heure_utc


def test_days_are_said_in_words():
    assert jour_en_mots(_jour("2027-05-12")) == "mercredi 12 mai 2027"
    assert jour_en_mots(_jour("2027-08-01")) == "dimanche 1er août 2027"
