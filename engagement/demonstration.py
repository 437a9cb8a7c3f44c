"""Imaginary dispositifs, dated around today and made by the very methods people use.

Longer than 150 lines: it is one story, told in order.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from comptes.models import Organisation, Territoire, Utilisateur
from config.jours import instant_de, jour_de
from engagement import bilans, ouverture, retours
from engagement.cloture import achever
from engagement.modeles import MODELES
from engagement.models import Besoin, Dispositif, MiseEnRelation, Offre, Personne
from engagement.recit import choisir
from engagement.recit import mots as mots_a_citer
from engagement.semaine import MATIN

MEDIATEUR = "mediateur@example.org"
# Département, then communes, of the official code: an imaginary organisation in a real place.
DEPARTEMENT, COMMUNES = "38", ("38185", "38151", "38563")
PAR_TELEPHONE = "au téléphone"


class Recit:
    """What happens in one dispositif, day after day; ``jours``: before (or after) today."""

    def __init__(self, dispositif: Dispositif, par: Utilisateur, lieux: list[Territoire]) -> None:
        self.dispositif, self.par, self.lieux = dispositif, par, lieux
        self.nombre = 0

    def personne(self, nom: str, statut: str, le: dt.datetime, **champs: Any) -> Personne:
        """Somebody whose address is theirs."""
        self.nombre += 1
        adresse = f"demo{self.dispositif.pk}-{self.nombre}@example.org"
        return Personne.objects.create(
            dispositif=self.dispositif, nom=nom, statut=statut, email=adresse, consenti_le=le,
            consentement=Personne.Consentement.EN_LIGNE, confirmee_le=le, cree_le=le, **champs,
        )  # fmt: skip

    def agent(self, nom: str, fonction: str, le: dt.datetime) -> Personne:
        """With a manager of origin."""
        manager = {"manager_nom": "Responsable du service", "manager_email": "manager@example.org"}
        return self.personne(nom, "agent", le, fonction=fonction, **manager)

    def offre(
        self, personne: Personne, titre: str, le: dt.datetime, lieu: int = 0, **champs: Any
    ) -> Offre:
        """Received that day."""
        genres = list(self.dispositif.genres.all()[: self.dispositif.genres_preferes])
        offre = Offre(
            dispositif=self.dispositif, personne=personne, titre=titre, debut=jour_de(le),
            territoire=self.lieux[lieu], rayon=Offre.Rayon.DEPARTEMENT, **champs,
        )  # fmt: skip
        return offre.deposer(genres=genres, at=le)[0]

    def besoin(
        self,
        qui: Personne,
        titre: str,
        jours: list[dt.date],
        le: dt.datetime,
        *,
        ouvert: bool = True,
        **champs: Any,
    ) -> Besoin:
        """Asked that day, for these mornings; opened by the cellule."""
        textes = {
            "description": "Être là, donner un coup de main à l'équipe, prendre le temps d'un café.",
            "accueil_fonction": "responsable de l'équipe",
            "lieu": "3 rue du Pont, au rez-de-chaussée",
            "binome": "une personne de l'équipe",
            "apprend": "Un métier que l'on ne voit pas de son bureau.",
        }
        besoin = Besoin(
            dispositif=self.dispositif, demandeur=qui, titre=titre, territoire=self.lieux[0],
            genre=self.dispositif.genres.first(), **{**textes, **champs},
        )  # fmt: skip
        besoin = besoin.deposer([(jour, MATIN) for jour in jours], at=le)[0]
        if ouvert:
            besoin.qualifier(par=self.par, at=le)
        return besoin

    def proposer(self, besoin: Besoin, offre: Offre, le: dt.datetime) -> MiseEnRelation:
        """By the médiatrice."""
        return MiseEnRelation.proposer(
            besoin=besoin, offre=offre, par=self.par, pourquoi="On s'est parlé.", at=le
        )

    def convenir(self, mise: MiseEnRelation, le: dt.datetime) -> MiseEnRelation:
        """Call, meeting, accords: told by phone, written down by the cellule."""
        mise.discuter(par=self.par, texte="Partante, préfère le matin.", at=le)
        mise.noter_rencontre(par=self.par, notes="Vus sur place, cela convient.", at=le)
        if mise.offre.est_un_pret:
            self.dater_le_pret(mise, le)
        mise.demander_accords(par=self.par, at=le)
        for accord in mise.accords.all():
            accord.recueillir(par=self.par, comment=PAR_TELEPHONE, at=le)
        mise.refresh_from_db()
        return mise

    def dater_le_pret(self, mise: MiseEnRelation, le: dt.datetime) -> None:
        """A week from the day after."""
        debut = le + dt.timedelta(days=1)
        mise.rediger(par=self.par, at=le, pret_debut=debut, pret_fin=debut + dt.timedelta(days=7))

    def vivre(self, mise: MiseEnRelation, le: dt.datetime) -> None:
        """Its half-days take place, until that day."""
        for demi_journee in mise.demi_journees.filter(jour__lt=jour_de(le)):
            demi_journee.dire(faite=True, par=self.par, at=le)

    def terminer(self, mise: MiseEnRelation, le: dt.datetime, mot: str, fonction: str) -> None:
        """The talk of return, both bilans, thanks."""
        mise.revenir(cote="date", at=le)
        dit = {"content": "oui", "mot_public": mot, "fonction": fonction, "consent": bool(mot)}
        bilans.dire(mise, cote="personne", valeurs=dit, at=le)
        bilans.dire(mise, cote="accueil", valeurs={"content": "oui", "texte": "Merci."}, at=le)
        appris = "Accueillir sans dossier devant soi."
        retours.noter_retour(mise, par=self.par, entretien_le=jour_de(le), appris=appris, at=le)
        mise.clore(par=self.par, at=le)


@transaction.atomic
def charger_les_dispositifs(
    organisation: Organisation, mediateur: Utilisateur | None, *, at: dt.datetime | None = None
) -> int:
    """Make them unless some are there; return how many. None without territories or without a médiateur."""
    lieux = list(Territoire.objects.filter(niveau="commune", code__in=COMMUNES).order_by("code"))
    departement = Territoire.objects.filter(niveau="departement", code=DEPARTEMENT).first()
    referent = Utilisateur.objects.filter(adhesions__in=organisation.adhesions.referents()).first()
    if Dispositif.objects.filter(est_demo=True).exists() or len(lieux) < len(COMMUNES):
        return 0
    if mediateur is None or referent is None or departement is None:
        return 0
    aujourd_hui = jour_de(at)
    for conter, nom, modele, depuis in (
        (_reserve, "Réserve solidaire de Montessai", "reserve_citoyenne", 45),
        (_micro_mobilite, "Micro-mobilité entre services", "micro_mobilite", 60),
        (_canicule, "Réserve de la canicule", "reserve_citoyenne", 160),
    ):
        le = _jour(aujourd_hui, -depuis)
        dispositif = _ouvrir(organisation, departement, nom, modele, mediateur, referent, le)
        conter(Recit(dispositif, mediateur, lieux), aujourd_hui)
    return 3


def _ouvrir(
    organisation: Organisation,
    territoire: Territoire,
    nom: str,
    modele: str,
    mediateur: Utilisateur,
    referent: Utilisateur,
    le: dt.datetime,
) -> Dispositif:
    propose = MODELES[modele]
    dispositif = Dispositif(
        nom=f"{nom} (démonstration)", modele=modele, organisation=organisation, est_demo=True,
        territoire=territoire, presentation=propose.presentation, debut=jour_de(le),
        ce_qui_est_demande=propose.ce_qui_est_demande, contact="04 00 00 00 00, en semaine",
        **propose.regles,
    )  # fmt: skip
    prete = modele == "reserve_citoyenne"
    dispositif.des_lieux = dispositif.du_materiel = dispositif.aux_organisations = prete
    return ouverture.ouvrir(dispositif, guichet=[mediateur, referent], par=referent, at=le)[0]


def _jour(aujourd_hui: dt.date, jours: int) -> dt.datetime:
    """Ten o'clock, that many days from today."""
    return instant_de(aujourd_hui + dt.timedelta(days=jours), 10)


