"""Every state × action × role: what is forbidden changes nothing, not even a line of history."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from rappels.models import Message
from tests.conftest import ROLES
from tests.fabriques import un_test_demarre
from tests.tests_programme.conftest import EN_ETAT
from tests_programme.manques import TransitionRefusee
from tests_programme.models import EntreeJournal, Test
from tests_programme.transitions import TRANSITIONS

# For each action by POST: the fixtures' states in which the team may do it.
PERMIS = {
    "demander_accords": {"pret"},
    "demarrer": {"pret"},
    "renoncer": {"preparation", "pret"},
    "arreter": {"en_cours"},
    "prolonger": set(),
    "iterer": {"en_cours", "perime", "a_evaluer", "evalue", "abandonne"},
    "publier": set(),
}
PUBLICS = {"en_cours", "perime", "a_evaluer", "evalue"}
MEMBRES = {"agent_a", "referent_a"}


def photo(test: Test) -> tuple[object, ...]:
    """All that an action could have changed."""
    return (
        Test.objects.filter(pk=test.pk).values().get(),
        list(EntreeJournal.objects.filter(test=test).values_list("pk", flat=True)),
        sorted(Message.objects.values_list("cle", "etat")),
        Test.objects.count(),
    )


@pytest.mark.parametrize("etat", EN_ETAT)
@pytest.mark.parametrize("action", PERMIS)
def test_an_action_is_possible_in_its_states_and_for_its_team_only(action, etat, clients, en_etat):
    test = en_etat(etat)
    adresse = reverse(f"tests_programme:{action}", args=[test.pk])
    avant = photo(test)
    for role in ROLES:
        if role in MEMBRES:
            continue
        reponse = clients[role].post(adresse, {"motif": "Parce que."})
        if role == "visiteur":
            assert reponse.status_code == 302
            assert reponse.url.startswith("/compte/login/")
        else:
            voit = etat in PUBLICS or role in {"curateur", "administrateur"}
            assert reponse.status_code == (403 if voit else 404), role
        assert photo(test) == avant, role
    # Wrong method first, then the team.
    if action not in {"renoncer", "arreter"}:
        assert clients["agent_a"].get(adresse).status_code == 405
    reponse = clients["agent_a"].post(adresse, {"motif": "Parce que."})
    if etat in PERMIS[action]:
        assert reponse.status_code == 302
    else:
        assert reponse.status_code == 409
        assert photo(test) == avant


@pytest.mark.parametrize("etat", EN_ETAT)
def test_the_table_agrees_with_the_methods(etat, agent_a, en_etat):
    test = en_etat(etat)
    montre = test.etat_au()
    for action, transition in TRANSITIONS.items():
        if montre in transition.de or action == "perimer":
            continue
        motif = {"motif": "Parce que."} if action in {"renoncer", "arreter"} else {}
        with pytest.raises(TransitionRefusee):
            getattr(test, action)(par=agent_a, **motif)
        assert Test.objects.get(pk=test.pk).etat_au() == montre


@pytest.mark.parametrize(("action", "etat"), [("renoncer", "pret"), ("arreter", "en_cours")])
def test_giving_up_and_stopping_ask_for_a_reason(action, etat, clients, en_etat):
    test = en_etat(etat)
    avant = photo(test)
    adresse = reverse(f"tests_programme:{action}", args=[test.pk])
    reponse = clients["agent_a"].post(adresse, {"motif": "   "})
    assert reponse.status_code == 422
    assert "Dites pourquoi" in reponse.content.decode()
    assert photo(test) == avant
    page = clients["agent_a"].get(adresse)
    assert page.status_code == 200
    assert clients["agent_a"].post(adresse, {"motif": "La météo."}).status_code == 302
    assert test.journal.last().motif == "La météo."
    assert test.journal.last().par


def test_a_repeated_click_does_it_once(clients, en_etat):
    test = en_etat("pret")
    adresse = reverse("tests_programme:demarrer", args=[test.pk])
    assert clients["agent_a"].post(adresse).status_code == 302
    avant = photo(test)
    assert clients["agent_a"].post(adresse).status_code == 409
    assert photo(test) == avant


def test_somebody_who_left_the_organisation_can_do_nothing_more(agent_a, en_etat):
    test = en_etat("pret")
    agent_a.adhesions.update(etat="terminee")
    with pytest.raises(PermissionDenied):
        test.demarrer(par=agent_a)
    test.refresh_from_db()
    assert test.etat == "preparation"


def test_each_transition_writes_who_when_and_why(agent_a, organisation_a):
    debut = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    test = un_test_demarre(at=debut, organisation=organisation_a)
    arret = dt.datetime(2026, 3, 20, 15, tzinfo=dt.UTC)
    test.arreter(par=agent_a, motif=" Le toit fuit. ", at=arret)
    lignes = list(test.journal.values_list("action", "de", "vers", "motif", "par", "le"))
    assert lignes == [
        ("demarrer", "preparation", "en_cours", "", agent_a.pk, debut),
        ("arreter", "en_cours", "a_evaluer", "Le toit fuit.", agent_a.pk, arret),
    ]


def test_a_line_of_history_is_never_changed_nor_deleted(agent_a, en_etat):
    ligne = en_etat("en_cours").journal.first()
    with pytest.raises(TypeError):
        ligne.save()
    with pytest.raises(TypeError):
        ligne.delete()
    for fautif in (
        lambda: EntreeJournal.objects.filter(pk=ligne.pk).update(motif="Autre"),
        lambda: EntreeJournal.objects.filter(pk=ligne.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            fautif()
    assert EntreeJournal.objects.filter(pk=ligne.pk, motif="").exists()


def test_the_author_of_a_line_may_be_forgotten(agent_a, en_etat):
    test = en_etat("en_cours")
    agent_a.delete()
    assert test.journal.get().par is None
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM tests_programme_entreejournal")
        assert curseur.fetchone() == (1,)
