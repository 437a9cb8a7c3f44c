"""A curateur·rice reads a témoignage before everybody: publishes those very words, or says why not."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from rappels.models import Message
from rappels.registre import redacteur_de
from reflexes.models import Temoignage
from reflexes.tasks import effacer_les_ecartes
from tests.conftest import client_de
from tests.fabriques import TemoignageFactory

FILE = "/temoignages/a-lire/"


@pytest.fixture
def attend(enquete, fige, agent_a):
    return TemoignageFactory(
        fige=fige, depose_par=agent_a, etat="a_lire", texte="Un zibeline de mots."
    )


def decider(user, temoignage, quoi, lu=None, motif=""):
    adresse = reverse(f"reflexes:{quoi}_temoignage", args=[temoignage.pk])
    return client_de(user).post(adresse, {"lu": lu or temoignage.empreinte, "motif": motif})


def test_published_it_is_read_by_everybody_and_its_bearer_is_told(
    attend, curatrice, agent_a, client
):
    assert decider(curatrice, attend, "publier").url == FILE
    attend.refresh_from_db()
    assert (attend.etat, attend.lu_par) == ("publie", curatrice)
    assert "zibeline" in client.get(attend.get_absolute_url()).content.decode()
    message = Message.objects.get(genre="temoignage_publie")
    assert message.destinataire == agent_a.email
    courriel = redacteur_de(message.genre)(message)
    assert "zibeline" not in courriel.texte + courriel.html
    assert reverse("reflexes:mes_temoignages") in courriel.texte


def test_twice_is_once(attend, curatrice):
    for _ in range(2):
        assert decider(curatrice, attend, "publier").status_code == 302
    assert Message.objects.filter(genre="temoignage_publie").count() == 1


def test_set_aside_with_a_reason_then_corrected_it_waits_again(attend, curatrice, agent_a, client):
    decider(curatrice, attend, "ecarter", motif="Le lieu se reconnaît.")
    attend.refresh_from_db()
    assert (attend.etat, attend.motif) == ("ecarte", "Le lieu se reconnaît.")
    message = Message.objects.get(genre="temoignage_ecarte")
    assert "Le lieu se reconnaît." in redacteur_de(message.genre)(message).texte
    miens = client_de(agent_a).get(reverse("reflexes:mes_temoignages")).content.decode()
    assert "Le lieu se reconnaît." in miens
    corrige = {
        "texte": "Autrement.",
        "pole": "b",
        "fonction": "agente",
        "type_organisation": "etat",
        "consentement": "on",
    }
    client_de(agent_a).post(reverse("reflexes:corriger_temoignage", args=[attend.pk]), corrige)
    attend.refresh_from_db()
    assert (attend.etat, attend.motif, attend.texte) == ("a_lire", "", "Autrement.")
    assert redacteur_de(message.genre)(message) is None  # its reason is gone


def test_without_a_reason_nothing_is_set_aside(attend, curatrice):
    reponse = decider(curatrice, attend, "ecarter", motif="  ")
    assert reponse.status_code == 409
    assert "pourquoi" in reponse.content.decode()
    assert Temoignage.objects.get().etat == "a_lire"


@pytest.mark.parametrize("quoi", ["publier", "ecarter"])
def test_words_changed_meanwhile_are_read_again(attend, curatrice, agent_a, quoi):
    lu = attend.empreinte
    mots = {"texte": "D'autres mots.", "fonction": "agente", "type_organisation": "etat"}
    attend.corriger(par=agent_a, pole="", consentement=True, **mots)
    reponse = decider(curatrice, attend, quoi, lu=lu, motif="Non.")
    assert reponse.status_code == 409
    page = reponse.content.decode()
    assert "relisez" in page
    assert "D&#x27;autres mots." in page
    assert quoi == "publier" or "Non." in page
    assert Temoignage.objects.get().etat == "a_lire"


@pytest.mark.parametrize("quoi", ["publier", "ecarter"])
def test_withdrawn_meanwhile_nothing_is_left_to_decide(attend, curatrice, agent_a, quoi):
    lu = attend.empreinte
    attend.retirer(par=agent_a)
    reponse = decider(curatrice, attend, quoi, lu=lu, motif="Non.")
    assert reponse.status_code == 409
    assert "zibeline" not in reponse.content.decode()
    assert Temoignage.objects.get().etat == "retire"


def test_who_brought_it_does_not_publish_it(attend, curatrice):
    Temoignage.objects.update(depose_par=curatrice)
    reponse = decider(curatrice, attend, "publier")
    assert reponse.status_code == 409
    assert Temoignage.objects.get().etat == "a_lire"


@pytest.mark.parametrize("role", ["habitant", "agent_a", "referent_a", "agent_b", "administrateur"])
def test_only_the_curation_reads_and_decides(attend, personnes, role):
    client = client_de(personnes[role])
    for adresse in (FILE, reverse("reflexes:lire_temoignage", args=[attend.pk])):
        assert client.get(adresse).status_code == 403
    assert decider(personnes[role], attend, "publier").status_code == 403
    assert Temoignage.objects.get().etat == "a_lire"


def test_the_curation_never_learns_who_brought_it(attend, curatrice, agent_a, organisation_a):
    client = client_de(curatrice)
    agent_a.nom = "Nommée Bien"
    agent_a.save()
    for adresse in (FILE, reverse("reflexes:lire_temoignage", args=[attend.pk])):
        page = client.get(adresse).content.decode()
        for trace in (agent_a.nom, agent_a.email, organisation_a.nom):
            assert trace not in page


def test_the_queue_of_messages_does_not_say_which_one(attend, curatrice):
    decider(curatrice, attend, "publier")
    message = Message.objects.get(genre="temoignage_publie")
    assert message.sujet != f"temoignage:{attend.pk}"
    assert message.donnees == {"temoignage": attend.pk}  # discreet: erased once it has left


def test_a_published_one_is_taken_back_with_a_reason(attend, curatrice, client):
    decider(curatrice, attend, "publier")
    decider(curatrice, attend, "ecarter", motif="On nous signale un nom.")
    attend.refresh_from_db()
    assert attend.etat == "ecarte"
    assert "zibeline" not in client.get(attend.get_absolute_url()).content.decode()


def test_the_queue_is_oldest_first_marked_and_paged(enquete, fige, curatrice, agent_a):
    for jours in range(25):
        TemoignageFactory(
            fige=fige,
            etat="a_lire",
            texte="Appelez Mme Durand." if jours == 24 else f"Mot {jours}.",
            depose_le=timezone.now() - dt.timedelta(days=jours),
        )
    client = client_de(curatrice)
    premiere = client.get(FILE)
    assert premiere.content.decode().count("À regarder") == 1
    assert premiere.context["temoignages"][0].texte == "Appelez Mme Durand."
    seconde = client.get(FILE + premiere.context["suivante"])
    vus = [t.pk for t in [*premiere.context["temoignages"], *seconde.context["temoignages"]]]
    assert len(vus) == len(set(vus)) == 25


def test_the_queue_costs_the_same_with_many(
    enquete, fige, curatrice, django_assert_max_num_queries
):
    client, couts = client_de(curatrice), []
    for nombre in (1, 30):
        TemoignageFactory.create_batch(nombre, fige=fige, etat="a_lire")
        with django_assert_max_num_queries(10) as requetes:
            client.get(FILE)
        couts.append(len(requetes))
    assert couts[0] == couts[1]


def test_what_was_set_aside_is_forgotten_a_year_later_or_with_the_account(
    enquete, fige, agent_a, habitant
):
    maintenant = timezone.now()
    vieux = TemoignageFactory(
        fige=fige, depose_par=agent_a, etat="ecarte", lu_le=maintenant - dt.timedelta(days=366)
    )
    recent = TemoignageFactory(fige=fige, depose_par=agent_a, etat="ecarte")
    orphelin = TemoignageFactory(fige=fige, depose_par=habitant, etat="ecarte")
    habitant.supprimer()
    assert effacer_les_ecartes() == 2
    assert effacer_les_ecartes() == 0
    mots = {t.pk: t.texte for t in Temoignage.objects.all()}
    assert (mots[vieux.pk], mots[orphelin.pk]) == ("", "")
    assert mots[recent.pk]
    assert client_de(agent_a).get(reverse("reflexes:mes_temoignages")).status_code == 200
