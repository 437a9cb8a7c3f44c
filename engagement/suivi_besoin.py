"""What the page of a need shows: to who asked in plain words, to the cellule with all it works on."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone

from comptes.lieux import lieu_du_territoire
from engagement.creneaux import est_passe
from engagement.grille import occupees
from engagement.limites import DEMANDE, Limite
from engagement.semaine import en_mots
from rappels.calendrier import ferie

if TYPE_CHECKING:
    from engagement.models import Besoin, Creneau, Ligne

# Slots shown before « et n autres »: two weeks of whole days.
CRENEAUX_MONTRES = 20
CANDIDATS, LIGNES = 50, 100
TROUVEES = ("en_mission", "retour", "close")


@dataclasses.dataclass(frozen=True)
class Demi:
    """One slot as it is shown."""

    creneau: "Creneau"
    prises: int
    places: int
    passe: bool
    ferie: str

    @property
    def pleine(self) -> bool:
        """No place is left."""
        return self.prises >= self.places


def demi_journees(besoin: "Besoin", at: dt.datetime | None = None) -> list[Demi]:
    """Each slot in order, how many places are taken, whether it is past. One query."""
    at = at or timezone.now()
    lieu = lieu_du_territoire(besoin.territoire)
    prises = Count("demi_journees", filter=Q(demi_journees__in=_occupees(besoin, at)))
    return [
        Demi(c, c.prises, besoin.places, est_passe(c.jour, c.moment, at), ferie(c.jour, lieu))
        for c in besoin.creneaux.annotate(prises=prises).order_by("jour", "moment")
    ]


def _occupees(besoin: "Besoin", at: dt.datetime) -> Any:
    from engagement.models import DemiJournee

    siennes = DemiJournee.objects.filter(creneau__besoin=besoin.pk)
    return siennes.filter(occupees(at)).values("pk")


def suivi_de(besoin: "Besoin", at: dt.datetime | None = None) -> dict[str, Any]:
    """For who asked: where it stands, how many are found, when. Two queries."""
    demis = demi_journees(besoin, at)
    a_venir = [demi for demi in demis if not demi.passe]
    etats = besoin.mises_en_relation.aggregate(
        trouvees=Count("pk", filter=Q(etat__in=TROUVEES)),
        en_vue=Count("pk", filter=Q(etat__in=["en_discussion", "rencontree"])),
    )
    return {
        **etats,
        "a_venir": a_venir[:CRENEAUX_MONTRES],
        "autres": max(len(a_venir) - CRENEAUX_MONTRES, 0),
        "passees": len(demis) - len(a_venir),
        "en_semaine": en_mots(besoin.semaine),
        "demande": en_clair(besoin),
    }


def pour_la_cellule(besoin: "Besoin", at: dt.datetime | None = None) -> dict[str, Any]:
    """Candidates, waiting list in its order, history, slots. Four queries more."""
    mises = besoin.mises_en_relation.select_related("offre", "personne", "mediateur")
    attentes = besoin.attentes.filter(etat__in=["attend", "tenue"])
    return {
        **suivi_de(besoin, at),
        "mises": list(mises.order_by("-proposee_le", "-pk")[:CANDIDATS]),
        "attentes": list(attentes.select_related("mise_en_relation__personne").order_by("rang")),
        "historique": _historique(besoin),
    }


def _historique(besoin: "Besoin") -> "list[Ligne]":
    from engagement.models import Ligne

    lignes = Ligne.objects.filter(sujet=f"besoin:{besoin.pk}").select_related("par")
    return list(lignes.order_by("-le", "-pk")[:LIGNES])


def en_clair(besoin: "Besoin") -> list[str]:
    """What it asks of people, in words."""
    return [str(DEMANDE[Limite(code)]) for code in besoin.demande if code in DEMANDE]
