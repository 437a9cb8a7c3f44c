"""The three accords on the exact text of the letter, by personal links, in any order."""

import datetime as dt

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from engagement.models import AccordMission, Ligne, MotifPrive
from engagement.models.accord import SEL
from engagement.refus import ActionRefusee
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    OffreFactory,
    PersonneFactory,
    un_mediateur,
    une_mise_en_relation_en_accords,
    une_mise_en_relation_rencontree,
    une_mission,
)

pytestmark = pytest.mark.django_db


def page(accord):
    return reverse("engagement:accord", args=[accord.jeton])


def accord_de(mise, cote):
    return mise.accords.exclude(etat="caduc").get(cote=cote)


@pytest.fixture
def mise():
    return une_mise_en_relation_en_accords()


@pytest.fixture
def mediateur(mise):
    return un_mediateur(mise.dispositif)


@pytest.mark.parametrize(
    "ordre", [["personne", "manager", "accueil"], ["accueil", "personne", "manager"]]
)
def test_the_mission_begins_with_the_last_accord_in_any_order(client, mise, ordre):
    for cote in ordre[:-1]:
        assert client.post(page(accord_de(mise, cote)), {"reponse": "oui"}).status_code == 302
        mise.refresh_from_db()
        assert mise.etat == "rencontree"
    client.post(page(accord_de(mise, ordre[-1])), {"reponse": "oui"})
    mise.refresh_from_db()
    assert mise.etat == "en_mission"
    assert set(
        Message.objects.filter(genre="mission_convenue").values_list("destinataire", flat=True)
    ) == {mise.personne.email, mise.personne.manager_email, mise.besoin.accueil_email}


def test_opening_the_link_agrees_to_nothing(client, mise):
    accord = accord_de(mise, "personne")
    reponse = client.get(page(accord))
    assert "Lettre de mission" in reponse.content.decode()
    assert reponse["Referrer-Policy"] == "same-origin"
    accord.refresh_from_db()
    assert accord.etat == "demande"


def test_an_inhabitant_and_a_dispositif_that_asks_no_manager_need_two_accords():
    mise = une_mise_en_relation_en_accords(offre__personne__statut="habitant")
    assert set(mise.accords.values_list("cote", flat=True)) == {"personne", "accueil"}
    sans = une_mise_en_relation_en_accords(besoin__dispositif__accord_manager=False)
    assert not sans.accords.filter(cote="manager").exists()


def test_everything_missing_in_the_letter_is_said_at_once():
    mise = une_mise_en_relation_rencontree(besoin__binome="", besoin__description="")
    mise.retour_prevu_le = None
    mise.save()
    mise.creneaux.clear()
    with pytest.raises(ActionRefusee) as refus:
        mise.demander_accords(par=un_mediateur(mise.dispositif))
    dit = " ".join(refus.value.obstacles)
    for mot in ("binôme", "ce que fera", "demi-journée", "retour"):
        assert mot in dit
    assert not mise.accords.exists()


def test_a_refusal_tells_the_others_one_reason_and_the_cellule_another(client, mise):
    accord = accord_de(mise, "manager")
    client.post(page(accord), {"reponse": "non", "motif": "Pas ce mois-ci", "prive": "Tensions"})
    accord.refresh_from_db()
    mise.refresh_from_db()
    assert (accord.etat, accord.motif, mise.etat, mise.attend) == (
        "refuse", "Pas ce mois-ci", "rencontree", "cellule",
    )  # fmt: skip
    assert MotifPrive.objects.get().texte == "Tensions"
    assert Message.objects.filter(genre="accord_mission_refuse").exists()
    client.post(page(accord), {"reponse": "oui"})
    accord.refresh_from_db()
    assert accord.etat == "donne"


