"""Every state × action × role: what is forbidden changes nothing, not even a line of history."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from config.jours import jour_de
from rappels.models import Message
from tests.conftest import ROLES
from tests.fabriques import un_test_demarre
from tests.tests_programme.conftest import EN_ETAT
from tests_programme.manques import TransitionRefusee
from tests_programme.models import EntreeJournal, Evaluation, Prolongation, Test
from tests_programme.seconde_lecture import empreinte_de_l_evaluation
from tests_programme.transitions import ECRITURES, TRANSITIONS
from tests_programme.vie_documentee import FICHIER, document

# For each action by POST: the fixtures' states in which the team may do it, as the table says.
PERMIS = {
    "demander_accords": {"pret"},
    "demarrer": {"pret"},
    "renoncer": {"preparation", "pret"},
    "arreter": {"en_cours"},
    "prolongation": {"en_cours"},
    "prolonger": set(),  # an extension must have been asked for
    "soumettre": {"rempli"},
    "rendre": {"soumis"},
    "publier": {"soumis"},
    "iterer": {"en_cours", "perime", "a_evaluer", "rempli", "soumis", "evalue", "perennise", "abandonne"},
    "perennite": {"perennise"},
}  # fmt: skip
# What the addresses are called, where the table has another name.
NOMS = {
    "demander_prolongation": "prolongation",
    "evaluer": "publier",
    "dire_perennite": "perennite",
}
# Who reads for the team, of those who do not belong to it.
LECTEURS = {"rendre": {"curateur"}, "publier": {"curateur"}}
PUBLICS = {"en_cours", "perime", "a_evaluer", "rempli", "soumis", "evalue", "perennise"}
MEMBRES = {"agent_a", "referent_a"}


def photo(test: Test) -> tuple[object, ...]:
    """All that an action could have changed."""
    return (
        Test.objects.filter(pk=test.pk).values().get(),
        list(Evaluation.objects.filter(test=test).values()),
        list(Prolongation.objects.filter(test=test).values()),
        list(EntreeJournal.objects.filter(test=test).values_list("pk", flat=True)),
        sorted(Message.objects.values_list("cle", "etat")),
        Test.objects.count(),
    )


def envoi(test: Test) -> dict[str, object]:
    """What every form of the room asks for, at once."""
    date = (test.date_peremption or jour_de()) + dt.timedelta(days=10)
    lue = empreinte_de_l_evaluation(test)
    return {
        "motif": "Parce que.", "remarque": "Et les voix ?", "nouvelle_date": f"{date:%d/%m/%Y}",
        "tient": "oui", "lue": lue,
    }  # fmt: skip


def test_the_table_is_tried_whole():
    joues = {NOMS.get(action, action) for action in TRANSITIONS}
    par_elles_memes = {"perimer", "reprendre", "placer"}
    assert joues - par_elles_memes == set(PERMIS)


@pytest.mark.parametrize("etat", EN_ETAT)
@pytest.mark.parametrize("action", PERMIS)
def test_an_action_is_possible_in_its_states_and_for_its_team_only(action, etat, clients, en_etat):
    test = en_etat(etat)
    adresse = reverse(f"tests_programme:{action}", args=[test.pk])
    avant, donnees = photo(test), envoi(test)
    for role in ROLES:
        if role in MEMBRES or (role in LECTEURS.get(action, ()) and etat in PERMIS[action]):
            continue
        reponse = clients[role].post(adresse, donnees)
        if role == "visiteur":
            assert reponse.status_code == 302
            assert reponse.url.startswith("/compte/login/")
        else:
            voit = etat in PUBLICS or role in {"curateur", "administrateur"}
            assert reponse.status_code == (403 if voit else 404), role
        assert photo(test) == avant, role
    # Wrong method first, then the team: who submitted is not who publishes.
    if action not in {"renoncer", "arreter", "prolongation", "perennite"}:
        assert clients["agent_a"].get(adresse).status_code == 405
    seul = clients["agent_a"].post(adresse, donnees)
    refus = 302 if action == "prolongation" else 409  # back to the test, which says why
    if action in LECTEURS or etat not in PERMIS[action]:
        assert seul.status_code == refus
        assert photo(test) == avant
        seul = clients["referent_a"].post(adresse, donnees)
    assert seul.status_code == (302 if etat in PERMIS[action] else refus)
    if action != "demander_accords":  # everybody was asked already
        assert (photo(test) == avant) == (etat not in PERMIS[action])


@pytest.mark.parametrize("action", ["rendre", "publier"])
def test_a_curateur_reads_for_a_team_and_leads_nothing(action, clients, en_etat):
    test = en_etat("soumis")
    adresse = reverse(f"tests_programme:{action}", args=[test.pk])
    assert clients["curateur"].post(adresse, envoi(test)).status_code == 302
    assert test.journal.last().par.email == "curateur@example.org"
    for menee in ("soumettre", "iterer", "evaluation"):
        reponse = clients["curateur"].post(reverse(f"tests_programme:{menee}", args=[test.pk]))
        assert reponse.status_code == 403


ARGUMENTS = {
    "renoncer": {"motif": "Parce que."},
    "arreter": {"motif": "Parce que."},
    "rendre": {"remarque": "Et les voix ?"},
    "demander_prolongation": {"nouvelle_date": dt.date(2099, 1, 1), "motif": "Parce que."},
    "dire_perennite": {"tient": True},
    "placer": {"engagement": None, "accompagnement": None},
}


@pytest.mark.parametrize("etat", EN_ETAT)
def test_the_table_agrees_with_the_methods(etat, agent_a, referent_a, curateur, en_etat):
    test = en_etat(etat)
    montre = test.etat_au()
    for action, transition in TRANSITIONS.items():
        if montre in transition.de or action in {"perimer", "reprendre"}:
            continue
        par = referent_a if transition.qui == "lecture" else agent_a
        with pytest.raises(TransitionRefusee):
            getattr(test, action)(par=par, **ARGUMENTS.get(action, {}))
        assert Test.objects.get(pk=test.pk).etat_au() == montre
    assert test.reprendre(par=agent_a) is (etat == "soumis")


@pytest.mark.parametrize("etat", EN_ETAT)
def test_the_page_shows_the_buttons_of_the_table_and_no_other(etat, clients, en_etat):
    test = en_etat(etat)
    montre, lecture = test.etat_au(), "soumise" if etat == "soumis" else "a_soumettre"
    attendus = {
        transition.bouton.libelle.split()[0]
        for transition in TRANSITIONS.values()
        if transition.bouton
        and montre in transition.de
        and transition.lecture in {"", lecture}
        and (transition.bouton.nom != "perennite" or etat == "perennise")
    }
    if lecture == "soumise":  # by agent_a: not theirs to publish
        attendus = attendus - {"Lire"} | {"Voir"}
    else:
        attendus |= {b.libelle.split()[0] for etats, b in ECRITURES if montre in etats}
    page = clients["agent_a"].get(test.get_absolute_url())
    vus = {b.libelle.split()[0] for b in page.context["boutons"]}
    assert vus == attendus
    for role in ("visiteur", "habitant", "agent_b"):
        page = clients[role].get(test.get_absolute_url())
        assert page.status_code == 404 or page.context["boutons"] == [], role
    page = clients["curateur"].get(test.get_absolute_url())
    vus = [b.libelle.split()[0] for b in page.context["boutons"]]
    assert vus == (["Lire"] if etat == "soumis" else [])


def test_the_document_says_what_the_table_says():
    assert FICHIER.read_text() == document(), "Run manage.py documenter_la_vie."


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
