"""Each reason in words, and each thing that forbids."""

import datetime as dt

import pytest
from django.utils import timezone

from config.jours import jour_de
from engagement import suggestions
from engagement.limites import Limite
from engagement.models import Besoin, DemiJournee, Offre, Pret
from engagement.semaine import APRES_MIDI, MATIN, bit
from tests.fabriques import TerritoireFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
)

pytestmark = pytest.mark.django_db


def le_prochain(jour: int, dans: int = 7) -> dt.date:
    """The first such weekday (0 is Monday) at least that many days from today."""
    date = jour_de() + dt.timedelta(days=dans)
    return date + dt.timedelta(days=(jour - date.weekday()) % 7)


def un_besoin(**champs) -> Besoin:
    """On a Tuesday morning, in a commune with its EPCI and its département."""
    departement = TerritoireFactory(niveau="departement")
    lieu = TerritoireFactory(epci=TerritoireFactory(niveau="epci"), departement=departement)
    champs = {"territoire": lieu, "creneaux": [(le_prochain(1), MATIN)], **champs}
    return BesoinFactory(**champs)


def une_offre(besoin: Besoin, **champs) -> Offre:
    """That fits: same commune, the whole week."""
    personne = {k.removeprefix("personne__"): champs.pop(k) for k in list(champs) if "__" in k}
    personne = PersonneFactory(dispositif=besoin.dispositif, **personne)
    return OffreFactory(**{"personne": personne, "territoire": besoin.territoire, **champs})


def vu(besoin: Besoin, offre: Offre):
    """What the page of suggestions says of this offer; None when it is not suggested."""
    besoin = Besoin.objects.select_related("territoire", "genre").get(pk=besoin.pk)
    trouves = [v for v in suggestions.pour_besoin(besoin) if v.offre.pk == offre.pk]
    return trouves[0] if trouves else None


def obstacles(besoin: Besoin, offre: Offre) -> list[str]:
    offre = Offre.objects.select_related("personne", "territoire", "dispositif").get(pk=offre.pk)
    besoin = Besoin.objects.select_related("territoire", "genre").get(pk=besoin.pk)
    return suggestions.entre(besoin, [offre])[offre.pk].obstacles


def test_what_fits_is_said_in_words():
    besoin = un_besoin(titre="Cuisiner pour cent personnes")
    genre = besoin.dispositif.genres.get(libelle="Accueil")
    Besoin.objects.filter(pk=besoin.pk).update(genre=genre)
    offre = une_offre(besoin, envies="J'aime la cuisine, un peu.", semaine=bit(1, MATIN))
    offre.genres.set([genre])
    ancienne = BesoinFactory(dispositif=besoin.dispositif, genre=genre)
    MiseEnRelationFactory(besoin=ancienne, offre=offre, etat="close")
    assert vu(besoin, offre).convient == [
        "même commune",
        "mardi matin en commun",
        "mots en commun : cuisine",
        "genre de mission préféré",
        "déjà fait : accueil",
    ]
    assert vu(besoin, offre).manque == []


def test_what_does_not_fit_is_said_in_words_and_forbids_nothing():
    besoin = un_besoin(creneaux=[(le_prochain(1), MATIN), (le_prochain(3), APRES_MIDI)])
    besoin.dispositif.sollicitations = 3
    besoin.dispositif.save()
    Besoin.objects.filter(pk=besoin.pk).update(
        genre=besoin.dispositif.genres.get(libelle="Accueil")
    )
    ailleurs = TerritoireFactory(departement=besoin.territoire.departement)
    offre = une_offre(
        besoin,
        territoire=ailleurs,
        rayon="departement",
        semaine=bit(1, MATIN),
        titre="x",
        envies="",
    )
    offre.genres.set([besoin.dispositif.genres.get(libelle="Distribution alimentaire")])
    MiseEnRelationFactory(besoin=BesoinFactory(dispositif=besoin.dispositif), offre=offre)
    assert vu(besoin, offre).manque == [
        "dans une autre intercommunalité du département",
        "pas disponible : jeudi après-midi",
        "préfère d'autres genres de mission",
        "n'a jamais fait d'accueil",
        "a déjà une proposition en cours",
    ]


def test_no_half_day_in_common_is_said_and_does_not_exclude():
    besoin = un_besoin()
    offre = une_offre(besoin, semaine=bit(2, MATIN))
    assert "aucune demi-journée en commun" in vu(besoin, offre).manque


def test_being_near_the_maximum_of_the_week_is_said():
    mardi = le_prochain(1)
    besoin = un_besoin(creneaux=[(mardi, MATIN)])
    dispositif = besoin.dispositif
    dispositif.par_semaine = 3
    dispositif.save()
    offre = une_offre(besoin)
    autre = BesoinFactory(dispositif=dispositif, creneaux=[(mardi + dt.timedelta(days=1), MATIN)])
    prendre(autre, offre)
    assert "à 2 demi-journées du maximum de la semaine" in vu(besoin, offre).manque
    dispositif.par_semaine = 1
    dispositif.save()
    assert vu(besoin, offre) is None
    assert obstacles(besoin, offre) == [
        "a déjà le maximum de demi-journées de ce dispositif à ces dates"
    ]


