"""The suggestions of a whole dispositif: computed at a click or at night, harmless when run twice or two at once."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from engagement import suggestions, suggestions_gardees, tasks
from engagement.limites import Limite
from engagement.models import Besoin, Dispositif, Ligne, Suggestion
from tests.conftest import client_de
from tests.engagement.petits_mondes import un_monde
from tests.engagement.test_suggestions_raisons import un_besoin, une_offre
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import BesoinFactory, un_mediateur

pytestmark = pytest.mark.django_db


def gardees() -> list[tuple]:
    lues = Suggestion.objects.order_by("besoin", "rang")
    return list(lues.values_list("besoin", "rang", "offre", "convient", "manque"))


def test_what_is_kept_is_what_the_pages_show_and_twice_changes_nothing():
    dispositif = un_monde(3)
    nombre = tasks.calculer_suggestions(dispositif.pk)
    premieres = gardees()
    assert nombre == len(premieres) > 0
    besoins = Besoin.objects.filter(dispositif=dispositif).select_related("territoire", "genre")
    montrees = [
        (besoin.pk, rang, vu.offre.pk, vu.convient, vu.manque)
        for besoin in besoins.order_by("pk")
        for rang, vu in enumerate(suggestions.pour_besoin(besoin), 1)
    ]
    assert premieres == montrees
    assert tasks.calculer_suggestions(dispositif.pk) == nombre
    assert gardees() == premieres


def test_what_changed_since_replaces_what_was_kept():
    besoin = un_besoin()
    offre = une_offre(besoin)
    tasks.calculer_suggestions(besoin.dispositif_id)
    offre.personne.absences.create(debut=dt.date(2020, 1, 1), fin=dt.date(2100, 1, 1))
    assert tasks.calculer_suggestions(besoin.dispositif_id) == 0
    assert gardees() == []


def test_every_night_the_open_ones_are_computed_and_the_closed_ones_forgotten():
    ouvert, clos = un_besoin(), un_besoin()
    une_offre(ouvert)
    une_offre(clos)
    tasks.calculer_suggestions(clos.dispositif_id)
    Dispositif.objects.filter(pk=clos.dispositif_id).update(etat="clos")
    assert tasks.calculer_toutes_les_suggestions() == 1
    assert {ligne[0] for ligne in gardees()} == {ouvert.pk}


def test_a_click_starts_it_and_the_page_lists_the_needs_nobody_answers(
    django_capture_on_commit_callbacks, monkeypatch
):
    lances = []
    monkeypatch.setattr(
        tasks.calculer_suggestions, "apply_async", lambda args, **options: lances.append(args)
    )
    servi = un_besoin(titre="Besoin servi")
    sans = BesoinFactory(
        dispositif=servi.dispositif, titre="Besoin sans personne", demande=[Limite.DEHORS],
        territoire=servi.territoire,
    )  # fmt: skip
    Besoin.objects.update(ouvert_le=timezone.now() - dt.timedelta(days=1))
    une_offre(servi, refuse=[Limite.DEHORS])
    client = client_de(un_mediateur(servi.dispositif))
    adresse = reverse("engagement:calculer_suggestions", args=[servi.dispositif_id])
    assert "Aucun calcul" in client.get(adresse).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(adresse, follow=True).content.decode()
    assert "Le calcul est lancé" in page
    assert lances == [[servi.dispositif_id]]
    assert Ligne.objects.filter(action="calculer").count() == 1
    tasks.calculer_suggestions(servi.dispositif_id)
    page = client.get(adresse).content.decode()
    assert sans.titre in page
    assert servi.titre not in page
    assert "2 besoins ouverts, dont 1 sans aucune offre possible" in page
    assert client.get(adresse, {"apres": "n'importe quoi"}).status_code == 200


def test_a_closed_dispositif_computes_nothing():
    besoin = un_besoin()
    client = client_de(un_mediateur(besoin.dispositif))
    Dispositif.objects.update(etat="clos")
    adresse = reverse("engagement:calculer_suggestions", args=[besoin.dispositif_id])
    assert "rien à calculer" in client.post(adresse, follow=True).content.decode()
    assert not Ligne.objects.filter(action="calculer").exists()


def test_a_stranger_starts_nothing():
    besoin = un_besoin()
    adresse = reverse("engagement:calculer_suggestions", args=[besoin.dispositif_id])
    for role in ("curateur", "administrateur"):
        assert client_de(UtilisateurFactory(role=role)).post(adresse).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_keep_one_set():
    besoin = un_besoin()
    une_offre(besoin)
    reponses = []

    def calculer() -> None:
        try:
            reponses.append(tasks.calculer_suggestions(besoin.dispositif_id))
        finally:
            connection.close()

    with transaction.atomic():
        assert suggestions_gardees._verrouille(besoin.dispositif_id)
        fil = threading.Thread(target=calculer)
        fil.start()
        fil.join(timeout=30)
    assert reponses == [None]  # the other one is at it
    calculer()
    assert reponses == [None, 1]


def test_nothing_is_kept_of_somebody_erased():
    besoin = un_besoin()
    offre = une_offre(besoin)
    tasks.calculer_suggestions(besoin.dispositif_id)
    offre.personne.effacer()
    assert gardees() == []
