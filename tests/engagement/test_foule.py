"""Many people at the same instant, on a real PostgreSQL: each in a thread with a connection of its own.

50 accords for 3 places give 3 missions and an ordered list of 47: twice by the page that each opens from their
mail, and many times by what that page calls, in several processes as in production.
"""

import datetime as dt
import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from engagement.lettre import empreinte, texte_de
from engagement.models import (
    AccordMission,
    Attente,
    DemiJournee,
    MiseEnRelation,
    Offre,
    Personne,
    Pret,
)
from engagement.semaine import MATIN
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    OffreFactory,
    PersonneFactory,
    un_jour_de_semaine,
    une_mise_en_relation_en_accords,
)

pytestmark = pytest.mark.django_db(transaction=True)
FOULE, PLACES = 50, 3
# FOIS=100 for the whole proof: some five minutes beside other work, and a hundred out of a hundred on 2026-11-21.
FOIS = int(os.environ.get("FOIS", "15"))


class Foule:
    """People who each wait for their own accord alone."""

    def __init__(self):
        self.dispositif = DispositifFactory(accord_manager=False)
        modele = OffreFactory(personne__dispositif=self.dispositif)
        personnes = [
            Personne(
                dispositif=self.dispositif, statut="habitant", nom="Volontaire", cle=n,
                consentement="en_ligne", email=f"foule{n}@example.org", confirmee_le=timezone.now(),
            )
            for n in range(FOULE)
        ]  # fmt: skip
        self.personnes = Personne.objects.bulk_create(personnes)
        self.offres = Offre.objects.bulk_create(
            Offre(personne=p, dispositif=self.dispositif, territoire=modele.territoire)
            for p in self.personnes
        )
        self.demandeur = PersonneFactory(dispositif=self.dispositif, statut="organisation")

    def accords(self, rang):
        """A need of three places on a day of its own, everything agreed but by the people themselves."""
        besoin = BesoinFactory(
            dispositif=self.dispositif, demandeur=self.demandeur, places=PLACES,
            creneaux=[(jour_de() + dt.timedelta(days=10 + rang), MATIN)],
        )  # fmt: skip
        mises = MiseEnRelation.objects.bulk_create(
            MiseEnRelation(
                dispositif=self.dispositif, besoin=besoin, offre=offre, personne=personne,
                etat="rencontree", mission="Accueillir.",
            )
            for offre, personne in zip(self.offres, self.personnes, strict=True)
        )  # fmt: skip
        creneau = besoin.creneaux.get()
        MiseEnRelation.creneaux.through.objects.bulk_create(
            MiseEnRelation.creneaux.through(miseenrelation=mise, creneau=creneau) for mise in mises
        )
        texte = texte_de(mises[0])  # the same for all: they bear the same name
        AccordMission.objects.bulk_create(
            AccordMission(
                mise_en_relation=mise, cote=cote, etat=etat, texte=texte, empreinte=empreinte(texte)
            )
            for mise in mises
            for cote, etat in (("accueil", "donne"), ("personne", "demande"))
        )
        accords = AccordMission.objects.filter(mise_en_relation__in=mises, cote="personne")
        return besoin, list(accords)


def ensemble(gestes):
    """Each in its thread, all let go at once; what they answered."""
    depart = threading.Barrier(len(gestes))

    def un(geste):
        depart.wait(timeout=60)
        try:
            return geste()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(gestes)) as fils:
        return list(fils.map(un, gestes))


class Processus:
    """Processes of some threads each, kept from one run to the next with their connections."""

    def __init__(self, processus=5):
        contexte = multiprocessing.get_context("fork")
        self.par_processus = FOULE // processus
        self.depart = contexte.Barrier(FOULE)
        self.tuyaux = []
        for _ in range(processus):
            ici, la_bas = contexte.Pipe()
            contexte.Process(target=self._travailler, args=(la_bas,), daemon=True).start()
            self.tuyaux.append(ici)

    def _travailler(self, tuyau):
        # Its own threads open their own connections: the one inherited from the parent is never touched.
        fils = ThreadPoolExecutor(self.par_processus)
        while (pks := tuyau.recv()) is not None:
            tuyau.send(list(fils.map(self._donner, pks)))
        os._exit(0)

    def _donner(self, pk):
        try:
            accord = AccordMission.objects.avec_tout().get(pk=pk)
            self.depart.wait(timeout=60)
            accord.donner()
        except Exception as erreur:
            return repr(erreur)
        return ""

    def donner(self, accords):
        """All at once; the errors, if any."""
        pks = [accord.pk for accord in accords]
        for rang, tuyau in enumerate(self.tuyaux):
            tuyau.send(pks[rang :: len(self.tuyaux)])
        return [dit for tuyau in self.tuyaux for dit in tuyau.recv() if dit]

    def fermer(self):
        for tuyau in self.tuyaux:
            tuyau.send(None)


