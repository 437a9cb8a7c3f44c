"""An autodiagnostic is filled in by several hands, submitted, then read beside the others."""

import pytest
from django.urls import reverse

from reflexes.models import Autodiagnostic, ReponseAutodiagnostic, TerrainFige
from tests.conftest import client_de
from tests.fabriques import OrganisationFactory, un_membre


@pytest.fixture
def terrains(enquete):
    return sorted(
        TerrainFige.objects.en_vigueur().filter(version__enquete=enquete), key=lambda t: t.ordre
    )


@pytest.fixture
def adresse(enquete, organisation_a):
    def _adresse(nom="autodiagnostic", *args, organisation=organisation_a):
        return reverse(f"reflexes:{nom}", args=[enquete.cle, organisation.pk, *args])

    return _adresse


@pytest.fixture
def repondre(adresse, terrains):
    def _repondre(user, rang=0, lu="", organisation=None, **champs):
        options = {"organisation": organisation} if organisation else {}
        chemin = adresse("repondre", terrains[rang].terrain_id, **options)
        donnees = {"vecu": "oui", "degre": "4", "phrase": "", "lu": lu} | champs
        return client_de(user).post(chemin, donnees)

    return _repondre


@pytest.fixture
def soumettre(adresse):
    def _soumettre(user, lu=None, organisation=None):
        options = {"organisation": organisation} if organisation else {}
        page = client_de(user).get(adresse(**options))
        lu = page.context["lu"] if lu is None else lu
        return client_de(user).post(adresse("soumettre_autodiagnostic", **options), {"lu": lu})

    return _soumettre


def test_each_answer_is_kept_at_once_and_leads_to_the_next(repondre, agent_a, adresse, terrains):
    reponse = repondre(agent_a, phrase="Tout a changé en deux jours.")
    assert reponse.url == adresse("repondre", terrains[1].terrain_id)
    gardee = ReponseAutodiagnostic.objects.get()
    assert (gardee.vecu, gardee.degre, gardee.phrase) == (True, 4, "Tout a changé en deux jours.")
    assert gardee.autodiagnostic.auteur == agent_a
    page = client_de(agent_a).get(adresse()).content.decode()
    assert "Vécu, beaucoup" in page
    assert "10 terrains sans réponse" in page


def test_a_colleague_goes_on_with_the_same_one(repondre, agent_a, referent_a):
    repondre(agent_a)
    repondre(referent_a, rang=1, vecu="non")
    assert Autodiagnostic.objects.get().reponses.count() == 2


def test_two_colleagues_at_once_the_second_is_shown_both(repondre, agent_a, referent_a):
    repondre(agent_a, degre="2", phrase="Ce que la première a vu.")
    reponse = repondre(referent_a, degre="5", phrase="Ce que la seconde a vu.")
    assert reponse.status_code == 409
    page = reponse.content.decode()
    assert "Ce que la première a vu." in page
    assert "2 · Un peu" in page
    assert ReponseAutodiagnostic.objects.get().degre == 2
    empreinte = reponse.context["form"].empreinte
    repondre(referent_a, degre="5", phrase="Ce que la seconde a vu.", lu=empreinte)
    assert ReponseAutodiagnostic.objects.get().degre == 5


def test_the_same_answer_twice_is_no_conflict(repondre, agent_a):
    assert [repondre(agent_a).status_code for _ in range(2)] == [302, 302]


def test_lived_asks_for_a_degree_and_not_lived_takes_none(repondre, agent_a):
    reponse = repondre(agent_a, degre="")
    assert reponse.status_code == 422
    assert "Choisissez un degré" in reponse.content.decode()
    repondre(agent_a, vecu="non", degre="5")
    repondre(agent_a, rang=1, vecu="nsp", degre="5")
    assert list(ReponseAutodiagnostic.objects.values_list("vecu", "degre")) == [
        (False, None),
        (None, None),
    ]


@pytest.mark.parametrize(
    "champs",
    [{"degre": "6"}, {"degre": "x"}, {"vecu": "peut-être"}, {"phrase": "x" * 501}, {"vecu": ""}]
    + [{"phrase": "a\x00b"}],
)
def test_what_cannot_be_taken_is_refused_in_words(repondre, agent_a, champs):
    reponse = repondre(agent_a, **champs)
    assert reponse.status_code == 422
    assert "Rien n'est perdu" in reponse.content.decode()
    assert not ReponseAutodiagnostic.objects.exists()


@pytest.mark.parametrize("role", ["habitant", "agent_b", "curateur", "administrateur"])
def test_only_members_of_a_participating_organisation_fill_it_in(
    repondre, adresse, personnes, role
):
    assert repondre(personnes[role]).status_code == 403
    assert client_de(personnes[role]).get(adresse()).status_code == 403
    assert not Autodiagnostic.objects.exists()


def test_an_organisation_that_does_not_take_part_has_none(adresse, agent_b, organisation_b):
    assert client_de(agent_b).get(adresse(organisation=organisation_b)).status_code == 403


