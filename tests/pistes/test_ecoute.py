"""Écoute: who reads and writes a cahier, its rencontres, its synthesis."""

import pytest
from django.urls import reverse

from pistes.models import Cahier, Rencontre
from tests.conftest import client_de
from tests.fabriques import CahierFactory, PisteFactory, TerritoireFactory

SAISIE = {"titre": "Un hiver de coupures", "contexte": "Onze entretiens.", "territoire_nom": ""}
PAROLE = {
    "type": "association",
    "fonction": "présidente d'une épicerie",
    "vecu": "Nous avons doublé les paniers.",
    "craintes": "Que les bénévoles ne reviennent pas.",
}


@pytest.fixture
def cahier(organisation_a):
    return CahierFactory(organisation=organisation_a, est_public=False)


def _ouvrir(user, **champs):
    donnees = SAISIE | {"organisation": user.adhesions.get().organisation_id} | champs
    return client_de(user).post(reverse("pistes:nouveau_cahier"), donnees)


def _noter(user, cahier, **champs):
    adresse = reverse("pistes:nouvelle_rencontre", args=[cahier.pk])
    return client_de(user).post(adresse, PAROLE | champs)


def test_a_member_opens_a_cahier_that_only_its_organisation_reads(
    agent_a, agent_b, curateur, client
):
    _ouvrir(agent_a)
    cahier = Cahier.objects.get()
    lecteurs = (client, client_de(agent_b), client_de(curateur), client_de(agent_a))
    for adresse in (cahier.get_absolute_url(), reverse("pistes:synthese", args=[cahier.pk])):
        assert [c.get(adresse).status_code for c in lecteurs] == [404, 404, 404, 200]
    assert cahier.titre not in client.get(reverse("pistes:ecoute")).content.decode()
    assert cahier.titre in client_de(agent_a).get(reverse("pistes:ecoute")).content.decode()


def test_the_same_cahier_sent_twice_is_one(agent_a):
    _ouvrir(agent_a)
    assert _ouvrir(agent_a).url == Cahier.objects.get().get_absolute_url()


def test_its_organisation_opens_it_and_closes_it_again(cahier, agent_a, agent_b, client):
    adresse = reverse("pistes:visibilite_du_cahier", args=[cahier.pk])
    assert client_de(agent_b).post(adresse, {"public": "oui"}).status_code == 404
    client_de(agent_a).post(adresse, {"public": "oui"})
    assert "Nous avons doublé" in client.get(cahier.get_absolute_url()).content.decode()
    assert client_de(agent_b).post(adresse, {"public": "non"}).status_code == 403
    client_de(agent_a).post(adresse, {"public": "non"})
    assert client.get(cahier.get_absolute_url()).status_code == 404
    assert [e.action for e in cahier.journal.all()] == ["ouvrir", "fermer"]


def test_the_curation_takes_a_cahier_off_the_site_and_cannot_write_in_it(curateur, organisation_a):
    cahier = CahierFactory(organisation=organisation_a)
    adresse = reverse("pistes:visibilite_du_cahier", args=[cahier.pk])
    assert _noter(curateur, cahier).status_code == 403
    assert client_de(curateur).post(adresse, {"public": "non"}).url == reverse("pistes:ecoute")
    cahier.refresh_from_db()
    assert not cahier.est_public
    assert client_de(curateur).post(adresse, {"public": "oui"}).status_code == 404


@pytest.mark.parametrize(
    "faute",
    [
        {"titre": ""},
        {"contexte": "nul \x00"},
        {"debut": "2026-03-02", "fin": "2026-03-01"},
        {"territoire_nom": "Nulle-Part-les-Bains"},
        {"territoire_nom": "\x00"},
    ],
)
def test_a_faulty_cahier_is_refused_and_kept(agent_a, faute):
    reponse = _ouvrir(agent_a, **faute)
    assert reponse.status_code == 422
    assert "est perdu" in reponse.content.decode()
    assert not Cahier.objects.exists()


def test_a_territory_is_named_and_chosen_when_several_bear_the_name(agent_a):
    nord = TerritoireFactory(nom="Saint-Denis")
    sud = TerritoireFactory(nom="Saint-Denis")
    reponse = _ouvrir(agent_a, territoire_nom="saint-denis")
    assert reponse.status_code == 422
    assert "Plusieurs territoires" in reponse.content.decode()
    _ouvrir(agent_a, territoire_nom="saint-denis", territoire_choix=str(sud.pk))
    cahier = Cahier.objects.get()
    assert cahier.territoire == sud != nord
    adresse = reverse("pistes:modifier_cahier", args=[cahier.pk])
    form = client_de(agent_a).get(adresse).context["form"]
    donnees = SAISIE | {"territoire_nom": "Saint-Denis", "lu": form.empreinte, "contexte": "Autre"}
    assert client_de(agent_a).post(adresse, donnees).status_code == 302
    cahier.refresh_from_db()
    assert (cahier.territoire, cahier.contexte) == (sud, "Autre")


