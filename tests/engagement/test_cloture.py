"""Closing a dispositif: in one act, everybody told once, missions brought to their return."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from engagement import cellule, cloture, rappels_dispositif, reglement
from engagement.models import DemiJournee, Dispositif, Ligne, Offre, Personne, Pret
from engagement.refus import ActionRefusee
from engagement.semaine import MATIN
from engagement.tasks import achever_les_clotures
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
    un_jour_de_semaine,
    un_mediateur,
)

pytestmark = pytest.mark.django_db
MOT = "Merci à vous, la crise est passée."


@pytest.fixture
def dispositif():
    return DispositifFactory(nom="Réserve de crise")


@pytest.fixture
def mediateur(dispositif):
    return un_mediateur(dispositif)


def en_mission(dispositif, jours, etat="prevue", **champs):
    """A mission whose half-days fall on these days; the first ``faites`` were done."""
    besoin = BesoinFactory(dispositif=dispositif, creneaux=[(jour, MATIN) for jour in jours])
    mise = MiseEnRelationFactory(besoin=besoin, **champs)
    type(mise).objects.filter(pk=mise.pk).update(etat="en_mission")
    mise.refresh_from_db()
    for creneau in besoin.creneaux.all():
        DemiJournee.objects.create(
            mise_en_relation=mise, creneau=creneau, personne=mise.personne, numero=1, cle=0,
            jour=creneau.jour, moment=0, etat="faite" if creneau.jour < jour_de() else etat,
        )  # fmt: skip
    return mise


def fermer(user, dispositif, **champs):
    donnees = {"missions": "au_bout", "mot_de_fin": MOT, "bilan": "", "compris": "on", **champs}
    return client_de(user).post(
        reverse("engagement:clore_dispositif", args=[dispositif.pk]), donnees
    )


def mails(adresse=None, genre="dispositif_clos"):
    messages = Message.objects.filter(genre=genre).exclude(etat="annule")
    return messages.filter(destinataire=adresse) if adresse else messages


def test_the_page_says_what_will_happen_with_counts(dispositif, mediateur):
    MiseEnRelationFactory(besoin=BesoinFactory(dispositif=dispositif))
    en_mission(dispositif, [un_jour_de_semaine(5)])
    PersonneFactory(dispositif=dispositif, email="")
    page = client_de(mediateur).get(reverse("engagement:clore_dispositif", args=[dispositif.pk]))
    assert page.context["restes"] == cloture.Restes(
        besoins=2, propositions=1, missions=1, prets=0, offres=2, personnes=5, a_appeler=1
    )
    for dit in ("2 offres se terminent", "2 besoins sont fermés", "1 mission va à son retour"):
        assert dit in page.text


def test_closing_ends_everything_that_had_not_begun(dispositif, mediateur):
    mise = MiseEnRelationFactory(besoin=BesoinFactory(dispositif=dispositif))
    a_qualifier = BesoinFactory(dispositif=dispositif, etat="a_qualifier")
    reponse = fermer(mediateur, dispositif, bilan="Tenu trois mois.")
    assert reponse["Location"] == dispositif.get_absolute_url()
    for objet in (dispositif, mise, mise.besoin, mise.offre, a_qualifier):
        objet.refresh_from_db()
    assert (dispositif.etat, dispositif.mot_de_fin, dispositif.bilan) == (
        "clos",
        MOT,
        "Tenu trois mois.",
    )
    assert dispositif.cloture_achevee_le is not None
    assert (mise.etat, mise.declinee_par) == ("declinee", "cellule")
    assert "Réserve de crise" in mise.motif
    assert {mise.besoin.etat, a_qualifier.etat} == {"clos"}
    assert mise.offre.etat == "terminee"
    assert not dispositif.est_ouvert()
    lignes = Ligne.objects.filter(sujet=f"dispositif:{dispositif.pk}")
    assert list(lignes.values_list("action", "par")) == [("clore", mediateur.pk), ("achever", None)]


def test_everybody_is_told_once(dispositif, mediateur):
    mise = MiseEnRelationFactory(besoin=BesoinFactory(dispositif=dispositif))
    demandeur = mise.besoin.demandeur
    OffreFactory(personne=mise.personne)
    sans_adresse = PersonneFactory(dispositif=dispositif, email="")
    pas_confirmee = PersonneFactory(dispositif=dispositif, confirmee_le=None)
    fermer(mediateur, dispositif)
    partent = Message.objects.exclude(etat="annule").values_list("genre", "destinataire")
    assert sorted(partent) == sorted(
        ("dispositif_clos", adresse)
        for adresse in (mise.personne.email, demandeur.email, mise.besoin.accueil_email)
    )
    assert sans_adresse.email == ""
    assert not mails(pas_confirmee.email)


def test_a_second_click_tells_nobody_twice(dispositif, mediateur):
    OffreFactory(personne__dispositif=dispositif)
    fermer(mediateur, dispositif)
    combien = Message.objects.count()
    Message.objects.update(etat="envoye")
    reponse = fermer(mediateur, dispositif, mot_de_fin="Autre mot.")
    assert reponse.status_code == 302
    assert achever_les_clotures() == 0
    dispositif.refresh_from_db()
    assert dispositif.mot_de_fin == MOT
    assert Message.objects.filter(etat="envoye").count() == combien == Message.objects.count()
    assert Ligne.objects.filter(action="clore", sujet=f"dispositif:{dispositif.pk}").count() == 1


def test_the_mail_thanks_with_the_half_days_and_the_last_word(dispositif, mediateur):
    mise = en_mission(dispositif, [jour_de() - dt.timedelta(days=9), un_jour_de_semaine(3)])
    fermer(mediateur, dispositif)
    message = mails(mise.personne.email).get()
    courriel = redacteur_de(message.genre)(message)
    assert "1 demi-journée" in courriel.texte
    assert MOT in courriel.texte
    assert "continue jusqu'à sa fin" in courriel.texte
    manager = mails(mise.personne.manager_email).get()
    assert "continue jusqu'à sa fin" in redacteur_de(manager.genre)(manager).texte
    for autre in (message, manager):
        texte = redacteur_de(autre.genre)(autre).texte
        assert mise.besoin.demandeur.email not in texte
        assert mise.personne.telephone not in texte


def test_who_was_erased_since_is_told_nothing(dispositif, mediateur):
    offre = OffreFactory(personne__dispositif=dispositif)
    fermer(mediateur, dispositif)
    message = mails(offre.personne.email).get()
    Personne.objects.update(
        effacee_le=timezone.now(), email="", telephone="", manager_email="", manager_nom=""
    )
    assert redacteur_de(message.genre)(message) is None


def test_missions_go_to_their_end_unless_told_otherwise(dispositif, mediateur):
    mise = en_mission(dispositif, [un_jour_de_semaine(3), un_jour_de_semaine(20)])
    fermer(mediateur, dispositif)
    mise.refresh_from_db()
    assert mise.etat == "en_mission"
    assert set(mise.demi_journees.values_list("etat", flat=True)) == {"prevue"}


def test_missions_stop_at_the_chosen_day_and_are_brought_to_their_return(dispositif, mediateur):
    hier = jour_de() - dt.timedelta(days=8)
    proche, loin = un_jour_de_semaine(2), un_jour_de_semaine(25)
    commencee = en_mission(dispositif, [hier, proche, loin], retour_prevu_le=loin)
    pas_commencee = en_mission(dispositif, [loin])
    finie = en_mission(dispositif, [hier, loin])
    dernier = jour_de() + dt.timedelta(days=7)
    fermer(mediateur, dispositif, missions="a_une_date", missions_jusqu_au=dernier.isoformat())
    for mise in (commencee, pas_commencee, finie):
        mise.refresh_from_db()
    assert commencee.etat == "en_mission"
    assert list(commencee.demi_journees.values_list("etat", flat=True)) == [
        "faite",
        "prevue",
        "annulee",
    ]
    assert commencee.retour_prevu_le == dernier + dt.timedelta(days=7)
    assert pas_commencee.etat == "interrompue"
    assert finie.etat == "retour"


def test_a_loan_that_is_out_is_asked_back(dispositif, mediateur):
    maintenant = timezone.now()
    offre = OffreFactory(personne__dispositif=dispositif, nature="materiel", titre="Vingt tables")
    sorti = MiseEnRelationFactory(besoin=BesoinFactory(dispositif=dispositif), offre=offre)
    prevu = MiseEnRelationFactory(
        besoin=BesoinFactory(dispositif=dispositif),
        offre=OffreFactory(personne__dispositif=dispositif, nature="lieu"),
    )
    for mise, etat in ((sorti, "sorti"), (prevu, "prevu")):
        type(mise).objects.filter(pk=mise.pk).update(etat="en_mission")
        Pret.objects.create(
            mise_en_relation=mise, offre=mise.offre, etat=etat,
            periode=(maintenant, maintenant + dt.timedelta(days=4)),
        )  # fmt: skip
    fermer(mediateur, dispositif)
    sorti.refresh_from_db()
    prevu.refresh_from_db()
    assert (sorti.etat, sorti.pret.etat) == ("en_mission", "sorti")
    assert (prevu.etat, prevu.pret.etat) == ("interrompue", "annule")
    emprunteur = mails(sorti.besoin.demandeur.email).get()
    assert "À rendre : « Vingt tables »" in redacteur_de(emprunteur.genre)(emprunteur).texte
    preteur = mails(sorti.personne.email).get()
    assert "redemandé" in redacteur_de(preteur.genre)(preteur).texte


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"compris": ""}, "Cochez pour confirmer"),
        ({"mot_de_fin": "  "}, "Un mot de fin"),
        ({"missions": "a_une_date", "missions_jusqu_au": ""}, "Dites quel jour"),
        ({"missions": "a_une_date", "missions_jusqu_au": "2020-01-01"}, "déjà passé"),
        ({"missions": "a_une_date", "missions_jusqu_au": "31/02/2027"}, "existe pas"),
        ({"bilan": "x" * 20_001}, "20000"),
    ],
)
def test_a_bad_input_closes_nothing(dispositif, mediateur, champs, dit):
    reponse = fermer(mediateur, dispositif, **champs)
    assert reponse.status_code == 422
    assert dit in reponse.text
    dispositif.refresh_from_db()
    assert dispositif.est_ouvert()


def test_only_its_cellule_its_referent_and_the_administration_close(
    dispositif, referent_a, agent_a, habitant, curateur, administrateur
):
    autre_mediateur = un_mediateur(DispositifFactory())
    for etranger in (referent_a, agent_a, habitant, curateur, autre_mediateur):
        assert fermer(etranger, dispositif).status_code == 403
        with pytest.raises(PermissionDenied):
            dispositif.clore(par=etranger)
    assert fermer(administrateur, dispositif).status_code == 302


def test_what_never_opened_is_not_closed(mediateur, dispositif):
    Dispositif.objects.update(etat="preparation")
    with pytest.raises(ActionRefusee):
        dispositif.clore(par=mediateur)


def test_a_long_closing_goes_on_in_a_task_and_says_how_far_it_is(
    dispositif, mediateur, client, monkeypatch
):
    monkeypatch.setattr(cloture, "A_LA_MAIN", 0)
    besoin = BesoinFactory(dispositif=dispositif)
    fermer(mediateur, dispositif)
    besoin.refresh_from_db()
    assert besoin.etat == "ouvert"
    assert "La fermeture est en cours" in client.get(dispositif.get_absolute_url()).text
    assert not mails()
    assert achever_les_clotures() == 1
    assert achever_les_clotures() == 0
    besoin.refresh_from_db()
    assert besoin.etat == "clos"
    assert "La fermeture est en cours" not in client.get(dispositif.get_absolute_url()).text


def test_one_row_that_fails_keeps_nobody_else_waiting(dispositif, mediateur, monkeypatch, caplog):
    casse, sain = BesoinFactory(dispositif=dispositif), BesoinFactory(dispositif=dispositif)
    vraie = type(casse).clore

    def parfois(self, **options):
        if self.pk == casse.pk:
            raise RuntimeError("panne")
        return vraie(self, **options)

    monkeypatch.setattr(type(casse), "clore", parfois)
    fermer(mediateur, dispositif)
    sain.refresh_from_db()
    dispositif.refresh_from_db()
    assert sain.etat == "clos"
    assert dispositif.cloture_en_cours
    assert not mails()
    monkeypatch.undo()
    assert achever_les_clotures() == 1
    assert mails()


@pytest.mark.lent
def test_two_thousand_five_hundred_offers_are_closed_by_the_task_and_each_is_told_once(
    dispositif, mediateur
):
    modele = OffreFactory(personne__dispositif=dispositif)
    gens = Personne.objects.bulk_create(
        Personne(
            dispositif=dispositif, statut="habitant", nom=f"Volontaire {n}", email=f"v{n}@foule.example",
            consentement="en_ligne", confirmee_le=timezone.now(), cle=n,
        )
        for n in range(2_500)
    )  # fmt: skip
    Offre.objects.bulk_create(
        Offre(dispositif=dispositif, personne=p, titre="Du temps", territoire=modele.territoire)
        for p in gens
    )
    for _ in range(20):
        MiseEnRelationFactory(besoin=BesoinFactory(dispositif=dispositif))
    fermer(mediateur, dispositif)
    assert achever_les_clotures() == 1  # more than a person waits for: a task goes on
    dispositif.refresh_from_db()
    assert dispositif.cloture_achevee_le is not None
    assert not dispositif.offres.exclude(etat="terminee").exists()
    assert mails().values("destinataire").distinct().count() == mails().count() >= 2_501


def test_past_its_last_day_its_cellule_is_reminded_until_it_is_closed(dispositif, mediateur):
    Dispositif.objects.update(fin=jour_de() - dt.timedelta(days=1))
    dispositif.refresh_from_db()
    rappels_dispositif.replanifier(dispositif)
    rappels = Message.objects.filter(genre="dispositif_a_clore", etat="prevu")
    assert list(rappels.values_list("destinataire", flat=True)) == [mediateur.email] * 3
    message = rappels.earliest("prevu_le")
    assert "est à fermer" in redacteur_de(message.genre)(message).objet
    partie = un_mediateur(dispositif)
    cellule.ajouter(dispositif, UtilisateurFactory(), par=mediateur)
    assert rappels.count() == 9
    cellule.retirer(partie.mediations.get(), par=mediateur)
    assert rappels.count() == 6
    fermer(mediateur, dispositif)
    assert not rappels.exists()
    assert redacteur_de(message.genre)(message) is None


def test_another_last_day_moves_the_reminders(dispositif, mediateur):
    dispositif.fin = jour_de() + dt.timedelta(days=30)
    genres = ["Accueil"]
    reglement.changer(dispositif, genres=genres, champs=["fin"], par=mediateur)
    rappels = Message.objects.filter(genre="dispositif_a_clore", etat="prevu")
    assert rappels.count() == 3
    dispositif.fin = None
    reglement.changer(dispositif, genres=genres, champs=["fin"], par=mediateur)
    assert not rappels.exists()
