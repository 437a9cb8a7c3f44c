"""What the night forgets: people whose time has come, offers nobody confirmed."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from engagement.models import Offre, Personne
from engagement.relances_offres import SILENCE
from engagement.tasks import effacer_les_personnes
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
    une_mission,
)

pytestmark = pytest.mark.django_db


def il_y_a(**ecart):
    return timezone.now() - relativedelta(**ecart)


def vieillir(personne, le):
    Personne.objects.filter(pk=personne.pk).update(cree_le=le, consenti_le=le, confirmee_le=le)
    Offre.objects.filter(personne=personne).update(cree_le=le)
    personne.mises_en_relation.update(attend_depuis=le, terminee_le=le, proposee_le=le)


def est_la(personne):
    return Personne.objects.get(pk=personne.pk).effacee_le is None


@pytest.mark.parametrize(("mois", "reste"), [(5, True), (7, False)])
def test_people_are_forgotten_some_months_after_their_dispositif_closed(mois, reste):
    dispositif = DispositifFactory(etat="clos", clos_le=il_y_a(months=mois), conservation=6)
    personne = OffreFactory(personne__dispositif=dispositif).personne
    effacer_les_personnes()
    effacer_les_personnes()
    assert est_la(personne) is reste


@pytest.mark.parametrize("conservation", [1, 6, 36])
def test_in_an_open_dispositif_the_last_thing_that_happened_counts(conservation):
    dispositif = DispositifFactory(conservation=conservation)
    vieux = OffreFactory(personne__dispositif=dispositif).personne
    actif = MiseEnRelationFactory(offre=OffreFactory(personne__dispositif=dispositif)).personne
    recent = OffreFactory(personne__dispositif=dispositif).personne
    limite = il_y_a(months=conservation)
    vieillir(vieux, limite - dt.timedelta(days=2))
    vieillir(actif, limite - dt.timedelta(days=2))
    actif.mises_en_relation.update(attend_depuis=timezone.now())
    vieillir(recent, limite + dt.timedelta(days=2))
    assert effacer_les_personnes() == 1
    assert [est_la(p) for p in (vieux, actif, recent)] == [False, True, True]


def test_nobody_is_forgotten_in_the_middle_of_a_mission():
    mission = une_mission()
    vieillir(mission.personne, il_y_a(years=4))
    vieillir(mission.besoin.demandeur, il_y_a(years=4))
    effacer_les_personnes()
    assert est_la(mission.personne)
    assert est_la(mission.besoin.demandeur)


def test_offers_nobody_confirmed_go_after_14_days_and_their_person_too():
    dispositif = DispositifFactory()
    inconnue = PersonneFactory(dispositif=dispositif, confirmee_le=None)
    vieille = OffreFactory(personne=inconnue, etat="a_confirmer")
    jeune = OffreFactory(
        personne=PersonneFactory(dispositif=dispositif, confirmee_le=None), etat="a_confirmer"
    )
    connue = OffreFactory(personne=PersonneFactory(dispositif=dispositif), etat="a_confirmer")
    Offre.objects.filter(pk__in=[vieille.pk, connue.pk]).update(cree_le=il_y_a(days=15))
    Personne.objects.filter(pk__in=[inconnue.pk, connue.personne.pk]).update(
        cree_le=il_y_a(days=15)
    )
    effacer_les_personnes()
    assert list(Offre.objects.all()) == [jeune]
    assert set(Personne.objects.all()) == {jeune.personne, connue.personne}


def test_somebody_unconfirmed_who_asked_something_stays():
    besoin = BesoinFactory(demandeur__confirmee_le=None)
    Personne.objects.update(cree_le=il_y_a(days=15))
    effacer_les_personnes()
    assert Personne.objects.filter(pk=besoin.demandeur.pk).exists()


def test_a_month_without_a_call_deserves_a_word_once():
    offre = OffreFactory.build(personne=PersonneFactory())
    offre.dispositif, offre.territoire = offre.personne.dispositif, OffreFactory().territoire
    offre.deposer()
    message = Message.objects.get(genre="offre_sans_nouvelles")
    assert message.prevu_le - offre.cree_le > SILENCE - dt.timedelta(days=2)
    courriel = redacteur_de(message.genre)(message)
    assert "nous ne l'oublions pas" in courriel.texte
    assert offre.personne.jeton in courriel.html
    MiseEnRelationFactory(offre=offre)
    assert redacteur_de(message.genre)(message) is None


@pytest.mark.parametrize("geste", ["terminer", "pause", "clos", "efface", "autre_adresse"])
def test_a_mail_whose_reason_is_gone_does_not_leave(geste):
    offre = OffreFactory.build(personne=PersonneFactory())
    offre.dispositif, offre.territoire = offre.personne.dispositif, OffreFactory().territoire
    offre.deposer()
    message = Message.objects.get(genre="offre_sans_nouvelles")
    if geste == "terminer":
        offre.terminer()
    elif geste == "pause":
        offre.personne.mettre_en_pause()
    elif geste == "clos":
        type(offre.dispositif).objects.update(etat="clos")
    elif geste == "efface":
        offre.personne.effacer()
    else:
        Personne.objects.filter(pk=offre.personne_id).update(email="ailleurs@example.org")
    assert redacteur_de(message.genre)(message) is None
