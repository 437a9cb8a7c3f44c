"""The exact text of the letter, or of the convention of a loan: what is in it, and what never is."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from engagement.lettre import texte_de
from tests.conftest import client_de
from tests.fabriques_engagement import (
    BesoinFactory,
    OffreFactory,
    un_jour_de_semaine,
    un_mediateur,
    une_mise_en_relation_rencontree,
)

pytestmark = pytest.mark.django_db


def test_the_letter_carries_everything_material_and_nobody_s_coordinates():
    mise = une_mise_en_relation_rencontree(
        besoin__lieu="3 rue du Port", besoin__demandeur__telephone="06 99"
    )
    texte = texte_de(mise)
    for dit in (
        "3 rue du Port",
        "bénévole",
        "L'accueil inconditionnel",
        "Retour prévu",
        "volontaire",
        "matin",
    ):
        assert dit in texte
    for tu in (
        mise.personne.email,
        mise.besoin.accueil_email,
        mise.personne.manager_email,
        "06 99",
    ):
        assert tu not in texte


def test_the_address_of_an_inhabitant_is_not_in_the_letter():
    mise = une_mise_en_relation_rencontree(
        besoin__lieu="3 rue du Port", besoin__demandeur__statut="habitant"
    )
    assert "rue du Port" not in texte_de(mise)


def test_the_half_days_proposed_respect_the_offer_and_the_budget_of_the_week():
    lundi = un_jour_de_semaine(10)
    lundi += dt.timedelta(days=7 - lundi.weekday())
    jours = [(lundi + dt.timedelta(days=n), 0) for n in range(6)]
    besoin = BesoinFactory(creneaux=jours, dispositif__par_semaine=2)
    offre = OffreFactory(
        personne__dispositif=besoin.dispositif, semaine=0b1111_00_00_11_11_11 & ~0b1
    )
    mise = une_mise_en_relation_rencontree(besoin=besoin, offre=offre)
    choisis = [c.jour.weekday() for c in mise.creneaux.order_by("jour")]
    assert choisis == [1, 2]
    assert mise.retour_prevu_le > lundi


@pytest.fixture
def pret():
    salle = OffreFactory(nature="lieu", titre="Salle de 40 places", conditions="Rendre propre.")
    besoin = BesoinFactory(dispositif=salle.dispositif, nature="lieu")
    return une_mise_en_relation_rencontree(besoin=besoin, offre=salle)


def envoi(debut, fin):
    return {
        "mission": "Réunion", "jour_debut": debut, "heure_debut": "09:00", "jour_fin": fin,
        "heure_fin": "17:30", "conditions": "", "suite": "demander",
    }  # fmt: skip


def test_a_convention_is_written_then_asked_of_both_sides_and_no_manager(pret):
    guichet = client_de(un_mediateur(pret.dispositif))
    page = reverse("engagement:lettre", args=[pret.pk])
    jour = timezone.localdate() + dt.timedelta(days=10)
    a_l_envers = guichet.post(
        page, envoi(jour.isoformat(), (jour - dt.timedelta(days=1)).isoformat())
    )
    assert a_l_envers.status_code == 422
    assert guichet.post(page, envoi(jour.isoformat(), jour.isoformat())).status_code == 302
    assert set(pret.accords.values_list("cote", flat=True)) == {"personne", "accueil"}
    texte = pret.accords.first().texte
    for dit in ("Convention de prêt", "Salle de 40 places", "17 h 30", "Rendre propre"):
        assert dit in texte
    for accord in pret.accords.all():
        accord.donner()
    pret.refresh_from_db()
    assert (pret.etat, pret.pret.etat) == ("en_mission", "prevu")


@pytest.mark.parametrize(
    "change",
    [{"retour_prevu_le": "2027-02-31"}, {"retour_prevu_le": "0202-01-01"}, {"mission": "a\x00b"},
     {"creneaux": ["999999"]}, {"creneaux": ["x"]}, {"retour_avec": "x" * 161}],
)  # fmt: skip
def test_a_letter_badly_typed_is_refused_and_kept(change):
    mise = une_mise_en_relation_rencontree()
    guichet = client_de(un_mediateur(mise.dispositif))
    champs = {"mission": "Ce que j'ai tapé", "suite": "enregistrer", **change}
    reponse = guichet.post(reverse("engagement:lettre", args=[mise.pk]), champs)
    assert reponse.status_code == 422
    if "mission" not in change:
        assert "Ce que j&#x27;ai tapé" in reponse.content.decode()
    mise.refresh_from_db()
    assert "tapé" not in mise.mission
