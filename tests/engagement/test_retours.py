"""The planned return: its reminders, its talk, both bilans, the thanks, the attestation."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.jours import instant_de
from engagement import retours, suivi, tasks
from engagement.liens import jeton_de_conversation
from engagement.models import MiseEnRelation
from engagement.refus import ActionRefusee
from engagement.semaine import APRES_MIDI, MATIN
from engagement.tout_sur_moi import tout
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.conftest import client_de
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    un_mediateur,
    une_mission,
)

pytestmark = pytest.mark.django_db
MARDI, JEUDI = dt.date(2027, 3, 2), dt.date(2027, 3, 4)
RETOUR = dt.date(2027, 3, 11)  # the fifth working day after the last half-day


def le(jour, heure=9):
    return instant_de(jour, heure)


@pytest.fixture
def mission():
    """Tuesday morning and Thursday afternoon, agreed the week before."""
    with time_machine.travel(le(dt.date(2027, 2, 23)), tick=False) as horloge:
        dispositif = DispositifFactory(contact="04 00 00 00 00")
        mediateur = un_mediateur(dispositif)
        collegue = un_mediateur(dispositif)
        mise = une_mission(
            mediateur,
            besoin=BesoinFactory(
                dispositif=dispositif, creneaux=[(MARDI, MATIN), (JEUDI, APRES_MIDI)]
            ),
            mediateur=mediateur,
        )
        yield mise, mediateur, collegue, horloge


def attendus(mise, genre):
    messages = Message.objects.filter(sujet=f"mise_en_relation:{mise.pk}", genre=genre)
    return messages.exclude(etat="annule")


def jours(mise, genre):
    return sorted({m.prevu_le for m in attendus(mise, genre)})


def adresse(nom, mise, cote="personne"):
    return reverse(f"engagement:{nom}", args=[jeton_de_conversation(mise, cote)])


def test_the_return_is_planned_from_the_start(mission):
    mise, mediateur, collegue, _ = mission
    if mise.retour_prevu_le is None:
        assert jours(mise, "retour_0") == [instant_de(RETOUR, 8)]
    prevu = jours(mise, "retour_0")[0]
    assert jours(mise, "retour_2")[0] < prevu < jours(mise, "retour_3")[0]
    assert jours(mise, "retour_3")[0] < jours(mise, "retour_cellule")[0]
    assert {m.destinataire for m in attendus(mise, "retour_2")} == {
        mise.personne.email, mise.personne.manager_email, mediateur.email,
    }  # fmt: skip
    assert [m.destinataire for m in attendus(mise, "retour_3")] == [mediateur.email]
    assert {m.destinataire for m in attendus(mise, "retour_cellule")} == {
        mediateur.email, collegue.email,
    }  # fmt: skip


def test_a_manager_nobody_asked_hears_nothing(mission):
    _, mediateur, _, horloge = mission
    dispositif = DispositifFactory(accord_manager=False)
    dispositif.mediations.create(utilisateur=mediateur)
    mise = une_mission(
        mediateur, besoin=BesoinFactory(dispositif=dispositif, creneaux=[(MARDI, MATIN)])
    )
    horloge.move_to(le(JEUDI))
    tasks.ramener_les_missions()
    messages = Message.objects.filter(destinataire=mise.personne.manager_email)
    assert mise.personne.manager_email
    assert not messages.exists()
    assert attendus(mise, "retour_annonce").get().destinataire == mise.personne.email


def test_a_mission_is_over_for_readers_before_any_worker_has_run(mission):
    mise, mediateur, _, horloge = mission
    horloge.move_to(le(JEUDI, 23))
    assert mise.etat_au() == "en_mission"
    assert not MiseEnRelation.objects.finies().exists()
    horloge.move_to(le(dt.date(2027, 3, 5), 0))
    assert mise.etat_au() == "retour"
    assert MiseEnRelation.objects.finies().get() == mise
    page = client_de(mediateur).get(f"/engagement/missions/{mise.pk}/").content.decode()
    assert "Retour à faire" in page
    assert mise.etat == "en_mission"


def test_the_job_records_the_end_once_and_asks_for_the_return_and_the_bilans(mission):
    mise, _, _, horloge = mission
    horloge.move_to(le(dt.date(2027, 3, 5)))
    assert tasks.ramener_les_missions() == 1
    assert tasks.ramener_les_missions() == 0
    mise.refresh_from_db()
    assert mise.etat == "retour"
    annonces = {m.destinataire: m for m in attendus(mise, "retour_annonce")}
    assert set(annonces) == {mise.personne.email, mise.personne.manager_email}
    au_manager = redacteur_de("retour_annonce")(annonces[mise.personne.manager_email])
    assert "avec vous" in au_manager.texte
    assert "/ma-mission/" not in au_manager.texte
    bilans = {m.destinataire: m for m in attendus(mise, "bilan_demande")}
    assert set(bilans) == {mise.personne.email, mise.besoin.accueil_email}
    assert (
        adresse("bilan_mission", mise, "accueil")
        in redacteur_de("bilan_demande")(bilans[mise.besoin.accueil_email]).texte
    )


def test_a_return_nobody_notes_is_told_to_who_follows_then_to_the_cellule(mission):
    mise, _, _, horloge = mission
    horloge.move_to(le(dt.date(2027, 3, 5)))
    tasks.ramener_les_missions()
    for genre, mots in (
        ("retour_3", "Rien n'en est encore noté"),
        ("retour_cellule", "toute la cellule"),
    ):
        message = attendus(mise, genre).first()
        horloge.move_to(message.prevu_le)
        assert mots in redacteur_de(genre)(message).texte


def test_the_return_is_noted_and_its_reminders_stop(mission):
    mise, mediateur, _, horloge = mission
    client = client_de(mediateur)
    page = reverse("engagement:retour_mission", args=[mise.pk])
    trop_tot = client.post(
        page, {"entretien_le": "", "sans_entretien": "Pas besoin.", "appris": "A"}
    )
    assert trop_tot.status_code == 409
    horloge.move_to(le(dt.date(2027, 3, 12)))
    client = client_de(mediateur)
    for envoi in (
        {"entretien_le": "", "sans_entretien": ""},
        {"entretien_le": "2027-03-30", "sans_entretien": ""},
        {"entretien_le": "31/02/2027", "sans_entretien": ""},
        {"entretien_le": "2027-03-11", "sans_entretien": "Et aussi non"},
    ):
        refus = client.post(page, {**envoi, "appris": "Gardé.", "suite": ""})
        assert refus.status_code == 422
        assert "Gardé." in refus.content.decode()
    fait = {
        "entretien_le": "2027-03-11",
        "sans_entretien": "",
        "appris": "Écouter.",
        "suite": "Refaire.",
    }
    assert client.post(page, fait).status_code == 302
    for genre in ("retour_3", "retour_cellule"):
        assert not attendus(mise, genre).exists()
    mise.refresh_from_db()
    assert mise.retour.appris == "Écouter."


def test_closing_says_all_that_is_missing_then_thanks_both_sides(mission):
    mise, mediateur, _, horloge = mission
    horloge.move_to(le(dt.date(2027, 3, 12)))
    client, fin = client_de(mediateur), reverse("engagement:finir_mission", args=[mise.pk])
    refus = client.post(fin, {"geste": "clore"}, follow=True).content.decode()
    assert "Dites de chaque demi-journée" in refus
    assert "Notez l&#x27;entretien de retour" in refus
    for demi_journee in mise.demi_journees.all():
        demi_journee.dire(faite=True, par=mediateur)
    client.post(
        reverse("engagement:retour_mission", args=[mise.pk]),
        {"entretien_le": "2027-03-11", "sans_entretien": "", "appris": "", "suite": ""},
    )
    client.post(fin, {"geste": "clore"})
    client.post(fin, {"geste": "clore"})  # twice changes nothing
    mise.refresh_from_db()
    assert mise.etat == "close"
    merci = {
        m.destinataire: redacteur_de("remerciements")(m) for m in attendus(mise, "remerciements")
    }
    assert set(merci) == {mise.personne.email, mise.besoin.accueil_email}
    assert "2 demi-journées" in merci[mise.personne.email].texte
    assert "attestation.pdf" in merci[mise.personne.email].texte
    assert "attestation.pdf" not in merci[mise.besoin.accueil_email].texte
    lignes = list(mise.dispositif.historique.filter(vers="close").values_list("action", flat=True))
    assert lignes == ["clore"]


def test_only_the_cellule_closes(mission, agent_a, administrateur):
    mise, _, _, horloge = mission
    horloge.move_to(le(dt.date(2027, 3, 12)))
    for user in (agent_a, administrateur):
        for nom in ("finir_mission", "retour_mission", "interrompre_mission", "mission"):
            url = reverse(f"engagement:{nom}", args=[mise.pk])
            assert client_de(user).post(url, {"geste": "clore"}).status_code in (404, 405)
    with pytest.raises(ActionRefusee):
        mise.revenir(cote="date", at=le(MARDI))


def test_each_side_says_how_it_went_and_may_change_it(mission):
    mise, mediateur, _, horloge = mission
    page = adresse("bilan_mission", mise)
    oui = {
        "content": "oui",
        "texte": "Très bien.",
        "recommencer": "on",
        "mot_public": "",
        "fonction": "",
    }
    assert "pas finie" in Client().get(page).content.decode()
    assert Client().post(page, oui).status_code == 409
    horloge.move_to(le(dt.date(2027, 3, 5)))
    tasks.ramener_les_missions()
    rappel = attendus(mise, "bilan_rappel").get(destinataire=mise.personne.email)
    assert Client().post(page, {**oui, "content": "peut-être"}).status_code == 422
    assert Client().post(page, oui).status_code == 302
    rappel.refresh_from_db()
    assert rappel.etat == "annule"
    cite = {
        **oui,
        "content": "en_partie",
        "mot_public": "On apprend beaucoup.",
        "fonction": "agent de voirie",
    }
    sans_accord = Client().post(page, cite)
    assert sans_accord.status_code == 422
    assert "On apprend beaucoup." in sans_accord.content.decode()
    joignable = Client().post(
        page, {**cite, "consent": "on", "mot_public": "Appelez le 06 12 34 56 78"}
    )
    assert joignable.status_code == 422
    assert Client().post(page, {**cite, "consent": "on"}).status_code == 302
    bilan = mise.bilans.get(cote="personne")
    assert (bilan.content, bilan.consent) == ("en_partie", True)
    mise.bilans.update(choisi_le=le(dt.date(2027, 3, 6)))
    Client().post(page, oui)  # the word is taken back: it is no longer chosen
    bilan.refresh_from_db()
    assert (bilan.consent, bilan.choisi_le, mise.bilans.count()) == (False, None, 1)
    assert (
        "Très bien."
        in client_de(mediateur).get(f"/engagement/missions/{mise.pk}/").content.decode()
    )


def test_the_planning_follows_a_new_address_and_a_new_day(mission):
    mise, _, _, _ = mission
    mise.personne.manager_email = "autre@example.org"
    mise.personne.save()
    MiseEnRelation.objects.filter(pk=mise.pk).update(retour_prevu_le=dt.date(2027, 3, 20))
    assert tasks.suivre_les_missions() == 1
    assert attendus(mise, "retour_2").filter(destinataire="autre@example.org").count() == 1
    # A Saturday: two days before is a Thursday; the day's own leaves on Monday.
    assert jours(mise, "retour_2") == [instant_de(dt.date(2027, 3, 18), 8)]
    assert jours(mise, "retour_0") == [instant_de(dt.date(2027, 3, 22), 8)]


def test_a_list_knows_what_is_over_as_each_of_its_missions_does(mission, django_assert_num_queries):
    mise, mediateur, _, horloge = mission
    une_mission(mediateur, besoin=BesoinFactory(dispositif=mise.dispositif))
    for jour in (MARDI, JEUDI, dt.date(2027, 3, 5)):
        horloge.move_to(le(jour))
        une_a_une = [m.etat_au() for m in MiseEnRelation.objects.order_by("pk")]
        with django_assert_num_queries(1):
            assert [
                m.etat_au() for m in MiseEnRelation.objects.avec_fin().order_by("pk")
            ] == une_a_une
    assert une_a_une[0] == "retour"


def test_an_address_that_receives_nothing_is_told_to_who_follows(mission):
    from rappels.echecs import _suite

    mise, mediateur, collegue, _ = mission
    suite = _suite(f"mise_en_relation:{mise.pk}")
    assert suite.a_prevenir(mise.personne.email) == [mediateur.email]
    assert suite.a_prevenir(mediateur.email) == [collegue.email]


def test_the_file_of_all_about_oneself_holds_the_return_and_not_the_notes_of_the_cellule(mission):
    mise, mediateur, _, horloge = mission
    horloge.move_to(le(dt.date(2027, 3, 12)))
    suivi.noter_point(mise, texte="Mots de l'accueil.", par=mediateur)
    retours.noter_retour(mise, par=mediateur, entretien_le=RETOUR, appris="Écouter.")
    dit = str(tout(mise.personne))
    assert "Écouter." in dit
    assert "Mots de l'accueil" not in dit
    assert "Écouter." not in str(tout(mise.besoin.demandeur))
