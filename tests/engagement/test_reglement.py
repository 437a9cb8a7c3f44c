"""The rules of a dispositif and its cellule, while it runs."""

from html import unescape

import pytest
from django.urls import reverse

from engagement.forms.regles import ReglesForm
from engagement.models import DemiJournee, Ligne
from engagement.semaine import MATIN
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import AdhesionFactory, UtilisateurFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    un_jour_de_semaine,
    un_mediateur,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispositif(organisation_b):
    return DispositifFactory(par_semaine=3, organisation=organisation_b)


@pytest.fixture
def mediateur(dispositif):
    return un_mediateur(dispositif)


def adresse(nom, dispositif, *args):
    return reverse(f"engagement:{nom}", args=[dispositif.pk, *args])


def telles_quelles(dispositif):
    """The form as its page shows it."""
    form = ReglesForm(instance=type(dispositif).objects.get(pk=dispositif.pk))
    valeurs = {nom: form[nom].value() for nom in form.fields}
    return {nom: valeur for nom, valeur in valeurs.items() if valeur not in (None, False)}


def regler(user, dispositif, **champs):
    return client_de(user).post(adresse("regler", dispositif), telles_quelles(dispositif) | champs)


def deux_demi_journees(dispositif):
    """Two half-days of one person in the same week to come."""
    lundi = un_jour_de_semaine(14)
    while lundi.weekday():
        lundi = lundi.fromordinal(lundi.toordinal() + 1)
    jours = [(lundi, MATIN), (lundi.fromordinal(lundi.toordinal() + 1), MATIN)]
    mise = MiseEnRelationFactory(besoin=BesoinFactory(dispositif=dispositif, creneaux=jours))
    for creneau in mise.besoin.creneaux.all():
        DemiJournee.objects.create(
            mise_en_relation=mise, creneau=creneau, personne=mise.personne, numero=1, cle=0,
            jour=creneau.jour, moment=0,
        )  # fmt: skip
    return mise


def test_the_rules_change_and_the_history_says_so(dispositif, mediateur):
    reponse = regler(mediateur, dispositif, par_semaine=5, genres="Appels\nAccueil\n\n appels ")
    assert reponse.status_code == 302
    dispositif.refresh_from_db()
    assert dispositif.par_semaine == 5
    assert [g.libelle for g in dispositif.genres.all()] == ["appels", "Accueil"]
    assert Ligne.objects.filter(action="regler", par=mediateur).count() == 1


def test_a_smaller_budget_says_what_it_touches_and_undoes_nothing(dispositif, mediateur):
    mise = deux_demi_journees(dispositif)
    reponse = regler(mediateur, dispositif, par_semaine=1)
    assert reponse.status_code == 200
    assert "1 personne a déjà plus de 1 demi-journées dans une même semaine" in reponse.text
    dispositif.refresh_from_db()
    assert dispositif.par_semaine == 3
    regler(mediateur, dispositif, par_semaine=1, compris="oui")
    dispositif.refresh_from_db()
    assert dispositif.par_semaine == 1
    assert set(mise.demi_journees.values_list("etat", flat=True)) == {"prevue"}


def test_what_leaves_the_rules_is_said_with_how_many_it_concerns(dispositif, mediateur):
    deux_demi_journees(dispositif)
    offre = OffreFactory(personne__dispositif=dispositif, nature="materiel")
    offre.genres.add(dispositif.genres.first())
    page = unescape(
        regler(
            mediateur, dispositif, genres="Autre chose", fin=un_jour_de_semaine(3).isoformat(),
            du_materiel="", aux_agents="", par_mois="1",
        ).text
    )  # fmt: skip
    assert "« Accueil » disparaît de 1 offre." in page
    assert "2 demi-journées sont prévues après cette date" in page
    assert "1 offre de matériel reste" in page
    assert "2 offres d'agent·es restent" in page
    assert "1 personne a déjà plus de 1 demi-journées dans un même mois" in page


def test_two_people_changing_the_rules_lose_nothing(dispositif, mediateur):
    ouverte = telles_quelles(dispositif)
    regler(mediateur, dispositif, contact="Mairie annexe")
    chemin = adresse("regler", dispositif)
    reponse = client_de(mediateur).post(chemin, ouverte | {"presentation": "Mon texte à moi"})
    assert reponse.status_code == 409
    assert "Mon texte à moi" in reponse.text
    dispositif.refresh_from_db()
    assert dispositif.contact == "Mairie annexe"
    version = reponse.context["version"]
    encore = ouverte | {"presentation": "Mon texte à moi", "version": version}
    assert client_de(mediateur).post(chemin, encore).status_code == 302


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"fin": "2019-01-01"}, "La fermeture vient après l'ouverture"),
        ({"debut": "2027-02-31"}, "n'existe pas"),
        ({"par_semaine": "-1"}, "supérieur"),
        ({"par_semaine": "15"}, "inférieur"),
        ({"duree_maximale": "9999"}, "inférieur"),
        ({"genres": " \n "}, "au moins un genre"),
        ({"genres": "x" * 90}, "80 signes"),
        ({"nom": "\x00"}, "nul"),
        ({"lieu": "Nulle-Part-Sur-Mer"}, "Aucun territoire"),
        ({"du_temps": "", "des_lieux": "", "du_materiel": ""}, "Dites ce qu'on offre ici"),
        ({"aux_agents": "", "aux_habitants": "", "aux_organisations": ""}, "Dites qui peut offrir"),
    ],
)
def test_bad_rules_are_refused_in_words(dispositif, mediateur, champs, dit):
    reponse = regler(mediateur, dispositif, **champs)
    assert reponse.status_code == 422
    assert dit in unescape(reponse.text)