def _matins(aujourd_hui: dt.date, jours: int, combien: int) -> list[dt.date]:
    """So many working days, a week apart, the first that many days from today."""
    premier = aujourd_hui + dt.timedelta(days=jours)
    while premier.weekday() >= 5:
        premier += dt.timedelta(days=1)
    return [premier + dt.timedelta(weeks=n) for n in range(combien)]


def _reserve(recit: Recit, jour: dt.date) -> None:
    """Open for a crisis: something at each step, and a loan that is late."""
    arrivee, appel = _jour(jour, -40), _jour(jour, -20)
    epicerie = recit.personne("Épicerie solidaire du Pont", "organisation", arrivee)
    noms = (
        "Volontaire du quartier",
        "Retraité bricoleur",
        "Étudiante en droit",
        "Voisine cuisinière",
    )
    offres = [
        recit.offre(
            recit.personne(nom, "habitant", arrivee), "Deux demi-journées par semaine", arrivee,
            rang % 3, envies="J'aime cuisiner, accueillir, réparer.",
            refuse=["week_end"] if rang % 2 else [],
        )
        for rang, nom in enumerate(noms)
    ]  # fmt: skip
    a_venir = recit.besoin(
        epicerie, "Renfort à la distribution", _matins(jour, 6, 3), appel, places=2
    )
    recit.besoin(
        epicerie, "Tenir l'accueil du samedi", _matins(jour, 15, 1), _jour(jour, -4), ouvert=False
    )
    recit.proposer(a_venir, offres[0], _jour(jour, -13))
    discutee = recit.proposer(a_venir, offres[1], _jour(jour, -8))
    discutee.discuter(
        par=recit.par, texte="Disponible, veut voir le lieu d'abord.", at=_jour(jour, -6)
    )
    en_cours = recit.besoin(epicerie, "Ranger les arrivages", _matins(jour, -11, 4), appel)
    mission = recit.convenir(recit.proposer(en_cours, offres[2], appel), _jour(jour, -18))
    recit.vivre(mission, _jour(jour, 0))
    refusee = recit.proposer(en_cours, offres[3], appel)
    refusee.decliner(cote="personne", motif="Plus libre ce mois-ci.", at=_jour(jour, -17))
    association = recit.personne("Association des Rives", "organisation", arrivee)
    tables = recit.offre(
        association, "Vingt tables pliantes", arrivee, nature="materiel",
        conditions="À rendre propres.", etat_connu="Bon état.",
    )  # fmt: skip
    pret = recit.besoin(
        epicerie, "Des tables pour la distribution", [], appel, nature="materiel",
        debut=jour - dt.timedelta(days=17), fin=jour - dt.timedelta(days=10),
    )  # fmt: skip
    convenu = recit.convenir(recit.proposer(pret, tables, appel), _jour(jour, -18))
    convenu.pret.sortir(par=recit.par, etat="Bon état.", at=_jour(jour, -17))


