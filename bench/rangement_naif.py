"""The ranking of suggestions as a loop over Django objects: the floor of ``bench suggestions``.

Written apart from engagement/suggestions_sql.py, from docs/suggestions.md alone: tests ask both for the same
small worlds, and the answers must be the same.
"""

import datetime as dt
from typing import Any

from django.db.models import prefetch_related_objects
from django.db.models.expressions import RawSQL

from config.jours import instant_de, jour_de
from engagement.models import Besoin, Creneau, DemiJournee, Offre
from engagement.raisons import BIENTOT, VIDES
from engagement.semaine import masque

ACTIVES = {"proposee", "en_discussion", "rencontree"}
MISSIONS = {"en_mission", "retour", "close"}
LEXEMES_DU_BESOIN = """tsvector_to_array(engagement_besoin.recherche || to_tsvector('french', sans_accents(coalesce(
  (SELECT libelle FROM engagement_genremission g WHERE g.id = engagement_besoin.genre_id), ''))))"""
LEXEMES_DE_L_OFFRE = """tsvector_to_array(engagement_offre.recherche || to_tsvector('french',
  sans_accents(array_to_string(engagement_offre.etiquettes, ' '))))"""


def ranger(besoin: Besoin, at: dt.datetime | None = None) -> list[int]:
    """The keys of the best twenty offers, in their order."""
    jour = jour_de(at)
    mots = _mots(besoin)
    lues = Offre.objects.filter(dispositif=besoin.dispositif_id, etat="active").annotate(
        lexemes=RawSQL(LEXEMES_DE_L_OFFRE, [])
    )
    offres = [
        offre
        for offre in lues.select_related("personne", "dispositif").defer("recherche")
        if _peut_etre_proposee(offre, jour) and _peut_convenir(offre, besoin)
    ]
    prefetch_related_objects(
        offres, "genres", "prets", "personne__absences", "personne__demi_journees",
        "personne__mises_en_relation__besoin",
    )  # fmt: skip
    creneaux = _demi_journees(besoin)
    _prises_ailleurs(offres)
    rangees = []
    for offre in offres:
        place = _place(offre, besoin, creneaux, mots, jour)
        if place is not None:
            rangees.append((place, offre.pk))
    return [pk for _, pk in sorted(rangees)[:20]]


def _demi_journees(besoin: Besoin) -> list[Creneau]:
    """Its slots; a loan that names none takes both halves of each day of its period."""
    creneaux = list(besoin.creneaux.all())
    if creneaux or besoin.nature == "temps" or not besoin.debut or not besoin.fin:
        return creneaux
    jours = [
        besoin.debut + dt.timedelta(days=n) for n in range((besoin.fin - besoin.debut).days + 1)
    ]
    return [Creneau(besoin=besoin, jour=jour, moment=moment) for jour in jours for moment in (0, 1)]


def _prises_ailleurs(offres: list[Any]) -> None:
    """The same person may be taken in another dispositif."""
    prises: dict[int, set[tuple[dt.date, int]]] = {}
    cles = {offre.personne.cle for offre in offres}
    for d in DemiJournee.objects.filter(cle__in=cles).exclude(etat="annulee"):
        prises.setdefault(d.cle, set()).add((d.jour, d.moment))
    for offre in offres:
        offre.prises = prises.get(offre.personne.cle, set())


def _mots(besoin: Besoin) -> set[str]:
    lus = Besoin.objects.filter(pk=besoin.pk).annotate(lexemes=RawSQL(LEXEMES_DU_BESOIN, []))
    vides = Besoin.objects.filter(pk=besoin.pk).annotate(
        vides=RawSQL("tsvector_to_array(to_tsvector('french', %s))", [VIDES])
    )
    lexemes = set(lus.values_list("lexemes", flat=True)[0])
    simples = {mot for mot in lexemes if len(mot) >= 3 and mot.isascii() and mot.isalnum()}
    return simples - set(vides.values_list("vides", flat=True)[0])


def _peut_etre_proposee(offre: Offre, jour: dt.date) -> bool:
    """What the offer and its person say, whatever the need."""
    personne, dispositif = offre.personne, offre.dispositif
    publics = {
        "agent": dispositif.aux_agents,
        "habitant": dispositif.aux_habitants,
        "organisation": dispositif.aux_organisations,
    }
    natures = {
        "temps": dispositif.du_temps, "lieu": dispositif.des_lieux, "materiel": dispositif.du_materiel
    }  # fmt: skip
    confirmee = (
        personne.consentement != "en_ligne" or personne.confirmee_le or personne.utilisateur_id
    )
    return bool(
        (offre.fin is None or offre.fin >= jour)
        and not personne.effacee_le
        and not personne.en_pause_depuis
        and confirmee
        and publics[personne.statut]
        and natures[offre.nature]
    )


def _peut_convenir(offre: Offre, besoin: Besoin) -> bool:
    """What forbids these two, in what both say."""
    return (
        offre.nature == besoin.nature
        and offre.personne_id != besoin.demandeur_id
        and not set(offre.refuse) & set(besoin.demande)
        and _va_jusque_la(offre, besoin)
    )


