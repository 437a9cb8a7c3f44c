"""Small worlds drawn at random: a few communes, some offers, some needs, and all that may forbid."""

import datetime as dt
import random

from django.db import IntegrityError, transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.limites import Limite
from engagement.models import Besoin, DemiJournee, Dispositif, Offre, Pret
from tests.fabriques import TerritoireFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
)

ENVIES = ["J'aime cuisiner.", "Accueillir, écouter", "Conduire un camion", "", "Jardins et vélos"]
TITRES = ["Cuisiner pour cent", "Accueil du matin", "Livrer des cartons", "Réparer des vélos"]
TITRES_DES_PRETS = ["Une salle", "Vingt chaises"]
ETATS = ["proposee", "en_discussion", "en_mission", "close", "declinee", "interrompue", "retour"]


def un_monde(graine: int) -> Dispositif:
    """Thirty offers and four needs; the same seed draws the same world."""
    d = random.Random(graine)
    communes = _communes()
    dispositif = DispositifFactory(
        genres=["Accueil", "Cuisine", "Transport"],
        aux_habitants=d.random() < 0.8,
        aux_organisations=d.random() < 0.8,
        par_semaine=d.choice([None, 2, 3]),
        par_mois=d.choice([None, 3, 6]),
        sollicitations=d.choice([1, 2, 3]),
    )
    genres = list(dispositif.genres.all())
    besoins = [_besoin(d, dispositif, communes, genres) for _ in range(4)]
    offres = [_offre(d, dispositif, communes, genres) for _ in range(30)]
    for _ in range(14):
        _relation(d, d.choice(besoins), d.choice(offres))
    for offre in d.sample(offres, 4):
        debut = jour_de() + dt.timedelta(days=d.randint(-3, 15))
        offre.personne.absences.create(debut=debut, fin=debut + dt.timedelta(days=d.randint(0, 12)))
    return dispositif


def _communes() -> list:
    departements = [TerritoireFactory(niveau="departement") for _ in range(2)]
    communes = []
    for departement in departements:
        for _ in range(2):
            epci = TerritoireFactory(niveau="epci")
            communes += [TerritoireFactory(epci=epci, departement=departement) for _ in range(2)]
    communes.append(TerritoireFactory(departement=departements[0]))  # an island without an EPCI
    # An EPCI over two départements.
    communes.insert(2, TerritoireFactory(epci=communes[0].epci, departement=departements[1]))
    return communes


def _besoin(d: random.Random, dispositif: Dispositif, communes: list, genres: list) -> Besoin:
    jours = {
        (jour_de() + dt.timedelta(days=d.randint(-4, 20)), d.randint(0, 1))
        for _ in range(d.randint(1, 4))
    }
    nature = d.choice(["temps", "temps", "temps", "lieu"])
    besoin = BesoinFactory(
        dispositif=dispositif,
        nature=nature,
        titre=d.choice(TITRES if nature == "temps" else TITRES_DES_PRETS),
        description="",
        apprend="",
        territoire=d.choice(communes[:3]),
        genre=d.choice([None, *genres]),
        demande=d.choice([[], [], [Limite.PORT_DE_CHARGE], [Limite.PUBLIC, Limite.DEHORS]]),
        creneaux=sorted(jours),
    )
    if nature != "temps" and d.random() < 0.6:
        besoin.creneaux.all().delete()  # a loan may name its period alone
    return besoin


def _offre(d: random.Random, dispositif: Dispositif, communes: list, genres: list) -> Offre:
    maintenant, jour = timezone.now(), jour_de()
    personne = PersonneFactory(
        dispositif=dispositif,
        statut=d.choice(["agent", "agent", "habitant", "organisation"]),
        confirmee_le=d.choice([maintenant] * 9 + [None]),
        consentement=d.choice(["en_ligne", "en_ligne", "telephone"]),
        en_pause_depuis=d.choice([None] * 9 + [maintenant]),
        derniere_sollicitation_le=d.choice([None, maintenant - dt.timedelta(days=d.randint(1, 9))]),
        cree_le=maintenant - dt.timedelta(days=d.randint(0, 5)),
    )
    nature = d.choice(["temps", "temps", "temps", "lieu"])
    offre = OffreFactory(
        personne=personne,
        nature=nature,
        titre="Du temps" if nature == "temps" else d.choice(TITRES_DES_PRETS),
        envies=d.choice(ENVIES),
        etiquettes=d.choice([[], [], ["Cuisine"], ["permis", "vélo"]]),
        territoire=d.choice(communes[:4] * 3 + communes),
        rayon=d.choice(["commune", "epci", "departement", "departement"]),
        debut=jour + dt.timedelta(days=d.choice([-30, -30, -30, -1, 3, 9])),
        fin=d.choice([None, None, jour + dt.timedelta(days=d.randint(10, 20))]),
        semaine=d.choice([0b11111111111111, 0b1111, 0b1010101010, 1 << d.randint(0, 9)]),
        refuse=d.choice([[], [], [], [Limite.PORT_DE_CHARGE], [Limite.DEHORS], [Limite.WEEK_END]]),
        etat=d.choice(["active"] * 9 + ["terminee"]),
    )
    offre.genres.set(d.sample(genres, d.randint(0, 2)))
    return offre


def _relation(d: random.Random, besoin: Besoin, offre: Offre) -> None:
    """In a state drawn at random, with its half-days or its loan when it is a mission."""
    if offre.nature != besoin.nature:
        return
    try:
        with transaction.atomic():
            etat = d.choice(ETATS)
            mise = MiseEnRelationFactory(
                besoin=besoin, offre=offre, etat=etat,
                declinee_par=d.choice(["personne", "cellule"]) if etat == "declinee" else "",
            )  # fmt: skip
            if etat in ("en_mission", "close") and besoin.nature == "temps":
                for creneau in besoin.creneaux.all():
                    DemiJournee.objects.create(
                        mise_en_relation=mise, creneau=creneau, personne=mise.personne, numero=1,
                        cle=0, jour=creneau.jour, moment=0,
                    )  # fmt: skip
            elif etat == "en_mission":
                debut = timezone.now() + dt.timedelta(days=d.randint(0, 5))
                Pret.objects.create(
                    mise_en_relation=mise, offre=offre,
                    periode=(debut, debut + dt.timedelta(days=d.randint(1, 12))),
                )  # fmt: skip
    except IntegrityError:  # the budget, a place taken, the same pair twice: the world does without
        pass