def test_a_rencontre_is_noted_once_and_read_under_its_heads(cahier, agent_a):
    _noter(agent_a, cahier)
    _noter(agent_a, cahier)
    assert cahier.rencontres.count() == 2  # the factory's, and this one
    page = client_de(agent_a).get(cahier.get_absolute_url()).content.decode()
    assert "Que les bénévoles ne reviennent pas." in page
    synthese = client_de(agent_a).get(reverse("pistes:synthese", args=[cahier.pk]))
    assert [f.nombre for f in synthese.context["facettes"]] == [2, 1, 0, 0]


@pytest.mark.parametrize(
    "faute",
    [
        {"fonction": ""},
        {"vecu": "", "craintes": ""},
        {"vecu": "Écrivez à jo.dupont@exemple.fr"},
        {"envies": "Appelez-moi au 06 12 34 56 78"},
        {"vecu": "nul \x00"},
        {"type": "martien"},
    ],
)
def test_a_faulty_rencontre_is_refused_and_kept(cahier, agent_a, faute):
    reponse = _noter(agent_a, cahier, **faute)
    assert reponse.status_code == 422
    assert "est perdu" in reponse.content.decode()
    assert cahier.rencontres.count() == 1


def test_what_looks_like_a_name_is_said(cahier, agent_a):
    adresse = reverse("pistes:nouvelle_rencontre", args=[cahier.pk])
    donnees = PAROLE | {"vecu": "Avec madame Martin, on a tenu."}
    page = client_de(agent_a).post(adresse, donnees, follow=True).content.decode()
    assert "madame Martin" in page
    assert "On dirait un nom" in page


def test_a_rencontre_is_corrected_or_erased_by_its_organisation(cahier, agent_a, agent_b):
    rencontre = cahier.rencontres.get()
    adresse = reverse("pistes:rencontre", args=[cahier.pk, rencontre.pk])
    assert client_de(agent_b).post(adresse, {"supprimer": "oui"}).status_code == 404
    lu = client_de(agent_a).get(adresse).context["form"].empreinte
    client_de(agent_a).post(adresse, PAROLE | {"lu": lu, "vecu": "Corrigé"})
    assert cahier.rencontres.get().vecu == "Corrigé"
    assert client_de(agent_a).post(adresse, PAROLE | {"lu": lu}).status_code == 409
    client_de(agent_a).post(adresse, {"supprimer": "oui"})
    assert not cahier.rencontres.exists()
    assert client_de(agent_a).post(adresse, {"supprimer": "oui"}).status_code == 404


def test_pistes_named_by_the_actors_are_ticked(cahier, agent_a):
    piste = PisteFactory()
    adresse = reverse("pistes:liens_du_cahier", args=[cahier.pk])
    assert client_de(agent_a).get(adresse).status_code == 200
    client_de(agent_a).post(adresse, {"piste_vue": [piste.pk], "piste": [piste.pk]})
    assert list(cahier.pistes.all()) == [piste]
    page = client_de(agent_a).get(cahier.get_absolute_url()).content.decode()
    assert piste.editions.get().titre in page


def test_the_synthesis_is_bounded_and_read_head_by_head(client, db, compter_requetes):
    cahier = CahierFactory()
    adresse = reverse("pistes:synthese", args=[cahier.pk])
    une = compter_requetes(adresse)
    Rencontre.objects.bulk_create(
        Rencontre(cahier=cahier, type="agent", fonction=f"agent {n}", vecu=f"parole-{n:03}")
        for n in range(70)
    )
    assert compter_requetes(adresse) == une <= 10
    assert client.get(adresse).content.decode().count("parole-") == 8
    seule = client.get(adresse, {"sur": "vecu", "type": "agent", "page": "3"})
    assert seule.content.decode().count("parole-") == 10
    assert client.get(adresse, {"type": "martien"}).status_code == 404
    assert compter_requetes(cahier.get_absolute_url()) <= 10


def test_the_list_costs_the_same_with_many(client, db, compter_requetes):
    CahierFactory()
    une = compter_requetes(reverse("pistes:ecoute"))
    for _ in range(6):
        CahierFactory()
    assert compter_requetes(reverse("pistes:ecoute")) == une <= 10