def prendre(besoin: Besoin, offre: Offre) -> None:
    """A mission on each of its slots."""
    mise = MiseEnRelationFactory(besoin=besoin, offre=offre, etat="en_mission")
    for creneau in besoin.creneaux.all():
        DemiJournee.objects.create(
            mise_en_relation=mise, creneau=creneau, personne=mise.personne, numero=1, cle=0,
            jour=creneau.jour, moment=0,
        )  # fmt: skip


ECARTEES = {
    "refusee": ({"refuse": [Limite.PORT_DE_CHARGE]}, "a dit : pas de port de charge"),
    "terminee": ({"etat": "terminee"}, "son offre est terminée"),
    "finie": ({"fin": jour_de() - dt.timedelta(days=1)}, "son offre est terminée"),
    "pas encore": ({"debut": le_prochain(1) + dt.timedelta(days=1)}, "n'offre rien à ces dates"),
    "a confirmer": ({"etat": "a_confirmer"}, "n'a pas encore confirmé son adresse"),
    "non confirmee": ({"personne__confirmee_le": None}, "n'a pas encore confirmé son adresse"),
    "en pause": ({"personne__en_pause_depuis": timezone.now()}, "est en pause"),
    "habitante": (
        {"personne__statut": "habitant"}, "ce dispositif n'est pas ouvert aux habitant·es",
    ),
}  # fmt: skip


@pytest.mark.parametrize("cas", ECARTEES)
def test_a_hard_limit_excludes_and_is_said(cas: str):
    champs, dit = ECARTEES[cas]
    if "fin" in champs:
        champs = {**champs, "debut": champs["fin"]}
    besoin = un_besoin(
        demande=[Limite.PORT_DE_CHARGE], dispositif=DispositifFactory(aux_habitants=False)
    )
    permise, ecartee = une_offre(besoin), une_offre(besoin, **champs)
    assert vu(besoin, permise) is not None
    assert vu(besoin, ecartee) is None
    assert dit in obstacles(besoin, ecartee)


def test_somebody_erased_is_not_suggested():
    besoin = un_besoin()
    offre = une_offre(
        besoin, personne__effacee_le=timezone.now(), personne__email="", personne__telephone="",
        personne__manager_email="", personne__manager_nom="",
    )  # fmt: skip
    assert vu(besoin, offre) is None
    assert "ses données ont été effacées" in obstacles(besoin, offre)


def test_a_refused_week_end_is_never_overridden():
    samedi = le_prochain(5)
    besoin = un_besoin(creneaux=[(samedi, MATIN)])
    offre = une_offre(besoin, refuse=[Limite.WEEK_END])
    assert vu(besoin, offre) is None
    assert obstacles(besoin, offre) == ["a dit : pas le week-end"]
    besoin.creneaux.create(jour=le_prochain(1), moment=MATIN)
    assert vu(besoin, offre).convient[:2] == ["même commune", "mardi matin en commun"]
    assert "pas disponible : samedi matin" in vu(besoin, offre).manque


@pytest.mark.parametrize(
    ("rayon", "ou", "suggeree"),
    [
        ("commune", "commune", True), ("commune", "epci", False), ("epci", "epci", True),
        ("epci", "departement", False), ("departement", "departement", True),
        ("departement", "ailleurs", False),
    ],
)  # fmt: skip
def test_nobody_is_asked_further_than_they_said(rayon: str, ou: str, suggeree: bool):
    besoin = un_besoin()
    lieu = besoin.territoire
    lieux = {
        "commune": lieu,
        "epci": TerritoireFactory(epci=lieu.epci, departement=lieu.departement),
        "departement": TerritoireFactory(departement=lieu.departement),
        "ailleurs": TerritoireFactory(),
    }
    offre = une_offre(besoin, territoire=lieux[ou], rayon=rayon)
    assert (vu(besoin, offre) is not None) == suggeree
    assert bool(obstacles(besoin, offre)) != suggeree


@pytest.mark.parametrize(
    ("etat", "par", "dit"),
    [
        ("proposee", "", "ce besoin lui est déjà proposé"),
        ("en_mission", "", "est déjà en mission pour ce besoin"),
        ("declinee", "personne", "cette rencontre a déjà été déclinée"),
        ("declinee", "accueil", "cette rencontre a déjà été déclinée"),
        ("interrompue", "", "une mission pour ce besoin a déjà été interrompue"),
    ],
)
def test_what_already_stands_between_two_is_not_asked_again(etat: str, par: str, dit: str):
    besoin = un_besoin()
    offre = une_offre(besoin)
    MiseEnRelationFactory(besoin=besoin, offre=offre, etat=etat, declinee_par=par)
    assert vu(besoin, offre) is None
    assert dit in obstacles(besoin, offre)


