"""A test from its first line to its published évaluation, through the pages alone."""

import datetime as dt

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import PisteFactory, un_membre
from tests_programme.models import Accord, Test

VIDES = {"lignes-TOTAL_FORMS": "0", "lignes-INITIAL_FORMS": "0"}


def remplir(client: Client, test: Test, etape: str, **champs: str) -> None:
    """Open a step, send it back filled, as a browser would."""
    adresse = reverse("tests_programme:etape", args=[test.pk, etape])
    page = client.get(adresse)
    assert page.status_code == 200
    champs = {"version": page.context["version"], **champs}
    reponse = client.post(adresse, champs)
    assert reponse.status_code == 302, reponse.content.decode()


def test_a_test_lives_its_whole_life_through_http(agent_a, organisation_a):
    client, piste = client_de(agent_a), PisteFactory()
    reponse = client.post(
        reverse("tests_programme:nouveau"),
        {
            "titre": "Appeler avant de relancer",
            "organisation": organisation_a.pk,
            "piste": piste.pk,
            "visibilite": "public",
        },
    )
    test = Test.objects.get()
    assert reponse.url == reverse("tests_programme:etape", args=[test.pk, "hypothese"])
    remplir(client, test, "hypothese", hypothese="Si nous appelons, alors ils répondent.")
    date = jour_de() + dt.timedelta(days=40)
    remplir(
        client,
        test,
        "limites",
        retour_arriere="On reprend les lettres.",
        date_peremption=f"{date:%Y-%m-%d}",
        signe_provisoire="Un bandeau orange.",
    )
    remplir(
        client,
        test,
        "observation",
        ecoute_qui="Cinq personnes du guichet.",
        ecoute_prevue="Cinq entretiens.",
        ecoute_quand="La dernière semaine.",
        **{
            "lignes-TOTAL_FORMS": "2",
            "lignes-INITIAL_FORMS": "0",
            "lignes-0-libelle": "Réponses reçues",
            "lignes-0-type": "quantitatif",
            "lignes-1-libelle": "",
            "lignes-1-type": "qualitatif",
        },
    )
    remplir(
        client,
        test,
        "parties",
        **{
            "lignes-TOTAL_FORMS": "2",
            "lignes-INITIAL_FORMS": "0",
            "lignes-0-role": "porteur",
            "lignes-0-fonction": "responsable de l'accueil",
            "lignes-0-email": "Porteuse@Example.org",
            "lignes-1-role": "usager",
            "lignes-1-fonction": "habitant",
            "lignes-1-email": "habitant2@example.org",
        },
    )
    page = client.get(reverse("tests_programme:etape", args=[test.pk, "verification"]))
    assert "2 messages partiront" in page.content.decode()
    client.post(reverse("tests_programme:demander_accords", args=[test.pk]))
    assert Message.objects.filter(genre="accord_demande", etat="prevu").count() == 2
    for accord in Accord.objects.all():
        reponse = Client().post(
            reverse("tests_programme:accord", args=[accord.jeton]), {"reponse": "oui"}
        )
        assert reponse.status_code == 302
    reponse = client.post(reverse("tests_programme:demarrer", args=[test.pk]))
    assert reponse.status_code == 302
    test.refresh_from_db()
    assert (test.etat, test.edition_piste) == ("en_cours", piste.editions.get())
    public = Client().get(test.get_absolute_url()).content.decode()
    assert "<strong>En test</strong> jusqu" in public
    assert "encore <b>40</b> jours" in public
    assert "example.org" not in public
    assert "responsable de l&#x27;accueil" not in public
    client.post(reverse("tests_programme:arreter", args=[test.pk]), {"motif": "Il neige."})
    test.refresh_from_db()
    assert test.etat == "a_evaluer"
    evaluation = reverse("tests_programme:evaluation", args=[test.pk])
    version = client.get(evaluation).context["version"]
    critere = test.criteres.get()
    reponse = client.post(
        evaluation,
        {
            "quoi": "brouillon",
            "version": version,
            f"critere_{critere.pk}": "42 réponses",
            "verdict": "nuancee",
            "reponse": "Oui, le matin.",
            "inattendu": "Les rires.",
            "conditions": "Une ligne directe.",
            "autonomie": "La fiche d'appel reste.",
            "suites": "perenniser",
        },
    )
    assert reponse.status_code == 302, reponse.content.decode()
    client.post(
        evaluation,
        {
            "quoi": "voix",
            "voix-fonction": "habitante",
            "voix-texte": "On m'a parlé.",
            "voix-consentement": "on",
        },
    )
    client.post(
        evaluation,
        {
            "quoi": "enseignement",
            "enseignement-type": "condition",
            "enseignement-texte": "Appeler le matin.",
            "enseignement-piste": piste.pk,
        },
    )
    soumettre = reverse("tests_programme:soumettre", args=[test.pk])
    refus = client.post(soumettre)
    assert refus.status_code == 409
    assert "Pour pérenniser" in refus.content.decode()
    version = client.get(evaluation).context["version"]
    client.post(
        evaluation,
        {
            "quoi": "brouillon",
            "version": version,
            f"critere_{critere.pk}": "42 réponses",
            "verdict": "nuancee",
            "reponse": "Oui, le matin.",
            "inattendu": "Les rires.",
            "conditions": "Une ligne directe.",
            "autonomie": "La fiche d'appel reste.",
            "suites": "perenniser",
            "suites_porteur": "cheffe de service",
            "suites_cadre": "projet de service",
            "suites_date": f"{date:%d/%m/%Y}",
        },
    )
    assert client.post(soumettre).status_code == 302
    publier = reverse("tests_programme:publier", args=[test.pk])
    assert client.post(publier).status_code == 409
    lectrice = un_membre(test.organisation)
    lecture = client_de(lectrice)
    lue = lecture.get(evaluation).context["lue"]
    assert lecture.post(publier, {"lue": lue}).status_code == 302
    test.refresh_from_db()
    assert test.etat == "evalue"
    public = Client().get(test.get_absolute_url()).content.decode()
    for texte in (
        "Hypothèse nuancée",
        "On m&#x27;a parlé.",
        "Appeler le matin.",
        "42 réponses",
        "et évalué",
    ):
        assert texte in public
    assert [ligne.action for ligne in test.journal.all()] == [
        "creer",
        "demarrer",
        "arreter",
        "soumettre",
        "evaluer",
    ]
    assert test.journal.last().par == lectrice
    assert all(ligne.par == agent_a for ligne in test.journal.exclude(action="evaluer"))
    attendent = Message.objects.en_attente().filter(sujet=f"test:{test.pk}")
    assert set(attendent.values_list("genre", flat=True)) == {
        "evaluation_publiee",
        "perennite",
        "perennite_rappel",
    }
    assert mail.outbox == []
    assert test.journal.last().le <= timezone.now()
