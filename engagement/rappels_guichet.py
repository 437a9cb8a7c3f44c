"""One mail a day to each médiateur·rice at most: what has just waited too long at a desk they keep.

A line is told when it reaches a step of engagement/vieillissement.py: to whoever follows it, to everybody when
nobody does or at its last step. The mail says which days it covers and is written when it leaves, from the lines
of that moment: what has moved meanwhile is not in it, and without a line it does not leave. An outage loses
nothing: the next mail covers the days since the last one.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from config.jours import jour_de
from engagement.bacs import BACS, Bac, Cellules
from engagement.guichet import cellules_de
from engagement.models import Dispositif, Offre
from engagement.vieillissement import Niveau, seuils
from rappels import boite
from rappels.calendrier import est_ouvre, instant_d_envoi
from rappels.models import Message

if TYPE_CHECKING:
    from comptes.models import Utilisateur

GENRE = "guichet_du_jour"
QUI_VIEILLISSENT = [
    bac for bac in BACS if any(s.dit for u in ("", "1", "2", "3") for s in seuils(bac.cle, u))
]


def a_dire(
    bac: Bac,
    user: "Utilisateur",
    cellules: Cellules,
    jours: tuple[dt.date | None, dt.date],
    at: dt.datetime | None = None,
) -> QuerySet[Any]:
    """The lines of a bac that reached a step after the first day and until the second, and concern this person."""
    apres, jusqua = jours
    franchis = Q(pk__in=[])
    for urgence in ("1", "2", "3") if bac.urgence else ("",):
        for seuil in seuils(bac.cle, urgence):
            if not seuil.dit:
                continue
            pas = Q(**{f"{bac.depuis}__lt": bac.comparable(seuil.borne(jusqua))})
            if apres is not None:
                pas &= Q(**{f"{bac.depuis}__gte": bac.comparable(seuil.borne(apres))})
            if urgence:
                pas &= Q(urgence=urgence)
            if seuil.niveau != Niveau.CELLULE and bac.modele is not Offre:
                pas &= Q(mediateur=user.pk) | ~bac.suivies(cellules)
            franchis |= pas
    return bac.lignes(list(cellules), at).filter(franchis).order_by(*bac.ordre)


def planifier(dispositif: Dispositif, at: dt.datetime | None = None) -> int:
    """Today's mails of one desk; return how many are planned. None on a day off. Harmless when run twice."""
    at = at or timezone.now()
    jour, lieu = jour_de(at), dispositif.organisation.lieu
    if not est_ouvre(jour, lieu):
        return 0
    cellules, nombre = cellules_de([dispositif.pk]), 0
    derniers = _derniers(dispositif)
    for user in cellules[dispositif.pk].values():
        apres = derniers.get(user.email.lower())
        if not any(
            a_dire(bac, user, cellules, (apres, jour), at).exists() for bac in QUI_VIEILLISSENT
        ):
            continue
        boite.planifier(
            genre=GENRE,
            sujet=f"guichet:{dispositif.pk}",
            destinataire=user.email,
            cle=f"{GENRE}:{dispositif.pk}:{user.pk}:{jour:%Y-%m-%d}",
            prevu_le=max(instant_d_envoi(jour, lieu=lieu), at),
            donnees={
                "apres": apres.isoformat() if apres else "",
                "jour": jour.isoformat(),
                "lieu": lieu,
            },
        )
        nombre += 1
    return nombre


def _derniers(dispositif: Dispositif) -> dict[str, dt.date]:
    """The last day already told to each address. One query."""
    dits = Message.objects.filter(genre=GENRE, sujet=f"guichet:{dispositif.pk}")
    par_adresse = dits.order_by().values_list("destinataire").annotate(le=Max("prevu_le"))
    jours: dict[str, dt.date] = {}
    for adresse, le in par_adresse:
        jours[adresse.lower()] = max(jour_de(le), jours.get(adresse.lower(), dt.date.min))
    return jours
