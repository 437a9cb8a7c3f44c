"""What the pages about offers and people cost: as many queries with much as with little, ten at most."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
    un_mediateur,
    une_mission,
)

pytestmark = pytest.mark.django_db


def cout(client, adresse):
    client.get(adresse)
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(adresse).status_code == 200
    return len([r for r in requetes if "SAVEPOINT" not in r["sql"]])


def remplir(dispositif, personne):
    une_mission(offre=OffreFactory(personne=personne), besoin__dispositif=dispositif)
    for _ in range(5):
        MiseEnRelationFactory(
            offre=OffreFactory(personne=personne), besoin=BesoinFactory(dispositif=dispositif)
        )
        BesoinFactory(dispositif=dispositif, demandeur=personne)


@pytest.mark.parametrize("page", ["mon_engagement", "personne", "offre", "offres", "offrir"])
def test_a_page_costs_the_same_with_much_as_with_little(client, page):
    dispositif = DispositifFactory()
    personne = PersonneFactory(dispositif=dispositif)
    offre = MiseEnRelationFactory(offre=OffreFactory(personne=personne)).offre
    BesoinFactory(dispositif=dispositif, demandeur=personne)
    client.force_login(un_mediateur(dispositif))
    adresse = {
        "mon_engagement": reverse("engagement:mon_engagement", args=[personne.jeton]),
        "personne": reverse("engagement:personne", args=[personne.pk]),
        "offre": reverse("engagement:offre", args=[offre.pk]),
        "offres": reverse("engagement:offres", args=[dispositif.pk]),
        "offrir": reverse("engagement:offrir", args=[dispositif.pk]) + "?nature=temps",
    }[page]
    peu = cout(client, adresse)
    remplir(dispositif, personne)
    assert cout(client, adresse) == peu
    assert peu <= 10


def test_mon_espace_costs_one_query_for_all_one_s_engagements(client):
    user = UtilisateurFactory()
    client.force_login(user)
    PersonneFactory(utilisateur=user)
    une = cout(client, "/mon-espace/")
    for _ in range(4):
        MiseEnRelationFactory(offre=OffreFactory(personne=PersonneFactory(utilisateur=user)))
    assert cout(client, "/mon-espace/") == une
