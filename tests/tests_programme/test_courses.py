"""Two people at the same instant: the second one waits, reads afresh, and undoes nothing."""

import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse

from tests.conftest import client_de
from tests.fabriques import (
    OrganisationFactory,
    remplir_l_evaluation,
    un_membre,
    un_test_a_evaluer,
    un_test_demarre,
)
from tests_programme.models import Evaluation, Test

pytestmark = pytest.mark.django_db(transaction=True)


def attendre_un_verrou() -> None:
    """Until somebody waits for a row that this transaction holds."""
    for _ in range(400):
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.025)")
            curseur.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if curseur.fetchone()[0]:
                return
    raise AssertionError("Nobody waits for the row.")


def pendant_que_l_autre_attend(test, geste, requete):
    """Hold the test, let ``requete`` come up to its lock, then do ``geste`` and let it go on."""
    reponses = []

    def envoyer() -> None:
        try:
            reponses.append(requete())
        finally:
            connection.close()

    fil = threading.Thread(target=envoyer)
    with transaction.atomic():
        tenu = Test.objects.select_for_update(of=("self",)).get(pk=test.pk)
        fil.start()
        attendre_un_verrou()
        geste(tenu)
    fil.join(timeout=20)
    return reponses[0]


def brouillon(par, test, **champs):
    """Sends the draft with what the page showed; to be called once the page was read."""
    client, page = client_de(par), reverse("tests_programme:evaluation", args=[test.pk])
    envoi = {
        nom: champ.value() if champ.value() is not None else ""
        for formulaire in ("form", "valeurs")
        for nom, champ in ((c.name, c) for c in client.get(f"{page}?modifier").context[formulaire])
    }
    envoi |= {"version": client.get(f"{page}?modifier").context["version"], "quoi": "brouillon"}
    return lambda: client.post(page, {**envoi, **champs})


def test_saving_the_same_draft_while_a_colleague_submits_it_does_not_take_it_back():
    organisation = OrganisationFactory()
    une, deux = un_membre(organisation), un_membre(organisation)
    test = un_test_a_evaluer(organisation=organisation)
    remplir_l_evaluation(test)
    requete = brouillon(deux, test)
    pendant_que_l_autre_attend(test, lambda tenu: tenu.soumettre(par=une), requete)
    evaluation = Evaluation.objects.get()
    assert evaluation.soumise_par == une
    assert not test.journal.filter(action="reprendre").exists()


def test_changing_the_draft_while_a_colleague_submits_it_voids_the_submission():
    organisation = OrganisationFactory()
    une, deux = un_membre(organisation), un_membre(organisation)
    test = un_test_a_evaluer(organisation=organisation)
    remplir_l_evaluation(test)
    requete = brouillon(deux, test, reponse="Autrement dit.")
    pendant_que_l_autre_attend(test, lambda tenu: tenu.soumettre(par=une), requete)
    evaluation = Evaluation.objects.get()
    assert (evaluation.reponse, evaluation.soumise_le) == ("Autrement dit.", None)
    assert test.journal.filter(action="reprendre").exists()


def test_the_remark_of_a_reader_survives_a_draft_saved_meanwhile():
    organisation = OrganisationFactory()
    une, deux, lectrice = (un_membre(organisation) for _ in range(3))
    test = un_test_a_evaluer(organisation=organisation)
    remplir_l_evaluation(test)
    test.soumettre(par=une)
    requete = brouillon(deux, test)
    pendant_que_l_autre_attend(
        test, lambda tenu: tenu.rendre(par=lectrice, remarque="Et le froid ?"), requete
    )
    evaluation = Evaluation.objects.get()
    assert (evaluation.remarque, evaluation.soumise_le) == ("Et le froid ?", None)


def test_the_same_interview_sent_twice_at_once_is_one_voice():
    organisation = OrganisationFactory()
    test = un_test_demarre(organisation=organisation)
    client = client_de(un_membre(organisation))
    page = reverse("tests_programme:nouvelle_voix", args=[test.pk])
    dit = {"fonction": "habitante", "texte": "On m'a rappelée.", "consentement": "on"}
    depart = threading.Barrier(2)

    def envoyer() -> None:
        depart.wait()
        try:
            client_de(test.organisation.adhesions.first().utilisateur).post(page, dit)
        finally:
            connection.close()

    clics = [threading.Thread(target=envoyer) for _ in range(2)]
    for clic in clics:
        clic.start()
    for clic in clics:
        clic.join(timeout=20)
    client.post(page, dit)
    assert test.voix.count() == 1


def test_an_interview_noted_while_the_evaluation_is_published_waits_for_it():
    organisation = OrganisationFactory()
    une, deux = un_membre(organisation), un_membre(organisation)
    test = un_test_a_evaluer(organisation=organisation)
    remplir_l_evaluation(test)
    test.soumettre(par=une)
    page = reverse("tests_programme:nouvelle_voix", args=[test.pk])
    dit = {"fonction": "habitante", "texte": "Le contraire.", "consentement": "on"}
    client = client_de(une)
    reponse = pendant_que_l_autre_attend(
        test, lambda tenu: tenu.evaluer(par=deux), lambda: client.post(page, dit)
    )
    assert reponse.status_code == 302
    test.refresh_from_db()
    assert test.etat == "evalue"
