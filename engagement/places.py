"""The places of a need: taken, waited for in order, held 48 hours, freed. Always under the lock of the need.

A hold whose hour is past is free for every reader at once: it is read from its date. The job only records it
and tells the next (engagement/tasks.py). The database is the last net (migration 0002).
"""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from config.jours import jour_de
from engagement import annonces
from engagement.contraintes import en_mots
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from engagement.models import Attente, Besoin, Creneau, MiseEnRelation

DUREE_DE_LA_GARDE = dt.timedelta(hours=48)


@dataclasses.dataclass(frozen=True)
class Issue:
    """What the last accord led to. ``rang``: in the waiting list; ``obstacle``: what the database refused."""

    prise: bool = False
    rang: int = 0
    nouvelle: bool = False
    obstacle: str = ""


class Grille:
    """The numbers free in each slot to come of one need. One query; holds that ran out are free."""

    def __init__(self, besoin: "Besoin", at: dt.datetime) -> None:
        from engagement.models import DemiJournee

        self.libres = {
            pk: set(range(1, besoin.places + 1))
            for pk in besoin.creneaux.filter(jour__gte=jour_de(at)).values_list("pk", flat=True)
        }
        prises = DemiJournee.objects.filter(creneau__in=self.libres).filter(occupees(at))
        for creneau, numero in prises.values_list("creneau", "numero"):
            self.libres[creneau].discard(numero)

    @property
    def pleine(self) -> bool:
        """Whether no slot has a place."""
        return not any(self.libres.values())

    def convient(self, creneaux: "list[Creneau]") -> bool:
        """Whether each of these has a place."""
        return bool(creneaux) and all(self.libres.get(c.pk) for c in creneaux)

    def servir(self, creneau: "Creneau") -> int:
        """Take the lowest number."""
        numero = min(self.libres[creneau.pk])
        self.libres[creneau.pk].discard(numero)
        return numero


def occupees(at: dt.datetime) -> Q:
    """The half-days that hold a place at this instant."""
    echues = Q(etat="tenue", mise_en_relation__attente__tenue_jusqua__lte=at)
    return ~Q(etat="annulee") & ~echues


def libres(besoin: "Besoin", at: dt.datetime) -> dict[int, int]:
    """How many places are free in each slot to come (by pk), for readers. Two queries."""
    return {pk: len(numeros) for pk, numeros in Grille(besoin, at).libres.items()}


def prendre(mise: "MiseEnRelation", at: dt.datetime) -> Issue:
    """One place in each of its half-days, else the next rank of the waiting list.

    Called under the lock of the need, every accord given. Whoever waits for a freed place comes first.
    """
    if mise.offre.est_un_pret:
        return _preter(mise, at)
    grille = _ranger(mise.besoin, at)
    attente = _attente(mise)
    if attente is not None and attente.etat == "tenue":
        mise.demi_journees.filter(etat="tenue").update(etat="prevue")
        _passer(attente, "servie")
        return Issue(prise=True)
    creneaux = list(mise.creneaux.order_by("jour", "moment"))
    if not grille.convient(creneaux):
        return _faire_attendre(mise, attente, at)
    if obstacle := _poser(mise, creneaux, grille, "prevue", at):
        return Issue(obstacle=obstacle)
    if attente is not None:
        _passer(attente, "servie")
    return Issue(prise=True)


def _preter(mise: "MiseEnRelation", at: dt.datetime) -> Issue:
    from engagement import prets

    try:
        prets.prevoir(mise, at=at)
    except ActionRefusee as refus:
        return Issue(obstacle=str(refus))
    return Issue(prise=True)


def _attente(mise: "MiseEnRelation") -> "Attente | None":
    from engagement.models import Attente

    attente: Attente | None = Attente.objects.filter(mise_en_relation=mise).first()
    return attente


def _faire_attendre(mise: "MiseEnRelation", attente: "Attente | None", at: dt.datetime) -> Issue:
    """The next rank, taken under the lock: nobody has the same. Who already waits keeps theirs."""
    from engagement.models import Attente

    if attente is not None and attente.etat == "attend":
        return Issue(rang=attente.rang)
    rang = (Attente.objects.filter(besoin=mise.besoin_id).aggregate(m=Max("rang"))["m"] or 0) + 1
    if attente is None:
        Attente.objects.create(mise_en_relation=mise, besoin=mise.besoin, rang=rang, depuis=at)
    else:  # they did not answer in time, or gave up: they come back at the end
        attente.rang, attente.depuis = rang, at
        attente.etat, attente.tenue_jusqua = "attend", None
        attente.save(update_fields=["rang", "depuis", "etat", "tenue_jusqua"])
    return Issue(rang=rang, nouvelle=True)


def _passer(attente: "Attente", etat: str, jusqua: dt.datetime | None = None) -> None:
    attente.etat, attente.tenue_jusqua = etat, jusqua
    attente.save(update_fields=["etat", "tenue_jusqua"])