def test_one_goes_straight_to_one_s_only_organisation(enquete, agent_a, adresse, curatrice):
    chemin = reverse("reflexes:autodiagnostics", args=[enquete.cle])
    assert client_de(agent_a).get(chemin).url == adresse()
    ensemble = reverse("reflexes:ensemble", args=[enquete.cle])
    assert client_de(curatrice).get(chemin).url == ensemble


def test_a_member_of_two_chooses(enquete, agent_a, organisation_b):
    from tests.fabriques import AdhesionFactory

    enquete.organisations.add(organisation_b)
    AdhesionFactory(utilisateur=agent_a, organisation=organisation_b)
    page = client_de(agent_a).get(reverse("reflexes:autodiagnostics", args=[enquete.cle]))
    assert f"/autodiagnostic/{organisation_b.pk}/" in page.content.decode()


def test_a_terrain_of_another_time_is_not_asked(enquete, adresse, agent_a):
    disparu = enquete.versions.get(code="V1").terrains.get(numero="3.1")
    chemin = adresse("repondre", disparu.terrain_id)
    assert client_de(agent_a).post(chemin, {"vecu": "non"}).url == adresse()
    assert not ReponseAutodiagnostic.objects.exists()


def test_submitted_once_it_is_read_only(repondre, soumettre, agent_a, referent_a, adresse):
    repondre(agent_a)
    for _ in range(2):  # a double click
        assert soumettre(agent_a, lu=Autodiagnostic.objects.get().empreinte).url == adresse()
    assert Autodiagnostic.objects.get().est_soumis
    reponse = repondre(referent_a, rang=1, phrase="Des mots à garder.")
    assert reponse.status_code == 409
    assert "Des mots à garder." in reponse.content.decode()
    assert Autodiagnostic.objects.get().reponses.count() == 1


def test_what_was_read_is_what_is_submitted(repondre, soumettre, agent_a, referent_a, adresse):
    repondre(agent_a)
    lu = client_de(agent_a).get(adresse()).context["lu"]
    repondre(referent_a, rang=1)
    reponse = soumettre(agent_a, lu=lu)
    assert reponse.status_code == 409
    assert "relisez" in reponse.content.decode()
    assert not Autodiagnostic.objects.get().est_soumis


def test_an_empty_one_is_not_submitted(repondre, soumettre, agent_a):
    assert soumettre(agent_a).status_code == 409
    repondre(agent_a, vecu="nsp")
    assert soumettre(agent_a).status_code == 409
    assert not Autodiagnostic.objects.filter(soumis_le__isnull=False).exists()


def test_it_is_taken_back_until_it_is_counted(repondre, soumettre, agent_a, adresse):
    repondre(agent_a)
    soumettre(agent_a)
    client = client_de(agent_a)
    assert client.post(adresse("reprendre_autodiagnostic")).status_code == 302
    assert not Autodiagnostic.objects.get().est_soumis
    soumettre(agent_a)
    Autodiagnostic.objects.update(lot=1)
    reponse = client.post(adresse("reprendre_autodiagnostic"))
    assert reponse.status_code == 409
    assert "ne changent plus" in reponse.content.decode()


def test_six_organisations_and_the_aggregate_appears_at_the_fifth(
    enquete, repondre, soumettre, adresse, terrains
):
    vus = []
    for rang in range(6):
        organisation = OrganisationFactory(nom=f"Témoin {rang}")
        enquete.organisations.add(organisation)
        membre = un_membre(organisation)
        repondre(membre, organisation=organisation, degre=str(rang % 5 + 1), phrase=f"Le {rang}.")
        soumettre(membre, organisation=organisation)
        page = client_de(membre).get(adresse(organisation=organisation))
        vus.append(page.context["comparaisons"][0].ensemble.repondants)
        texte = page.content.decode()
        assert f"Le {rang}." in texte
        assert all(f"Le {autre}." not in texte for autre in range(6) if autre != rang)
        assert all(f"Témoin {autre}" not in texte for autre in range(6) if autre != rang)
    assert vus == [0, 0, 0, 0, 5, 5]
    assert "5 organisations sur 5" in texte
    assert page.context["attendent"] == 1
    assert "<svg" in texte
    assert "Les mêmes chiffres" in texte


def test_who_has_not_submitted_does_not_see_the_aggregate(repondre, agent_a, adresse):
    repondre(agent_a)
    assert "comparaisons" not in client_de(agent_a).get(adresse()).context


def test_without_the_account_the_answers_stay_without_a_name(repondre, agent_a, referent_a):
    repondre(agent_a)
    agent_a.supprimer()
    assert Autodiagnostic.objects.get().auteur is None


@pytest.mark.parametrize("nom", ["autodiagnostic", "ensemble"])
def test_the_pages_stay_under_ten_queries(
    repondre, soumettre, agent_a, curatrice, enquete, adresse, nom, django_assert_max_num_queries
):
    for rang in range(11):
        repondre(agent_a, rang=rang)
    soumettre(agent_a)
    qui = agent_a if nom == "autodiagnostic" else curatrice
    chemin = (
        adresse() if nom == "autodiagnostic" else reverse("reflexes:ensemble", args=[enquete.cle])
    )
    client = client_de(qui)
    client.get(chemin)
    with django_assert_max_num_queries(10):
        assert client.get(chemin).status_code == 200
