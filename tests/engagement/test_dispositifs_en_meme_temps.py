"""Two clicks at the same instant: one dispositif, one closing, one mail an address."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from engagement.models import Dispositif, Ligne
from engagement.tasks import achever_les_clotures
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import OrganisationFactory, TerritoireFactory, un_membre
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    un_mediateur,
)

pytestmark = pytest.mark.django_db(transaction=True)


def ensemble(*gestes):
    """Do these at the same instant, each on its own connection; return what each gave."""
    depart, rendus = threading.Barrier(len(gestes)), []

    def faire(geste) -> None:
        try:
            depart.wait(timeout=20)
            rendus.append(geste())
        finally:
            connection.close()

    fils = [threading.Thread(target=faire, args=[geste]) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=60)
    assert len(rendus) == len(gestes)
    return rendus


def test_two_clicks_open_one_dispositif():
    organisation, territoire = OrganisationFactory(), TerritoireFactory(nom="Montessai")
    referent = un_membre(organisation, "referent")
    donnees = {
        "organisation": organisation.pk, "modele": "reserve_citoyenne", "nom": "Réserve",
        "lieu": territoire.nom, "moi": "on",
    }  # fmt: skip
    chemin = reverse("engagement:nouveau_dispositif")
    reponses = ensemble(*[lambda: client_de(referent).post(chemin, donnees)] * 2)
    assert {r["Location"] for r in reponses} == {Dispositif.objects.get().get_absolute_url()}
    assert Ligne.objects.filter(action="ouvrir").count() == 1


def test_two_closings_and_a_task_tell_everybody_once():
    dispositif = DispositifFactory()
    mediateur = un_mediateur(dispositif)
    mises = [MiseEnRelationFactory(besoin=BesoinFactory(dispositif=dispositif)) for _ in range(3)]
    chemin = reverse("engagement:clore_dispositif", args=[dispositif.pk])
    donnees = {"missions": "au_bout", "mot_de_fin": "Merci.", "compris": "on"}
    reponses = ensemble(
        lambda: client_de(mediateur).post(chemin, donnees).status_code,
        lambda: client_de(mediateur).post(chemin, donnees).status_code,
        achever_les_clotures,
    )
    assert 422 not in reponses
    achever_les_clotures()
    dispositif.refresh_from_db()
    assert dispositif.cloture_achevee_le is not None
    for mise in mises:
        mise.refresh_from_db()
        assert mise.etat == "declinee"
    for action in ("clore", "achever"):
        assert Ligne.objects.filter(sujet=f"dispositif:{dispositif.pk}", action=action).count() == 1
    partent = Message.objects.exclude(etat="annule")
    assert set(partent.values_list("genre", flat=True)) == {"dispositif_clos"}
    assert partent.count() == partent.values("destinataire").distinct().count()
