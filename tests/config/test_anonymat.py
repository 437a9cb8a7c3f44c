"""What tells who somebody is: found as people write it, and nothing else."""

import time

import pytest

from config.anonymat import ce_qui_designe, moyens_de_joindre, noms_possibles, permet_de_joindre


@pytest.mark.parametrize(
    "texte",
    [
        "Écrivez à paul.durand@ville.fr",
        "jeanne [at] ville.fr",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "0612345678",
        "06-12-34-56-78",
        "+33 (0)6 12 34 56 78",
        "0033 6 12 34 56 78",
        "tel:06 12 34 56 78.",
        "+32 470 12 34 56",
    ],
)
def test_ways_to_reach_somebody_are_found(texte):
    assert permet_de_joindre(texte)
    assert ce_qui_designe(texte)


@pytest.mark.parametrize(
    "texte",
    [
        "En 2020, 1 200 000 masques ; le 12/05/2020, 10 000 appels.",
        "Le SIREN 213801855 de la commune",
        "On s'est retrouvés @ la mairie",
        "0,612345678 %",
    ],
)
def test_figures_and_dates_reach_nobody(texte):
    assert not permet_de_joindre(texte)


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("puis Mme Durand a rappelé", "Mme Durand"),
        ("la maire, Sophie MARTIN, a dit", "Sophie MARTIN"),
        ("Paul Durand m'a dit", "Paul Durand"),
        ("J'ai appelé Jean-Paul Dupont", "Jean-Paul Dupont"),
        ("Je m'appelle Inès", "Je m'appelle Inès"),
    ],
)
def test_what_looks_like_a_name_is_shown_as_it_was_written(texte, nom):
    assert noms_possibles(texte) == [nom]


@pytest.mark.parametrize(
    "texte",
    ["directrice RH d'un CCAS", "Notre CCAS et La Poste", "M. le maire", "Le Conseil. Nous Avons"],
)
def test_functions_and_services_are_no_names(texte):
    assert noms_possibles(texte) == []


def test_an_address_is_quoted_whole():
    assert moyens_de_joindre("Voir paul.durand@ville.fr !") == ["paul.durand@ville.fr"]


@pytest.mark.parametrize("motif", ["a", "A", "0", "Aa ", "+1", "a.b-", "a@", "M. ", "06 "])
def test_a_long_text_is_looked_at_quickly(motif):
    texte = motif * (200_000 // len(motif))
    debut = time.perf_counter()
    ce_qui_designe(texte)
    assert time.perf_counter() - debut < 1
