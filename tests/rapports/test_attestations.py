"""The attestation of a mission: what is on it, who gets it, and what never breaks it."""

import datetime as dt
import re
import zlib

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.jours import instant_de
from engagement import tasks
from engagement.liens import jeton_de_conversation
from engagement.semaine import MATIN
from rapports import attestations
from tests.conftest import client_de
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    OffreFactory,
    PersonneFactory,
    un_mediateur,
    une_mission,
)

pytestmark = pytest.mark.django_db
LUNDI = dt.date(2027, 3, 1)


def terminee(nom="Camille Exemple", demandeur=None, combien=3, **besoin):
    """A mission of some Monday mornings: the first was missed, the others took place."""
    with time_machine.travel(instant_de(dt.date(2027, 2, 23), 9), tick=False) as horloge:
        dispositif = DispositifFactory(nom="Réserve de l'Est")
        mediateur = un_mediateur(dispositif)
        personne = PersonneFactory(dispositif=dispositif, nom=nom)
        jours = [(LUNDI + dt.timedelta(days=7 * n), MATIN) for n in range(combien)]
        champs = {"demandeur": demandeur} if demandeur else {}
        mise = une_mission(
            mediateur,
            besoin=BesoinFactory(dispositif=dispositif, creneaux=jours, **champs, **besoin),
            offre=OffreFactory(personne=personne),
            mediateur=mediateur,
        )
        horloge.move_to(instant_de(LUNDI + dt.timedelta(days=7 * combien), 9))
        tasks.ramener_les_missions()
        mise.refresh_from_db()
        for rang, demi_journee in enumerate(mise.demi_journees.all()):
            demi_journee.dire(faite=rang > 0, par=mediateur)
        return mise, mediateur


def lien(mise, cote="personne"):
    return reverse("rapports:attestation", args=[jeton_de_conversation(mise, cote)])


def objets(pdf):
    """The PDF's own text, its compressed streams opened."""
    morceaux = [pdf]
    for flux in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            morceaux.append(zlib.decompress(flux))
        except zlib.error:
            continue
    return b"\n".join(morceaux)


def test_it_counts_only_the_half_days_that_took_place():
    mise, _ = terminee()
    donnees = attestations.donnees(mise)
    assert donnees.nombre == "2 demi-journées"
    assert donnees.periode == "du lundi 8 mars 2027 au lundi 15 mars 2027"
    assert donnees.jours == ["lundi 8 mars 2027, matin", "lundi 15 mars 2027, matin"]
    assert donnees.nom == "Camille Exemple"
    # Nobody else's name, no address.
    dit = str(donnees)
    for tu in (mise.personne.email, mise.personne.manager_nom, mise.besoin.demandeur.nom):
        assert tu not in dit


def test_it_is_one_tagged_page():
    mise, _ = terminee()
    pdf = attestations.attestation(mise, at=instant_de(dt.date(2027, 4, 1)))
    assert pdf.startswith(b"%PDF")
    lu = objets(pdf)
    assert b"pdfuaid" in lu
    assert len(re.findall(rb"/Type\s*/Page\b", lu)) == 1
    assert pdf == attestations.attestation(mise, at=instant_de(dt.date(2027, 4, 1)))


@pytest.mark.parametrize(
    "nom", ["", "名前", "A" * 120, "Zoë l'Écuyer-Ñandú", "#strong[piège] $x$ \\ @ref", "👩‍🌾"]
)
def test_no_name_breaks_it(nom):
    mise, _ = terminee(nom=nom or "x", titre="T" * 160)
    mise.personne.nom = nom
    assert attestations.attestation(mise).startswith(b"%PDF")


def test_many_half_days_are_counted_without_being_listed():
    mise, _ = terminee(combien=27)
    donnees = attestations.donnees(mise)
    assert (donnees.nombre, donnees.jours) == ("26 demi-journées", [])


def test_what_was_done_for_an_inhabitant_stays_between_them():
    demandeur = PersonneFactory(statut="habitant", nom="Habitante")
    mise, _ = terminee(titre="Courses pour ma voisine malade")
    mise.besoin.demandeur = demandeur
    assert "voisine" not in str(attestations.donnees(mise))


def test_the_person_gets_it_by_link_and_the_cellule_on_its_page(agent_a, administrateur):
    mise, mediateur = terminee()
    reponse = Client().get(lien(mise))
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse["Cache-Control"] == "private, no-store"
    assert Client().get(lien(mise, "accueil")).status_code == 404
    page = reverse("rapports:attestation_mission", args=[mise.pk])
    assert client_de(mediateur).get(page).status_code == 200
    for user in (agent_a, administrateur):
        assert client_de(user).get(page).status_code == 404


def test_there_is_none_before_the_end_nor_without_a_half_day():
    mise, mediateur = terminee()
    mise.demi_journees.update(etat="manquee")
    assert Client().get(lien(mise)).status_code == 404
    with time_machine.travel(instant_de(dt.date(2027, 2, 23), 9), tick=False):
        en_cours = une_mission(mediateur, besoin=BesoinFactory(dispositif=mise.dispositif))
        assert Client().get(lien(en_cours)).status_code == 404


def test_an_engine_that_fails_says_it_in_words(monkeypatch):
    from rapports.composition import CompositionImpossible

    def tombe(*args, **kwargs):
        raise CompositionImpossible("attestation")

    mise, _ = terminee()
    monkeypatch.setattr(attestations, "composer", tombe)
    reponse = Client().get(lien(mise))
    assert reponse.status_code == 500
    assert "vos demi-journées sont bien comptées" in reponse.content.decode()