def _poser(
    mise: "MiseEnRelation", creneaux: "list[Creneau]", grille: Grille, etat: str, at: dt.datetime
) -> str:
    """Write its half-days, in the order of time so that nobody waits in a ring; what refuses, in words."""
    from engagement.models import DemiJournee

    _rendre_les_gardes_echues(mise, at)
    connues = {d.creneau_id: d for d in mise.demi_journees.all()}
    nouvelles = []
    try:
        with transaction.atomic():
            for creneau in creneaux:
                demi = connues.get(creneau.pk) or DemiJournee(
                    mise_en_relation=mise, creneau=creneau, personne=mise.personne,
                    cle=mise.personne.cle, jour=creneau.jour, moment=creneau.moment,
                )  # fmt: skip
                demi.numero, demi.etat = grille.servir(creneau), etat
                if demi.pk:
                    demi.save(update_fields=["numero", "etat"])
                else:
                    nouvelles.append(demi)
            DemiJournee.objects.bulk_create(nouvelles)
    except IntegrityError as erreur:
        return en_mots(erreur, DemiJournee)
    return ""


def _rendre_les_gardes_echues(mise: "MiseEnRelation", at: dt.datetime) -> None:
    """A place held for them elsewhere and run out no longer stands in their way."""
    from engagement.models import DemiJournee

    echues = DemiJournee.objects.filter(cle=mise.personne.cle, etat="tenue")
    echues.filter(mise_en_relation__attente__tenue_jusqua__lte=at).update(etat="annulee")


def _ranger(besoin: "Besoin", at: dt.datetime) -> Grille:
    """Record the holds that ran out, then hold each free place for the first it suits. Two queries when full."""
    from engagement.models import Attente

    for echue in Attente.objects.filter(besoin=besoin.pk, etat="tenue", tenue_jusqua__lte=at):
        _rendre(echue)
        _passer(echue, "passee")
        annonces.place_passee(echue, at)
    grille = Grille(besoin, at)
    if grille.pleine:
        return grille
    en_file = Attente.objects.filter(besoin=besoin.pk, etat="attend").order_by("rang")
    for attente in en_file.select_related(
        "mise_en_relation__personne", "mise_en_relation__offre", "mise_en_relation__besoin"
    ):
        if grille.pleine:
            break
        _garder(attente, grille, at)
    return grille


def _garder(attente: "Attente", grille: Grille, at: dt.datetime) -> None:
    """Hold a place in each half-day of this one, when there is, and when nothing prevents."""
    from engagement.accords import tous_donnes

    mise = attente.mise_en_relation
    creneaux = list(mise.creneaux.order_by("jour", "moment"))
    if mise.etat != "rencontree" or not grille.convient(creneaux) or not tous_donnes(mise):
        return
    if obstacle := _poser(mise, creneaux, grille, "tenue", at):
        for creneau in creneaux:  # the numbers it could not use serve the next
            grille.libres[creneau.pk] = Grille(attente.besoin, at).libres[creneau.pk]
        mise._noter("empecher", f"Place non gardée : {obstacle}", at=at)
        return
    _passer(attente, "tenue", at + DUREE_DE_LA_GARDE)
    mise._noter("garder_place", "Une place s'est libérée : gardée 48 heures", at=at)
    annonces.place_gardee(attente, at)


def _rendre(attente: "Attente") -> None:
    attente.mise_en_relation.demi_journees.filter(etat="tenue").update(etat="annulee")


def _besoin_verrouille(pk: int) -> "Besoin":
    from engagement.models import Besoin

    besoin: Besoin = Besoin.objects.select_for_update(of=("self",)).get(pk=pk)
    return besoin


@transaction.atomic
def garder_pour_le_premier(besoin: "Besoin", at: dt.datetime) -> None:
    """Each free place of the need is held 48 hours for the first it suits in the waiting list, who is told."""
    frais = _besoin_verrouille(besoin.pk)
    if frais.etat == "ouvert":
        _ranger(frais, at)


@transaction.atomic
def liberer(mise: "MiseEnRelation", at: dt.datetime) -> None:
    """Its half-days to come are free, it leaves the waiting list; the first who waits is told."""
    besoin = _besoin_verrouille(mise.besoin_id)
    a_venir = mise.demi_journees.filter(etat__in=["prevue", "tenue"], jour__gte=jour_de(at))
    rendues = a_venir.update(etat="annulee")
    attente = _attente(mise)
    if attente is not None and attente.etat in ("attend", "tenue"):
        _passer(attente, "retiree")
    if rendues and besoin.etat == "ouvert":
        _ranger(besoin, at)


def obstacle_a_la_confirmation(mise: "MiseEnRelation", at: dt.datetime) -> str:
    """Why a held place can no longer be confirmed, in words; "" when it can.

    Late, but with a place left that nobody before them waits for, they still have it.
    """
    from engagement.accords import manques_pour_commencer

    attente = _attente(mise)
    if attente is None or attente.etat == "retiree":
        return "Vous n'êtes plus dans la liste d'attente de ce besoin."
    if attente.etat == "attend":
        return "Aucune place ne s'est encore libérée : nous vous écrirons dès qu'il y en aura une."
    if manques := manques_pour_commencer(mise, at):
        return " ".join(manques)
    if attente.etat == "tenue" and attente.tenue_jusqua is not None and attente.tenue_jusqua > at:
        return ""
    grille = _ranger(mise.besoin, at)
    if grille.convient(list(mise.creneaux.all())):
        return ""
    return "Cette place était gardée pour vous pendant 48 heures : elle a été proposée à la personne suivante."
