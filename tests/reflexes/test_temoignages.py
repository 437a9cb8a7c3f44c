"""A témoignage is brought by who takes part, followed by them alone, withdrawn at any time."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from rappels.models import Message
from rappels.registre import redacteur_de
from reflexes.models import Temoignage
from reflexes.models.apport import PAR_JOUR
from tests.conftest import client_de
from tests.fabriques import TemoignageFactory, un_membre

SAISIE = {
    "texte": "On nous a dit de tout arrêter.\r\nNous avons rappelé chaque personne.",
    "pole": "a",
    "fonction": "chargée de concertation",
    "type_organisation": "commune",
    "consentement": "on",
}


@pytest.fixture
def deposer(enquete, fige):
    adresse = reverse("reflexes:deposer", args=[enquete.cle, fige.terrain_id])

    def _deposer(user, **champs):
        donnees = {n: v for n, v in (SAISIE | champs).items() if v is not None}
        return client_de(user).post(adresse, donnees)

    return _deposer


@pytest.fixture
def mien(enquete, fige, agent_a):
    return TemoignageFactory(fige=fige, depose_par=agent_a, texte="Un zibeline de mots.")


def test_a_participant_brings_one_and_it_waits_for_the_curation(deposer, agent_a, curatrice, fige):
    assert deposer(agent_a).url == reverse("reflexes:mes_temoignages")
    temoignage = Temoignage.objects.get()
    assert (temoignage.etat, temoignage.depose_par, temoignage.pole) == ("a_lire", agent_a, "a")
    assert temoignage.terrain_id == fige.terrain_id
    assert "\r" not in temoignage.texte
    assert temoignage.consentement is True
    message = Message.objects.get()
    assert (message.genre, message.destinataire) == ("temoignages_a_lire", curatrice.email)
    courriel = redacteur_de(message.genre)(message)
    assert "tout arrêter" not in courriel.texte + courriel.html  # a mailbox would keep it


def test_a_workshop_of_many_is_told_once_a_day(deposer, agent_a, curatrice):
    for numero in range(3):
        deposer(agent_a, texte=f"Une parole, la {numero}e.")
    assert Temoignage.objects.count() == 3
    assert Message.objects.count() == 1


def test_the_same_form_sent_twice_brings_one(deposer, agent_a):
    deposer(agent_a)
    deposer(agent_a)
    assert Temoignage.objects.count() == 1


def test_the_poles_are_named_by_their_own_words(enquete, fige, agent_a):
    adresse = reverse("reflexes:deposer", args=[enquete.cle, fige.terrain_id])
    page = client_de(agent_a).get(adresse).content.decode()
    assert fige.controverse.pole_a in page
    assert fige.controverse.pole_b in page


def test_neither_pole_is_an_answer_too(deposer, agent_a):
    deposer(agent_a, pole="ni")
    assert Temoignage.objects.get().pole == ""


@pytest.mark.parametrize("qui", ["habitant", "agent_b", "curateur", "administrateur"])
def test_who_does_not_take_part_brings_nothing(deposer, enquete, personnes, qui):
    assert deposer(personnes[qui]).status_code == 403
    adresse = reverse("reflexes:temoigner", args=[enquete.cle])
    assert client_de(personnes[qui]).get(adresse).status_code == 403
    assert not Temoignage.objects.exists()


def test_who_left_the_organisation_brings_nothing_any_more(deposer, agent_a):
    agent_a.adhesions.update(etat="terminee")
    assert deposer(agent_a).status_code == 403


def test_a_terrain_of_another_time_takes_no_temoignage(enquete, agent_a):
    disparu = enquete.versions.get(code="V1").terrains.get(numero="3.1")
    adresse = reverse("reflexes:deposer", args=[enquete.cle, disparu.terrain_id])
    assert client_de(agent_a).post(adresse, SAISIE).status_code == 404


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"consentement": None}, "Sans l&#x27;accord de la personne"),
        ({"texte": ""}, "Ce champ est obligatoire"),
        ({"pole": None}, "Ce champ est obligatoire"),
        ({"texte": "Appelez le 06 12 34 56 78."}, "06 12 34 56 78"),
        ({"texte": "Écrivez à jeanne@ville.fr"}, "jeanne@ville.fr"),
        ({"fonction": "agente, a@ville.fr"}, "a@ville.fr"),
        ({"texte": "x" * 200_000}, "4000"),
        ({"texte": "a\x00b"}, "nul "),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept_on_screen(deposer, agent_a, champs, dit):
    reponse = deposer(agent_a, **champs)
    assert reponse.status_code == 422
    assert dit in reponse.content.decode()
    assert SAISIE["fonction"] in reponse.content.decode() or "fonction" in champs
    assert not Temoignage.objects.exists()


def test_a_name_is_shown_then_confirmed_for_these_very_words(deposer, agent_a):
    reponse = deposer(agent_a, texte="Puis Mme Durand a rappelé.")
    assert reponse.status_code == 422
    (empreinte, _), *_ = reponse.context["form"].fields["noms_relus"].choices
    autres = deposer(agent_a, texte="Puis Mme Martin a rappelé.", noms_relus=empreinte)
    assert autres.status_code == 422  # that box was ticked for other words
    assert deposer(agent_a, texte="Puis Mme Durand a rappelé.", noms_relus=empreinte).url
    assert Temoignage.objects.get().a_regarder == ["le nom d'une personne"]


def test_html_is_shown_as_it_was_typed(client, mien):
    Temoignage.objects.update(texte="<script>alert(1)</script>")
    page = client.get(mien.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_flood_is_refused_in_words(deposer, agent_a, enquete, fige):
    TemoignageFactory.create_batch(PAR_JOUR, fige=fige, depose_par=agent_a, etat="a_lire")
    reponse = deposer(agent_a)
    assert reponse.status_code == 422
    assert "24 heures" in reponse.content.decode()
    Temoignage.objects.update(depose_le=timezone.now() - dt.timedelta(days=2))
    assert deposer(agent_a).status_code == 302


def test_one_sees_ones_own_and_nobody_else_s(mien, agent_a, referent_a):
    adresse = reverse("reflexes:mes_temoignages")
    assert "zibeline" in client_de(agent_a).get(adresse).content.decode()
    assert "zibeline" not in client_de(referent_a).get(adresse).content.decode()


def test_a_withdrawal_leaves_no_word(mien, agent_a):
    adresse = reverse("reflexes:retirer_temoignage", args=[mien.pk])
    assert "zibeline" in client_de(agent_a).get(adresse).content.decode()
    for _ in range(2):  # a double click
        assert client_de(agent_a).post(adresse).url == reverse("reflexes:mes_temoignages")
    mien.refresh_from_db()
    assert (mien.etat, mien.texte, mien.fonction, mien.motif) == ("retire", "", "", "")
    assert mien.recherche == ""
    assert client_de(agent_a).get(adresse).status_code == 200


def test_who_left_still_withdraws(mien, agent_a):
    agent_a.adhesions.update(etat="terminee")
    client_de(agent_a).post(reverse("reflexes:retirer_temoignage", args=[mien.pk]))
    assert Temoignage.objects.get().etat == "retire"


@pytest.mark.parametrize("geste", ["retirer", "corriger"])
def test_nobody_else_withdraws_or_corrects(mien, personnes, geste):
    adresse = reverse(f"reflexes:{geste}_temoignage", args=[mien.pk])
    for role in ("referent_a", "agent_b", "curateur", "administrateur"):
        assert client_de(personnes[role]).post(adresse, SAISIE).status_code == 404
    assert Temoignage.objects.get().etat == "publie"


def test_a_waiting_one_is_corrected_and_a_published_one_is_not(fige, mien, agent_a):
    attend = TemoignageFactory(fige=fige, depose_par=agent_a, etat="a_lire")
    for temoignage in (attend, mien):
        adresse = reverse("reflexes:corriger_temoignage", args=[temoignage.pk])
        client_de(agent_a).post(adresse, SAISIE)
        temoignage.refresh_from_db()
    assert attend.texte.startswith("On nous a dit")
    assert (mien.etat, mien.texte) == ("publie", "Un zibeline de mots.")


def test_without_the_account_the_words_stay_and_nobody_brought_them(mien, agent_a, client):
    agent_a.supprimer()
    mien.refresh_from_db()
    assert mien.depose_par is None
    assert "zibeline" in client.get(mien.get_absolute_url()).content.decode()


def test_my_list_costs_the_same_with_many(fige, enquete, django_assert_max_num_queries):
    agent = un_membre(enquete.organisations.first())
    client = client_de(agent)
    adresse = reverse("reflexes:mes_temoignages")
    couts = []
    for nombre in (1, 40):
        TemoignageFactory.create_batch(nombre, fige=fige, depose_par=agent)
        with django_assert_max_num_queries(10) as requetes:
            reponse = client.get(adresse)
        couts.append(len(requetes))
    assert couts[0] == couts[1]
    suite = client.get(adresse + reponse.context["suivante"])
    vus = [t.pk for t in [*reponse.context["temoignages"], *suite.context["temoignages"]]]
    assert len(set(vus)) == 40
