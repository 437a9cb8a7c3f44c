"""A mission under way: its half-days, its points of follow-up, its interruption."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.jours import instant_de
from engagement import tasks
from engagement.liens import jeton_de_conversation
from engagement.models import Ligne, MotifPrive
from engagement.refus import ActionRefusee
from engagement.semaine import MATIN
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.conftest import client_de
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    un_mediateur,
    une_mission,
)

pytestmark = pytest.mark.django_db
LUNDI = dt.date(2027, 3, 1)


@pytest.fixture
def mission():
    """Three Monday mornings, agreed on the Tuesday before."""
    with time_machine.travel(instant_de(dt.date(2027, 2, 23), 9), tick=False) as horloge:
        jours = [(LUNDI + dt.timedelta(days=7 * n), MATIN) for n in range(3)]
        dispositif = DispositifFactory(par_semaine=2)
        mediateur = un_mediateur(dispositif)
        mise = une_mission(
            mediateur,
            besoin=BesoinFactory(dispositif=dispositif, creneaux=jours),
            mediateur=mediateur,
        )
        assert mise.etat == "en_mission"
        yield mise, mediateur, horloge


def ma_mission(mise, cote="personne"):
    return reverse("engagement:ma_mission", args=[jeton_de_conversation(mise, cote)])


def attendus(mise, genre):
    messages = Message.objects.filter(sujet=f"mise_en_relation:{mise.pk}", genre=genre)
    return messages.exclude(etat="annule")


def test_the_first_point_comes_after_the_first_half_day_then_every_two_weeks(mission):
    mise, _, _ = mission
    assert [p.prevu_le for p in mise.points.all()] == [dt.date(2027, 3, 2)]
    assert attendus(mise, "suivi_prevu").get().prevu_le == instant_de(dt.date(2027, 3, 2), 8)


def test_a_half_day_is_said_by_the_person_and_counted(mission):
    mise, _, horloge = mission
    premiere = mise.demi_journees.first()
    client, lien = Client(), ma_mission(mise)
    adresse = f"{lien}demi-journees/{premiere.pk}/"
    page = client.post(adresse, {"geste": "faite"}, follow=True).content.decode()
    assert "à venir" in page  # its day has not come
    horloge.move_to(instant_de(LUNDI, 13))
    page = client.post(adresse, {"geste": "faite"}, follow=True).content.decode()
    assert "1 demi-journée faite sur 3" in page
    assert "1 demi-journée sur 2 cette semaine-là" in page
    page = client.post(adresse, {"geste": "manquee"}, follow=True).content.decode()
    assert "0 demi-journée faite sur 3" in page
    lignes = Ligne.objects.filter(sujet=f"mise_en_relation:{mise.pk}", libelle__contains="Demi")
    assert [ligne.libelle for ligne in lignes] == [
        "Demi-journée du 01/03/2027 matin faite",
        "Demi-journée du 01/03/2027 matin non faite",
    ]


def test_a_half_day_is_said_by_the_cellule_too_and_by_nobody_else(mission, agent_a):
    mise, mediateur, horloge = mission
    horloge.move_to(instant_de(LUNDI, 13))
    adresse = reverse("engagement:demi_journee", args=[mise.pk, mise.demi_journees.first().pk])
    assert client_de(agent_a).post(adresse, {"geste": "faite"}).status_code == 404
    accueil = f"{ma_mission(mise, 'accueil')}demi-journees/{mise.demi_journees.first().pk}/"
    assert Client().post(accueil, {"geste": "faite"}).status_code == 404
    assert mise.demi_journees.filter(etat="faite").count() == 0
    client_de(mediateur).post(adresse, {"geste": "faite"})
    assert mise.demi_journees.filter(etat="faite").count() == 1


def test_a_cancelled_half_day_frees_its_place_and_the_others_are_told(mission):
    mise, mediateur, _ = mission
    derniere = mise.demi_journees.last()
    Client().post(f"{ma_mission(mise)}demi-journees/{derniere.pk}/", {"geste": "annulee"})
    derniere.refresh_from_db()
    assert derniere.etat == "annulee"
    dits = {m.destinataire for m in attendus(mise, "demi_journee_annulee")}
    assert dits == {mise.besoin.accueil_email, mediateur.email}
    autre = une_mission(
        mediateur,
        besoin=BesoinFactory(
            dispositif=mise.dispositif, creneaux=[(derniere.jour, derniere.moment)]
        ),
    )
    assert autre.etat == "en_mission"
    # Twice changes nothing, and tells nobody again.
    Client().post(f"{ma_mission(mise)}demi-journees/{derniere.pk}/", {"geste": "annulee"})
    assert attendus(mise, "demi_journee_annulee").count() == 2


def test_the_mail_of_a_cancelled_half_day_names_it(mission):
    mise, mediateur, _ = mission
    mise.demi_journees.last().annuler(cote="personne")
    message = attendus(mise, "demi_journee_annulee").get(destinataire=mediateur.email)
    courriel = redacteur_de("demi_journee_annulee")(message)
    assert "lundi 15 mars 2027, matin" in courriel.texte
    assert "la personne qui s'est proposée" in courriel.texte


def test_a_past_half_day_is_not_cancelled_and_an_unknown_gesture_is_refused(mission):
    mise, mediateur, horloge = mission
    premiere = mise.demi_journees.first()
    horloge.move_to(instant_de(dt.date(2027, 3, 3), 9))
    with pytest.raises(ActionRefusee, match="est passée"):
        premiere.annuler(par=mediateur)
    adresse = reverse("engagement:demi_journee", args=[mise.pk, premiere.pk])
    page = client_de(mediateur).post(adresse, {"geste": "tout"}, follow=True)
    assert "réponses proposées" in page.content.decode()


def test_a_point_is_noted_by_the_cellule_and_its_reminder_stops(mission):
    mise, mediateur, horloge = mission
    horloge.move_to(instant_de(dt.date(2027, 3, 2), 7))
    message = attendus(mise, "suivi_prevu").get()
    client = client_de(mediateur)
    adresse = reverse("engagement:point_de_suivi", args=[mise.pk])
    vide = client.post(adresse, {"fait_le": "31/02/2027", "texte": ""})
    assert vide.status_code == 422
    assert "Cette date n&#x27;existe pas" in vide.content.decode()
    point = mise.points.get()
    horloge.move_to(instant_de(dt.date(2027, 3, 2), 8))
    courriel = redacteur_de("suivi_prevu")(message)
    assert "premier, après la première demi-journée" in courriel.texte
    noter = {"fait_le": "2027-03-02", "texte": "Tout va bien.", "point": point.pk}
    assert client.post(adresse, noter).status_code == 302
    point.refresh_from_db()
    assert (point.fait_le, point.par) == (dt.date(2027, 3, 2), mediateur)
    message.refresh_from_db()
    assert message.etat == "annule"
    page = client.post(adresse, noter)  # somebody else had told it meanwhile
    assert page.status_code == 409
    assert "Tout va bien." in page.content.decode()


def test_one_more_point_is_planned_on_a_day_to_come(mission):
    mise, mediateur, _ = mission
    client = client_de(mediateur)
    adresse = reverse("engagement:prochain_point", args=[mise.pk])
    assert client.post(adresse, {"prevu_le": "2027-02-01"}).status_code == 409
    assert client.post(adresse, {"prevu_le": "2027-03-09"}).status_code == 302
    tasks.suivre_les_missions()  # the nightly planning leaves it
    assert [p.prevu_le.day for p in mise.points.all()] == [2, 9]


def test_either_side_stops_and_the_reason_is_for_the_cellule_only(mission):
    mise, mediateur, horloge = mission
    horloge.move_to(instant_de(LUNDI, 13))
    mise.demi_journees.first().dire(faite=True, cote="personne")
    adresse = f"{ma_mission(mise)}arreter/"
    sans = Client().post(adresse, {"prive": "", "motif": ""})
    assert sans.status_code == 422
    canari = "CANARI-7391 trop de fatigue"
    page = Client().post(
        adresse, {"prive": canari, "motif": "Merci de votre accueil."}, follow=True
    )
    mise.refresh_from_db()
    assert mise.etat == "interrompue"
    assert MotifPrive.objects.get(mise_en_relation=mise).texte == canari
    etats = list(mise.demi_journees.values_list("etat", flat=True))
    assert etats == ["faite", "annulee", "annulee"]
    vues = [page.content.decode(), client_de(mediateur).get(f"/engagement/missions/{mise.pk}/")]
    dits = attendus(mise, "mission_interrompue")
    assert {m.destinataire for m in dits} == {
        mise.besoin.accueil_email, mediateur.email, mise.personne.manager_email,
    }  # fmt: skip
    for message in dits:
        courriel = redacteur_de("mission_interrompue")(message)
        assert "Merci de votre accueil." in courriel.texte
        vues += [courriel.texte, courriel.html]
    assert not any("CANARI" in str(getattr(v, "content", v)) for v in vues)
    assert not Ligne.objects.filter(libelle__contains="CANARI").exists()
    assert not attendus(mise, "suivi_prevu").exclude(etat="envoye").exists()
    assert not attendus(mise, "retour_2").exists()
    # Again: it is refused in words, and nothing typed is lost.
    page = Client().post(adresse, {"prive": "encore", "motif": ""})
    assert page.status_code == 409
    assert "encore" in page.content.decode()


def test_the_host_and_the_cellule_may_stop_too(mission):
    mise, mediateur, _ = mission
    adresse = reverse("engagement:interrompre_mission", args=[mise.pk])
    assert client_de(mediateur).post(adresse, {"prive": "Accueil fermé."}).status_code == 302
    mise.refresh_from_db()
    assert mise.etat == "interrompue"
    assert attendus(mise, "mission_interrompue").filter(destinataire=mise.personne.email).exists()


@pytest.mark.parametrize("jeton", ["", "n-importe-quoi", "a:b:c", "%00"])
def test_a_forged_link_opens_nothing(mission, jeton):
    for suite in ("", "bilan/", "arreter/", "attestation.pdf"):
        assert Client().get(f"/engagement/ma-mission/{jeton}x/{suite}").status_code == 404


def test_a_mission_that_has_not_begun_has_no_page(agent_b):
    mise = MiseEnRelationFactory()
    mise.dispositif.mediations.create(utilisateur=agent_b)
    assert client_de(agent_b).get(f"/engagement/missions/{mise.pk}/").status_code == 404
    assert Client().get(ma_mission(mise)).status_code == 404


def test_get_changes_nothing_and_a_link_is_told_to_no_other_site(mission):
    mise, _, _ = mission
    reponse = Client().get(ma_mission(mise))
    assert reponse["Referrer-Policy"] == "same-origin"
    assert "noindex" in reponse["X-Robots-Tag"]
    assert (
        Client()
        .get(f"{ma_mission(mise)}demi-journees/{mise.demi_journees.first().pk}/")
        .status_code
        == 405
    )