def test_a_change_voids_the_accords_and_asks_again_saying_what_changed(client, mise, mediateur):
    ancien = accord_de(mise, "personne")
    ancien.donner()
    mise.rediger(par=mediateur, conditions="Le trajet est remboursé.")
    ancien.refresh_from_db()
    assert ancien.etat == "caduc"
    nouveau = accord_de(mise, "personne")
    assert "trajet est remboursé" in client.get(page(nouveau)).content.decode()
    dit = client.get(page(ancien)).content.decode()
    assert "Le texte a changé" in dit
    assert page(nouveau) in dit
    assert client.post(page(ancien), {"reponse": "oui"}).status_code == 409
    message = Message.objects.get(
        genre="accord_mission_demande", sujet=f"accord_mission:{nouveau.pk}"
    )
    assert "[ajouté : " in redacteur_de(message.genre)(message).texte
    anciens = Message.objects.filter(sujet=f"accord_mission:{ancien.pk}")
    assert set(anciens.values_list("etat", flat=True)) == {"annule"}


def test_a_change_of_the_need_alone_waits_for_the_cellule_to_ask_again(client, mise, mediateur):
    accord = accord_de(mise, "personne")
    mise.besoin.binome = "une autre personne"
    mise.besoin.save()
    assert client.post(page(accord), {"reponse": "oui"}).status_code == 409
    guichet = client_de(mediateur)
    dit = guichet.get(mise.get_absolute_url()).content.decode()
    assert "Redemander les accords" in dit
    guichet.post(mise.get_absolute_url(), {"geste": "demander_accords"})
    accord_de(mise, "personne").donner()
    assert accord_de(mise, "personne").etat == "donne"


def test_reminders_go_to_those_who_have_not_answered(mise):
    accord_de(mise, "personne").donner()
    attendus = Message.objects.filter(genre="accord_mission_relance_1", etat="prevu")
    sujets = {f"accord_mission:{accord_de(mise, c).pk}" for c in ("manager", "accueil")}
    assert set(attendus.values_list("sujet", flat=True)) == sujets


def test_the_cellule_writes_down_an_accord_told_by_phone(mise, mediateur):
    mise.personne.email = ""
    mise.personne.save()
    guichet = client_de(mediateur)
    envoi = {"geste": "recueillir", "cote": "personne", "reponse": "oui"}
    assert guichet.post(mise.get_absolute_url(), envoi).status_code == 422
    guichet.post(mise.get_absolute_url(), {**envoi, "comment": "Par téléphone, texte lu"})
    accord = accord_de(mise, "personne")
    assert (accord.etat, accord.recueilli_par) == ("donne", mediateur)
    assert not Message.objects.filter(genre="accord_recueilli").exists()
    with pytest.raises(ActionRefusee):
        accord_de(mise, "manager").recueillir(par=mediateur, comment=" ")


def test_who_can_be_written_to_hears_what_was_noted_in_their_name(mise, mediateur):
    accord_de(mise, "manager").recueillir(par=mediateur, comment="Au guichet")
    message = Message.objects.get(genre="accord_recueilli")
    assert message.destinataire == mise.personne.manager_email
    assert "Au guichet" in redacteur_de(message.genre)(message).texte


def test_links_tampered_too_old_or_of_somebody_erased_lead_to_one_clear_page(client, mise):
    accord = accord_de(mise, "personne")
    assert client.get(page(accord)[:-3] + "xx/").status_code == 404
    vieux = signing.dumps(accord.pk, salt="engagement.autre")
    assert client.get(reverse("engagement:accord", args=[vieux])).status_code == 404
    assert signing.loads(accord.jeton, salt=SEL) == accord.pk


def test_a_link_used_after_the_mise_en_relation_was_declined_is_answered_in_words(client, mise):
    mise.decliner(cote="accueil", motif="Nous avons trouvé.")
    accord = mise.accords.get(cote="personne")
    reponse = client.post(page(accord), {"reponse": "oui"})
    assert reponse.status_code == 409
    assert "déclinée" in reponse.content.decode()
    reponse = client.post(page(accord), {"reponse": "non", "motif": "Ce que j'avais écrit"})
    assert "Ce que j&#x27;avais écrit" in reponse.content.decode()


