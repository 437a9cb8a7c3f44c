"""Points of follow-up: a call once the first half-day has been lived, then a rhythm, until the last one.

DOMAIN, « What the documents say about matching people »: a relation is followed, not only made.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.destinataires import du_mediateur
from engagement.historique import noter
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee
from rappels import boite
from rappels.calendrier import apres_jours_ouvres, instant_d_envoi, jour_ouvre
from rappels.en_masse import Prevision
from rappels.redaction import jour_en_mots

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation, PointSuivi

RYTHME = dt.timedelta(days=14)
# Messages kept ahead in the outbox; the nightly planning adds the next ones.
FENETRE = 2


def jours_de_suivi(mise: "MiseEnRelation") -> list[dt.date]:
    """The working day after the first half-day, then every two weeks until the last one. One query."""
    vivantes = mise.demi_journees.exclude(etat__in=["annulee", "tenue"])
    jours = sorted(set(vivantes.values_list("jour", flat=True)))
    if not jours:
        return []
    lieu = mise.dispositif.organisation.lieu
    jour = apres_jours_ouvres(jours[0], 1, lieu=lieu)
    suivis = [jour]
    while (jour := jour + RYTHME) <= jours[-1]:
        suivis.append(jour_ouvre(jour, lieu=lieu))
    return list(dict.fromkeys(suivis))


def replanifier(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> None:
    """Make the points to come follow the half-days. Those somebody set (``par``) stay. Harmless twice."""
    aujourd_hui = jour_de(at)
    voulus = {j for j in jours_de_suivi(mise) if j >= aujourd_hui} if _se_suit(mise) else set()
    automatiques = mise.points.filter(fait_le=None, par=None, prevu_le__gte=aujourd_hui)
    automatiques.exclude(prevu_le__in=voulus).delete()
    deja = set(mise.points.values_list("prevu_le", flat=True))
    mise.points.bulk_create(
        [mise.points.model(mise_en_relation=mise, prevu_le=j) for j in sorted(voulus - deja)]
    )
    _replanifier_messages(mise, aujourd_hui)


def _se_suit(mise: "MiseEnRelation") -> bool:
    return mise.etat == mise.Etat.EN_MISSION


def _replanifier_messages(mise: "MiseEnRelation", aujourd_hui: dt.date) -> None:
    lieu, sujet = mise.dispositif.organisation.lieu, f"mise_en_relation:{mise.pk}"
    attendus = mise.points.filter(fait_le=None, prevu_le__gte=aujourd_hui)
    points = list(attendus[:FENETRE]) if _se_suit(mise) else []
    adresses = du_mediateur(mise) if points else []
    previsions = [
        Prevision(
            genre="suivi_prevu",
            sujet=sujet,
            destinataire=adresse,
            cle=f"suivi_prevu:{sujet}:{adresse}:{point.prevu_le:%Y-%m-%d}",
            prevu_le=instant_d_envoi(point.prevu_le, lieu=lieu),
            donnees={"annonce": point.prevu_le.isoformat(), "lieu": lieu},
        )
        for point in points
        for adresse in adresses
    ]
    boite.annuler(sujet=sujet, genres=["suivi_prevu"], sauf=[p.cle for p in previsions])
    maintenant = timezone.now()
    boite.planifier_en_masse(p for p in previsions if p.prevu_le and p.prevu_le >= maintenant)


@transaction.atomic
def noter_point(
    mise: "MiseEnRelation",
    *,
    texte: str,
    par: "Utilisateur",
    point: "PointSuivi | None" = None,
    fait_le: dt.date | None = None,
    at: dt.datetime | None = None,
) -> "PointSuivi":
    """Tell a point, planned or not. Raises PermissionDenied, ActionRefusee."""
    from engagement.models import PointSuivi

    mise._verrouiller()
    if not tient_le_guichet(par, mise.dispositif):
        raise PermissionDenied
    if mise.etat not in ("en_mission", "retour"):
        raise ActionRefusee("Cette mission est finie : on n'y ajoute plus de point.")
    jour = fait_le or jour_de(at)
    if jour > jour_de(at):
        raise ActionRefusee("Ce jour n'est pas encore passé : un point raconte ce qui s'est dit.")
    point = point or PointSuivi(mise_en_relation=mise, prevu_le=jour)
    if point.pk and PointSuivi.objects.filter(pk=point.pk).exclude(fait_le=None).exists():
        raise ActionRefusee("Ce point vient d'être noté par quelqu'un d'autre.")
    point.fait_le, point.texte, point.par = jour, texte, par
    point.save()
    _noter(mise, "noter_point", f"Point de suivi du {jour_en_mots(jour)} noté", par, at)
    _replanifier_messages(mise, jour_de(at))
    return point


@transaction.atomic
def prevoir_point(
    mise: "MiseEnRelation", *, jour: dt.date, par: "Utilisateur", at: dt.datetime | None = None
) -> None:
    """Plan one more point. Raises PermissionDenied, ActionRefusee."""
    mise._verrouiller()
    if not tient_le_guichet(par, mise.dispositif):
        raise PermissionDenied
    if not _se_suit(mise):
        raise ActionRefusee("Cette mission est finie : on n'y ajoute plus de point.")
    if jour < jour_de(at):
        raise ActionRefusee("Ce jour est passé : notez plutôt le point.")
    if mise.points.filter(prevu_le=jour).exists():
        raise ActionRefusee("Un point est déjà prévu ce jour-là.")
    mise.points.create(prevu_le=jour, par=par)
    _noter(mise, "prevoir_point", f"Point de suivi prévu {jour_en_mots(jour)}", par, at)
    _replanifier_messages(mise, jour_de(at))


def _noter(
    mise: "MiseEnRelation", action: str, libelle: str, par: "Utilisateur", at: dt.datetime | None
) -> None:
    sujet = f"mise_en_relation:{mise.pk}"
    noter(mise.dispositif_id, sujet, action, libelle, par=par, at=at)