def test_what_the_cellule_itself_withdrew_may_be_proposed_again():
    besoin = un_besoin()
    offre = une_offre(besoin)
    MiseEnRelationFactory(besoin=besoin, offre=offre, etat="declinee", declinee_par="cellule")
    assert vu(besoin, offre) is not None


def test_nobody_is_solicited_beyond_the_limit():
    besoin = un_besoin(dispositif=DispositifFactory(sollicitations=1))
    offre = une_offre(besoin)
    MiseEnRelationFactory(besoin=BesoinFactory(dispositif=besoin.dispositif), offre=offre)
    assert vu(besoin, offre) is None
    assert obstacles(besoin, offre) == [
        "a déjà 1 proposition en cours, le maximum de ce dispositif"
    ]


def test_an_absence_excludes_today_and_over_all_the_slots():
    mardi = le_prochain(1)
    besoin = un_besoin(creneaux=[(mardi, MATIN)])
    en_conge, deja_parti = une_offre(besoin), une_offre(besoin)
    en_conge.personne.absences.create(debut=mardi, fin=mardi)
    deja_parti.personne.absences.create(debut=jour_de(), fin=jour_de())
    assert vu(besoin, en_conge) is None
    assert obstacles(besoin, en_conge) == ["sera absent·e à toutes ces dates"]
    assert vu(besoin, deja_parti) is None
    assert obstacles(besoin, deja_parti) == ["est absent·e en ce moment"]


def test_a_half_day_taken_elsewhere_even_in_another_dispositif_excludes():
    mardi = le_prochain(1)
    besoin = un_besoin(creneaux=[(mardi, MATIN)])
    offre = une_offre(besoin)
    ailleurs = BesoinFactory(creneaux=[(mardi, MATIN)])
    la_meme = PersonneFactory(dispositif=ailleurs.dispositif, email=offre.personne.email)
    prendre(ailleurs, OffreFactory(personne=la_meme))
    assert vu(besoin, offre) is None
    assert obstacles(besoin, offre) == ["n'est plus libre à ces dates"]


def test_a_thing_lent_over_the_whole_period_is_not_suggested():
    besoin = un_besoin(nature="lieu")
    besoin.creneaux.all().delete()
    debut = jour_de() + dt.timedelta(days=3)
    Besoin.objects.filter(pk=besoin.pk).update(debut=debut, fin=debut + dt.timedelta(days=1))
    libre, pretee = une_offre(besoin, nature="lieu"), une_offre(besoin, nature="lieu")
    autre = BesoinFactory(dispositif=besoin.dispositif, nature="lieu")
    maintenant = timezone.now()
    Pret.objects.create(
        mise_en_relation=MiseEnRelationFactory(besoin=autre, offre=pretee, etat="en_mission"),
        offre=pretee, periode=(maintenant, maintenant + dt.timedelta(days=9)),
    )  # fmt: skip
    assert vu(besoin, libre) is not None
    assert vu(besoin, pretee) is None
    assert obstacles(besoin, pretee) == ["n'est plus libre à ces dates"]


def test_a_need_without_a_half_day_to_come_suggests_nobody():
    besoin = un_besoin(creneaux=[(jour_de() - dt.timedelta(days=2), MATIN)])
    offre = une_offre(besoin)
    assert vu(besoin, offre) is None
    assert obstacles(besoin, offre) == ["ce besoin n'a plus de demi-journée à venir"]


def test_at_equal_fit_who_has_waited_longest_comes_first():
    besoin = un_besoin()
    maintenant = timezone.now()
    hier = une_offre(besoin, personne__derniere_sollicitation_le=maintenant - dt.timedelta(days=1))
    il_y_a_un_mois = une_offre(
        besoin, personne__derniere_sollicitation_le=maintenant - dt.timedelta(days=30)
    )
    arrivee_hier = une_offre(besoin, personne__cree_le=maintenant - dt.timedelta(days=1))
    arrivee_avant = une_offre(besoin, personne__cree_le=maintenant - dt.timedelta(days=9))
    besoin = Besoin.objects.select_related("territoire", "genre").get(pk=besoin.pk)
    attendu = [arrivee_avant, arrivee_hier, il_y_a_un_mois, hier]
    assert [v.offre.pk for v in suggestions.pour_besoin(besoin)] == [o.pk for o in attendu]


def test_a_need_of_a_whole_intercommunalite_finds_who_goes_that_far():
    besoin = un_besoin()
    epci = besoin.territoire.epci
    offre = une_offre(besoin)
    casanier = une_offre(besoin, rayon="commune")
    Besoin.objects.filter(pk=besoin.pk).update(territoire=epci)
    assert vu(besoin, offre).convient[0] == "même intercommunalité"
    assert vu(besoin, casanier) is None