def test_a_need_closed_while_its_accords_come_in_loses_no_answer(client, mise):
    accord_de(mise, "personne").donner()
    accord_de(mise, "manager").donner()
    type(mise.besoin).objects.filter(pk=mise.besoin_id).update(etat="clos")
    accord = accord_de(mise, "accueil")
    assert client.post(page(accord), {"reponse": "oui"}).status_code == 302
    accord.refresh_from_db()
    mise.refresh_from_db()
    assert (accord.etat, mise.etat, mise.attend) == ("donne", "rencontree", "cellule")
    assert "refermé" in client.get(page(accord)).content.decode()


def test_what_the_database_refuses_is_told_to_the_cellule_and_no_accord_is_lost():
    besoin = BesoinFactory(dispositif__par_semaine=1)
    personne = PersonneFactory(dispositif=besoin.dispositif)
    offre = OffreFactory(personne=personne)
    jour = besoin.creneaux.get().jour
    autre = jour + dt.timedelta(days=1 if jour.weekday() < 4 else -1)
    ailleurs = BesoinFactory(dispositif=besoin.dispositif, creneaux=[(autre, 0)])
    assert une_mission(besoin=besoin, offre=offre).etat == "en_mission"
    mise = une_mission(besoin=ailleurs, offre=OffreFactory(personne=personne))
    assert (mise.etat, mise.attend) == ("rencontree", "cellule")
    assert set(mise.accords.values_list("etat", flat=True)) == {"donne"}
    guichet = client_de(un_mediateur(mise.dispositif))
    assert "trop de demi-journées" in guichet.get(mise.get_absolute_url()).content.decode()
    ligne = Ligne.objects.filter(sujet=f"mise_en_relation:{mise.pk}", action="empecher")
    assert ligne.exists()


def test_the_same_click_twice_is_one_accord(client, mise):
    accord = accord_de(mise, "personne")
    client.post(page(accord), {"reponse": "oui"})
    client.post(page(accord), {"reponse": "oui"})
    assert Ligne.objects.filter(action="accord_donne").count() == 1


def test_only_the_cellule_asks_for_accords_and_writes_the_letter(mise):
    inconnu = UtilisateurFactory()
    for geste in (
        lambda: mise.demander_accords(par=inconnu),
        lambda: mise.rediger(par=inconnu, mission="x"),
        lambda: accord_de(mise, "personne").recueillir(par=inconnu, comment="x"),
    ):
        with pytest.raises(PermissionDenied):
            geste()


def test_two_people_writing_the_letter_lose_nothing(mise, mediateur):
    guichet = client_de(mediateur)
    adresse = reverse("engagement:lettre", args=[mise.pk])
    champs = {
        "mission": "Texte du second", "retour_avec": "sa cheffe", "suite": "enregistrer",
        "creneaux": [c.pk for c in mise.creneaux.all()], "version": "vieille",
        "retour_prevu_le": mise.retour_prevu_le.isoformat(),
    }  # fmt: skip
    reponse = guichet.post(adresse, champs)
    assert reponse.status_code == 409
    assert "Texte du second" in reponse.content.decode()
    del champs["version"]
    assert guichet.post(adresse, champs).status_code == 302
    mise.refresh_from_db()
    assert mise.mission == "Texte du second"
    assert AccordMission.objects.filter(mise_en_relation=mise, etat="demande").count() == 3


def test_a_letter_whose_day_has_passed_is_not_agreed_to(client, mise, time_machine):
    accord = accord_de(mise, "personne")
    time_machine.move_to(timezone.now() + dt.timedelta(days=60))
    reponse = client.post(page(accord), {"reponse": "oui"})
    assert reponse.status_code == 409
    assert "déjà passée" in reponse.content.decode()


def test_an_accord_that_comes_just_after_its_need_was_closed_is_answered_in_words(
    client, mise, mediateur
):
    accord = accord_de(mise, "personne")
    mise.besoin.clore(motif="Trouvé ailleurs.", par=mediateur)
    reponse = client.post(page(accord), {"reponse": "oui"})
    assert reponse.status_code == 409
    assert "ce besoin a été refermé" in reponse.content.decode()
