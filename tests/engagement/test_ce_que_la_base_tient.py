"""What the database refuses, whatever the code does."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from engagement.contraintes import en_mots
from engagement.models import DemiJournee, Ligne, Pret
from engagement.semaine import APRES_MIDI, MATIN
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
)

pytestmark = pytest.mark.django_db
LUNDI = dt.date(2027, 3, 1)


def poser(mise, creneau, numero=1, **champs):
    return DemiJournee.objects.create(
        mise_en_relation=mise, creneau=creneau, personne=mise.personne, numero=numero, cle=0,
        jour=LUNDI, moment=0, **champs,
    )  # fmt: skip


def refuse(geste, *modeles):
    with pytest.raises(IntegrityError) as refus, transaction.atomic():
        geste()
    return en_mots(refus.value, *modeles)


def test_a_slot_never_has_more_people_than_its_need_has_places():
    besoin = BesoinFactory(places=1)
    creneau = besoin.creneaux.get()
    poser(MiseEnRelationFactory(besoin=besoin), creneau)
    autre = MiseEnRelationFactory(besoin=besoin)
    assert "prise" in refuse(lambda: poser(autre, creneau), DemiJournee)
    assert "prises" in refuse(lambda: poser(autre, creneau, numero=2))


def test_a_person_is_never_in_two_places_at_once_even_in_two_dispositifs():
    jours = [(LUNDI, MATIN)]
    ici = MiseEnRelationFactory(besoin=BesoinFactory(creneaux=jours))
    poser(ici, ici.besoin.creneaux.get())
    ailleurs = BesoinFactory(creneaux=jours, dispositif=DispositifFactory())
    la_meme = PersonneFactory(dispositif=ailleurs.dispositif, email=ici.personne.email.upper())
    la_bas = MiseEnRelationFactory(besoin=ailleurs, offre=OffreFactory(personne=la_meme))
    assert "déjà prise" in refuse(lambda: poser(la_bas, ailleurs.creneaux.get()), DemiJournee)


def test_the_budget_of_the_week_and_of_the_month_holds():
    jours = [(LUNDI + dt.timedelta(days=n), MATIN) for n in range(3)]
    besoin = BesoinFactory(creneaux=jours, dispositif=DispositifFactory(par_semaine=2))
    mise = MiseEnRelationFactory(besoin=besoin)
    un, deux, trois = besoin.creneaux.all()
    poser(mise, un)
    poser(mise, deux)
    assert "semaine" in refuse(lambda: poser(mise, trois))
    besoin.dispositif.par_semaine, besoin.dispositif.par_mois = None, 2
    besoin.dispositif.save()
    assert "mois" in refuse(lambda: poser(mise, trois))
    DemiJournee.objects.filter(creneau=un).update(etat="annulee")
    poser(mise, trois)


def test_a_refused_week_end_is_never_overridden():
    samedi = LUNDI + dt.timedelta(days=5)
    besoin = BesoinFactory(creneaux=[(samedi, APRES_MIDI)])
    offre = OffreFactory(personne__dispositif=besoin.dispositif, refuse=["week_end"])
    mise = MiseEnRelationFactory(besoin=besoin, offre=offre)
    assert "week-end" in refuse(lambda: poser(mise, besoin.creneaux.get()))


def test_a_thing_is_never_lent_twice_at_once():
    salle = OffreFactory(nature="lieu")
    debut = timezone.now()

    def preter(de, a):
        besoin = BesoinFactory(dispositif=salle.dispositif, nature="lieu")
        Pret.objects.create(
            mise_en_relation=MiseEnRelationFactory(besoin=besoin, offre=salle),
            offre=salle,
            periode=(debut + dt.timedelta(hours=de), debut + dt.timedelta(hours=a)),
        )

    preter(0, 4)
    preter(4, 8)
    assert refuse(lambda: preter(3, 5), Pret) == "Déjà prêté sur cette période."


def test_a_line_of_history_is_never_changed():
    dispositif = DispositifFactory()
    ligne = Ligne.objects.create(
        dispositif=dispositif,
        sujet=f"dispositif:{dispositif.pk}",
        action="ouvrir",
        libelle="Ouvert",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Ligne.objects.filter(pk=ligne.pk).update(libelle="Autre")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ligne.objects.filter(pk=ligne.pk).delete()