def _micro_mobilite(recit: Recit, jour: dt.date) -> None:
    """Between services: an accord waited for, a mission closed with its return."""
    arrivee = _jour(jour, -55)
    mediatheque = recit.personne("Médiathèque centrale", "organisation", arrivee)
    agents = [
        recit.offre(recit.agent(nom, fonction, arrivee), "Quelques demi-journées", arrivee, rang,
                    envies=envies)
        for rang, (nom, fonction, envies) in enumerate([
            ("Agente de voirie", "agente de voirie", "Le contact, la lecture aux enfants."),
            ("Agent comptable", "agent comptable", "Le jardinage, les inventaires."),
        ])
    ]  # fmt: skip
    passe = recit.besoin(mediatheque, "Inventaire d'été", _matins(jour, -40, 3), _jour(jour, -50))
    faite = recit.convenir(recit.proposer(passe, agents[1], _jour(jour, -49)), _jour(jour, -46))
    recit.vivre(faite, _jour(jour, -24))
    mot = "J'ai vu la collectivité par une autre porte."
    recit.terminer(faite, _jour(jour, -23), mot, "agent comptable")
    besoin = recit.besoin(
        mediatheque, "Lectures en pied d'immeuble", _matins(jour, 12, 3), _jour(jour, -9)
    )
    mise = recit.proposer(besoin, agents[0], _jour(jour, -8))
    mise.discuter(par=recit.par, texte="Très envie d'essayer.", at=_jour(jour, -7))
    mise.noter_rencontre(par=recit.par, notes="Rencontre à la médiathèque.", at=_jour(jour, -3))
    mise.demander_accords(par=recit.par, at=_jour(jour, -2))
    mise.accords.get(cote="personne").recueillir(
        par=recit.par, comment=PAR_TELEPHONE, at=_jour(jour, -1)
    )


def _canicule(recit: Recit, jour: dt.date) -> None:
    """Over: closed with a last word, told in its récit."""
    arrivee = _jour(jour, -155)
    residence = recit.personne("Résidence des Tilleuls", "organisation", arrivee)
    mots = (
        ("On repart avec dix prénoms en tête.", "volontaire, jeune retraité"),
        ("Une heure de conversation valait tous les ventilateurs.", "étudiante volontaire"),
        ("", ""), ("", ""), ("", ""), ("", ""),
    )  # fmt: skip
    visites = recit.besoin(
        residence, "Visites de fraîcheur", _matins(jour, -145, 4), _jour(jour, -152), places=6
    )
    for rang, (mot, fonction) in enumerate(mots):
        personne = recit.personne(f"Volontaire {rang + 1} de l'été", "habitant", arrivee)
        offre = recit.offre(personne, "Des matinées cet été", arrivee, rang % 3)
        mise = recit.convenir(recit.proposer(visites, offre, _jour(jour, -150)), _jour(jour, -148))
        recit.vivre(mise, _jour(jour, -120))
        recit.terminer(mise, _jour(jour, -118), mot, fonction)
    dispositif = recit.dispositif
    dispositif.clore(
        par=recit.par, at=_jour(jour, -110),
        mot_de_fin="La chaleur est retombée. Merci d'avoir poussé des portes.",
        bilan="Les visites à deux ont rassuré tout le monde. Il a manqué un numéro unique dès le premier jour.",
    )  # fmt: skip
    achever(dispositif.pk, at=_jour(jour, -110))
    for bilan in mots_a_citer(dispositif):
        choisir(dispositif, bilan.pk, montrer=True, par=recit.par, at=_jour(jour, -105))
    dispositif.ecrire_recit(
        par=recit.par, bilan=dispositif.bilan, at=_jour(jour, -105),
        recit="Trois semaines de chaleur, une résidence, des gens qui ne se connaissaient pas. "
        "Chaque matin, quelqu'un passait.",
    )  # fmt: skip
    dispositif.publier_recit(par=recit.par, at=_jour(jour, -104))