def _va_jusque_la(offre: Offre, besoin: Besoin) -> bool:
    """A département is not its intercommunalité, which may lie over several."""
    lieu, proche = besoin.territoire, _proche(offre, besoin)
    departement = lieu.pk if lieu.niveau == "departement" else lieu.departement_id
    if offre.rayon == "departement":
        meme = departement is not None and offre.departement_id == departement
        return meme or proche == 3 or (departement is None and proche == 2)
    return proche >= {"commune": 3, "epci": 2}[offre.rayon]


def _proche(offre: Offre, besoin: Besoin) -> int:
    lieu = besoin.territoire
    epci = lieu.pk if lieu.niveau == "epci" else lieu.epci_id
    departement = lieu.pk if lieu.niveau == "departement" else lieu.departement_id
    if offre.territoire_id == lieu.pk:
        return 3
    if epci is not None and offre.epci_id == epci:
        return 2
    return int(departement is not None and offre.departement_id == departement)


def _place(
    offre: Any, besoin: Besoin, creneaux: list[Creneau], mots: set[str], jour: dt.date
) -> tuple[Any, ...] | None:
    """Where it comes in the order; None when something forbids it."""
    personne = offre.personne
    mises = list(personne.mises_en_relation.all())
    en_cours = sum(mise.etat in ACTIVES for mise in mises)
    deja = any(
        mise.besoin_id == besoin.pk
        and (
            mise.etat in ACTIVES | {"en_mission", "interrompue"}
            or (mise.etat == "declinee" and mise.declinee_par != "cellule")
        )
        for mise in mises
    )
    absente = any(a.debut <= jour <= a.fin for a in personne.absences.all())
    if deja or absente or en_cours >= offre.dispositif.sollicitations:
        return None
    a_venir = [c for c in creneaux if c.jour >= jour]
    possibles = [c for c in a_venir if _possible(offre, c)]
    if creneaux and not possibles:
        return None
    demandees = masque((c.jour, c.moment) for c in a_venir)
    communes = masque((c.jour, c.moment) for c in possibles) & offre.semaine
    genres = {genre.pk for genre in offre.genres.all()}
    faits = {mise.besoin.genre_id for mise in mises if mise.etat in MISSIONS}
    genre, proche = besoin.genre_id, _proche(offre, besoin)
    convient = [
        proche >= 2,
        communes != 0,
        genre in genres,
        genre is not None and genre in faits,
        bool(mots & set(offre.lexemes)),
    ]
    manque = [
        proche < 2,
        bool(creneaux) and not communes,
        communes not in (0, demandees),
        genre is not None and bool(genres) and genre not in genres,
        genre is not None and offre.nature == "temps" and genre not in faits,
        en_cours > 0,
        *_presque_au_maximum(offre, possibles),
    ]
    attente = personne.derniere_sollicitation_le
    return (
        -sum(convient), sum(manque), attente is not None, attente and attente.timestamp(),
        personne.cree_le, offre.pk,
    )  # fmt: skip


def _prises(offre: Offre) -> list[Any]:
    return [d for d in offre.personne.demi_journees.all() if d.etat != "annulee"]


def _comptes(offre: Offre, jour: dt.date) -> tuple[int, int]:
    """How many half-days that week, that month."""
    prises = _prises(offre)
    semaine = sum(d.jour.isocalendar()[:2] == jour.isocalendar()[:2] for d in prises)
    return semaine, sum((d.jour.year, d.jour.month) == (jour.year, jour.month) for d in prises)


def _possible(offre: Any, creneau: Creneau) -> bool:
    jour, regles = creneau.jour, offre.dispositif
    if jour < offre.debut or (offre.fin is not None and jour > offre.fin):
        return False
    if "week_end" in offre.refuse and jour.weekday() >= 5:
        return False
    if any(a.debut <= jour <= a.fin for a in offre.personne.absences.all()):
        return False
    if offre.nature != "temps":
        debut = instant_de(jour, 12 * creneau.moment)
        fin = (
            instant_de(jour, 12) if creneau.moment == 0 else instant_de(jour + dt.timedelta(days=1))
        )
        return not any(
            p.etat in {"prevu", "sorti"} and p.periode.lower < fin and debut < p.periode.upper
            for p in offre.prets.all()
        )
    if (jour, creneau.moment) in offre.prises:
        return False
    semaine, mois = _comptes(offre, jour)
    return not (
        (regles.par_semaine is not None and semaine >= regles.par_semaine)
        or (regles.par_mois is not None and mois >= regles.par_mois)
    )


def _presque_au_maximum(offre: Offre, possibles: list[Creneau]) -> tuple[bool, bool]:
    regles = offre.dispositif
    bientot = [False, False]
    for creneau in possibles if offre.nature == "temps" else []:
        comptes = _comptes(offre, creneau.jour)
        for n, (pris, maximum) in enumerate(
            zip(comptes, (regles.par_semaine, regles.par_mois), strict=True)
        ):
            if maximum is not None and pris > 0 and maximum - pris <= BIENTOT:
                bientot[n] = True
    return bientot[0], bientot[1]