def test_a_closed_dispositif_keeps_its_rules(dispositif, mediateur):
    ouverte = telles_quelles(dispositif)
    dispositif.clore(par=mediateur)
    chemin = adresse("regler", dispositif)
    client_de(mediateur).post(chemin, ouverte | {"contact": "Ailleurs"})
    dispositif.refresh_from_db()
    assert dispositif.contact != "Ailleurs"


def test_strangers_rule_nothing(dispositif, referent_a, agent_b, habitant, curateur):
    un_mediateur(dispositif)
    for etranger in (referent_a, agent_b, habitant, curateur):
        assert regler(etranger, dispositif).status_code == 403
        chemin = adresse("cellule", dispositif)
        assert client_de(etranger).post(chemin, {"email": etranger.email}).status_code == 403


def test_a_colleague_joins_by_address_or_from_the_list(dispositif, mediateur, agent_b):
    autre = UtilisateurFactory()
    chemin = adresse("cellule", dispositif)
    client_de(mediateur).post(chemin, {"email": autre.email.upper()})
    client_de(mediateur).post(chemin, {"email": autre.email})
    client_de(mediateur).post(chemin, {"collegue": agent_b.pk})
    presents = {m.utilisateur for m in dispositif.mediations.actives()}
    assert presents == {mediateur, autre, agent_b}
    assert Message.objects.filter(genre="cellule_arrivee").count() == 2
    assert client_de(autre).get(adresse("regler", dispositif)).status_code == 200


@pytest.mark.parametrize(
    ("donnees", "dit"),
    [
        ({"email": "personne@nulle-part.example"}, "Aucun compte"),
        ({"email": "pas une adresse"}, "n'est pas valide"),
        ({"collegue": "999999"}, "Écrivez l'adresse"),
        ({}, "Écrivez l'adresse"),
    ],
)
def test_nobody_unknown_joins(dispositif, mediateur, donnees, dit):
    reponse = client_de(mediateur).post(adresse("cellule", dispositif), donnees)
    assert reponse.status_code == 422
    assert dit in unescape(reponse.text)


def test_a_member_of_another_organisation_is_not_in_the_list(dispositif, mediateur, agent_a):
    client_de(mediateur).post(adresse("cellule", dispositif), {"collegue": agent_a.pk})
    assert agent_a not in {m.utilisateur for m in dispositif.mediations.all()}
    AdhesionFactory(utilisateur=agent_a, organisation=dispositif.organisation)
    client_de(mediateur).post(adresse("cellule", dispositif), {"collegue": agent_a.pk})
    assert agent_a in {m.utilisateur for m in dispositif.mediations.all()}


def test_who_leaves_loses_every_right_and_gives_back_their_basket(dispositif, mediateur):
    autre = un_mediateur(dispositif)
    suivi = BesoinFactory(dispositif=dispositif, mediateur=autre)
    place = dispositif.mediations.get(utilisateur=autre)
    chemin = adresse("quitter_la_cellule", dispositif, place.pk)
    client_de(mediateur).post(chemin)
    client_de(mediateur).post(chemin)
    suivi.refresh_from_db()
    assert suivi.mediateur is None
    assert client_de(autre).get(adresse("regler", dispositif)).status_code == 403
    assert Ligne.objects.filter(action="quitter").count() == 1
    client_de(mediateur).post(adresse("cellule", dispositif), {"email": autre.email})
    assert client_de(autre).get(adresse("regler", dispositif)).status_code == 200


def test_the_last_one_cannot_leave_an_open_dispositif(dispositif, mediateur):
    place = dispositif.mediations.get()
    chemin = adresse("quitter_la_cellule", dispositif, place.pk)
    reponse = client_de(mediateur).post(chemin, follow=True)
    assert "dernière personne" in unescape(reponse.text)
    place.refresh_from_db()
    assert place.jusqu_au is None
    dispositif.clore(par=mediateur)
    client_de(mediateur).post(chemin)
    place.refresh_from_db()
    assert place.jusqu_au is not None


def test_a_place_of_another_dispositif_is_not_found(dispositif, mediateur):
    ailleurs = un_mediateur(DispositifFactory()).mediations.get()
    chemin = adresse("quitter_la_cellule", dispositif, ailleurs.pk)
    assert client_de(mediateur).post(chemin).status_code == 404
