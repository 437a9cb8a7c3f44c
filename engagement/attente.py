"""The waiting list of a need: in the order they came, a freed place held 48 hours for the first it suits.

Always under the lock of the need: nobody has the same rank, no place is held twice.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from engagement import annonces
from engagement.grille import Grille, poser
from engagement.lettre import creneaux_de

if TYPE_CHECKING:
    from engagement.models import Attente, Besoin, MiseEnRelation

DUREE_DE_LA_GARDE = dt.timedelta(hours=48)
# What the letter of each reads.
LUS = (
    "dispositif__organisation", "besoin__demandeur", "besoin__territoire", "offre__territoire", "personne",
)  # fmt: skip


def attente_de(mise: "MiseEnRelation") -> "Attente | None":
    from engagement.models import Attente

    attente: Attente | None = Attente.objects.filter(mise_en_relation=mise).first()
    return attente


def prendre_rang(
    mise: "MiseEnRelation", attente: "Attente | None", at: dt.datetime
) -> tuple[int, bool]:
    """Their rank in the list, and whether it is new. Who already waits keeps theirs."""
    from engagement.models import Attente

    if attente is not None and attente.etat == "attend":
        return attente.rang, False
    rang = (Attente.objects.filter(besoin=mise.besoin_id).aggregate(m=Max("rang"))["m"] or 0) + 1
    if attente is None:
        Attente.objects.create(mise_en_relation=mise, besoin=mise.besoin, rang=rang, depuis=at)
    else:  # they did not answer in time, or gave up: they come back at the end
        attente.rang, attente.depuis = rang, at
        attente.etat, attente.tenue_jusqua = "attend", None
        attente.save(update_fields=["rang", "depuis", "etat", "tenue_jusqua"])
    return rang, True


def passer(attente: "Attente", etat: str, jusqua: dt.datetime | None = None) -> None:
    """Its state; ``jusqua``: until when a place is held."""
    attente.etat, attente.tenue_jusqua = etat, jusqua
    attente.save(update_fields=["etat", "tenue_jusqua"])


def ranger(besoin: "Besoin", at: dt.datetime) -> Grille:
    """Record the holds that ran out, then hold each free place for the first it suits. Two queries when full."""
    from engagement.models import Attente

    for echue in Attente.objects.filter(besoin=besoin.pk, etat="tenue", tenue_jusqua__lte=at):
        _rendre(echue)
        passer(echue, "passee")
        annonces.place_passee(echue, at)
    grille = Grille(besoin, at)
    if grille.est_pleine():
        return grille
    en_file = Attente.objects.filter(besoin=besoin.pk, etat="attend").order_by("rang")
    en_file = en_file.select_related(*(f"mise_en_relation__{nom}" for nom in LUS))
    for attente in en_file.iterator(chunk_size=20):
        if grille.est_pleine():
            break
        _garder(attente, grille, at)
    return grille


def _garder(attente: "Attente", grille: Grille, at: dt.datetime) -> None:
    """Hold a place in each half-day of this one, when there is, and when nothing prevents."""
    from engagement.accords import tous_donnes

    mise = attente.mise_en_relation
    creneaux = creneaux_de(mise)
    if mise.etat != "rencontree" or not grille.convient(creneaux) or not tous_donnes(mise):
        return
    if obstacle := poser(mise, creneaux, grille, "tenue", at):
        for creneau in creneaux:  # the numbers it could not use serve the next
            grille.libres[creneau.pk] = Grille(attente.besoin, at).libres[creneau.pk]
        mise._noter("empecher", f"Place non gardée : {obstacle}", at=at)
        return
    passer(attente, "tenue", at + DUREE_DE_LA_GARDE)
    mise._noter("garder_place", "Une place s'est libérée : gardée 48 heures", at=at)
    annonces.place_gardee(attente, at)


def _rendre(attente: "Attente") -> None:
    attente.mise_en_relation.demi_journees.filter(etat="tenue").update(etat="annulee")


def suspendre(mise: "MiseEnRelation") -> None:
    """Their letter has changed: a place held goes back, their rank stays until they agree again."""
    attente = attente_de(mise)
    if attente is not None and attente.etat == "tenue":
        _rendre(attente)
        passer(attente, "attend")


def besoins_a_ranger(at: dt.datetime) -> "list[Besoin]":
    """The needs where a hold has run out. One query."""
    from engagement.models import Besoin

    echues = Q(attentes__etat="tenue", attentes__tenue_jusqua__lte=at)
    return list(Besoin.objects.filter(echues, etat="ouvert").order_by("pk").distinct())
