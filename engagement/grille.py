"""Which numbered places are free in the half-days of a need, and the half-days written there.

A hold whose hour is past is free for every reader at once: it is read from its date.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from config.jours import jour_de
from engagement.contraintes import en_mots

if TYPE_CHECKING:
    from engagement.models import Besoin, Creneau, MiseEnRelation


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

    def est_pleine(self) -> bool:
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


def poser(
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