def par_la_page(accord):
    page = reverse("engagement:accord", args=[accord.jeton])
    return lambda: Client().post(page, {"reponse": "oui"}).status_code


def verifier(besoin):
    missions = MiseEnRelation.objects.filter(besoin=besoin, etat="en_mission")
    assert missions.count() == PLACES
    numeros = DemiJournee.objects.filter(creneau__besoin=besoin, etat="prevue")
    assert sorted(numeros.values_list("numero", flat=True)) == [1, 2, 3]
    en_file = Attente.objects.filter(besoin=besoin, etat="attend").order_by("rang")
    assert [attente.rang for attente in en_file] == list(range(1, FOULE - PLACES + 1))
    assert not missions.filter(attente__isnull=False).exists()


def test_fifty_accords_at_once_for_three_places_give_three_and_an_ordered_list():
    foule = Foule()
    for rang in range(2):
        besoin, accords = foule.accords(rang)
        assert set(ensemble([par_la_page(accord) for accord in accords])) == {302}
        verifier(besoin)


@pytest.mark.lent
def test_crowds_in_a_row_always_give_three_and_an_ordered_list(monkeypatch):
    """5 000 accords: a minute or two on two quiet cores."""
    # The bell of the outbox is Celery's: what is proved here is in the database.
    monkeypatch.setattr("rappels.boite._sonner_bientot", lambda: None)
    foule, processus = Foule(), Processus()
    try:
        for rang in range(FOIS):
            besoin, accords = foule.accords(rang)
            assert processus.donner(accords) == []
            verifier(besoin)
    finally:
        processus.fermer()


def test_two_accords_at_once_beyond_the_budget_of_a_week_give_one_mission():
    dispositif = DispositifFactory(accord_manager=False, par_semaine=1)
    personne = PersonneFactory(dispositif=dispositif)
    lundi = un_jour_de_semaine(10)
    lundi += dt.timedelta(days=7 - lundi.weekday())
    mises = [
        une_mise_en_relation_en_accords(
            besoin=BesoinFactory(
                dispositif=dispositif, creneaux=[(lundi + dt.timedelta(days=n), MATIN)]
            ),
            offre=OffreFactory(personne=personne),
        )
        for n in range(2)
    ]
    for mise in mises:
        mise.accords.get(cote="accueil").donner()
    accords = [mise.accords.get(cote="personne") for mise in mises]
    assert set(ensemble([par_la_page(accord) for accord in accords])) == {302}
    etats = sorted(
        MiseEnRelation.objects.filter(pk__in=[m.pk for m in mises]).values_list("etat", flat=True)
    )
    assert etats == ["en_mission", "rencontree"]
    assert DemiJournee.objects.exclude(etat="annulee").count() == 1
    assert set(AccordMission.objects.values_list("etat", flat=True)) == {"donne"}


def test_two_accords_at_once_for_one_room_give_one_loan():
    salle = OffreFactory(nature="lieu")
    debut = timezone.now() + dt.timedelta(days=10)
    mises = [
        une_mise_en_relation_en_accords(
            besoin=BesoinFactory(dispositif=salle.dispositif, nature="lieu"), offre=salle,
            pret_debut=debut, pret_fin=debut + dt.timedelta(hours=4),
        )
        for _ in range(2)
    ]  # fmt: skip
    for mise in mises:
        mise.accords.get(cote="personne").donner()
    ensemble([par_la_page(mise.accords.get(cote="accueil")) for mise in mises])
    assert Pret.objects.exclude(etat="annule").count() == 1
    etats = MiseEnRelation.objects.values_list("etat", flat=True)
    assert sorted(etats) == ["en_mission", "rencontree"]
