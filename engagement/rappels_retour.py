"""The reminders of a return: two days before its talk, the day, after, then the cellule; and of the bilans."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import jour_de
from engagement.destinataires import (
    de_l_accueil,
    de_la_cellule,
    de_la_personne,
    du_manager,
    du_mediateur,
)
from rappels import boite
from rappels.calendrier import apres_jours_ouvres, instant_d_envoi
from rappels.en_masse import Prevision

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation

DEFAUT = 5  # working days after the last half-day, when nobody chose a day
GENRES = ("retour_2", "retour_0", "retour_3", "retour_cellule", "bilan_rappel")
# Working days after the day of the talk: whoever follows it, then the whole cellule.
APRES, CELLULE = 3, 10
RAPPEL_BILAN = 5  # working days after the bilan was asked


def jour_prevu(mise: "MiseEnRelation") -> dt.date | None:
    """The day of the talk: chosen from the start, else the fifth working day after the last half-day."""
    if mise.retour_prevu_le is not None:
        return mise.retour_prevu_le
    derniere = mise.demi_journees.exclude(etat="annulee").order_by("-jour").first()
    if derniere is None:
        return None
    return apres_jours_ouvres(derniere.jour, DEFAUT, lieu=mise.dispositif.organisation.lieu)


def avec_qui(mise: "MiseEnRelation", cote: str) -> str:
    """With whom the talk is, as one says it to this side: « son manager » is « votre manager » to the person."""
    if cote == "manager":
        return "vous"
    avec = mise.retour_avec or mise.personne.manager_nom
    return avec.replace("son manager", "votre manager") if cote == "personne" else avec


def replanifier(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> None:
    """Make the reminders of the return follow the mission. Inside the transaction of the cause."""
    previsions = list(_previsions(mise, at or timezone.now()))
    boite.annuler(
        sujet=f"mise_en_relation:{mise.pk}", genres=GENRES, sauf=[p.cle for p in previsions]
    )
    maintenant = timezone.now()
    boite.planifier_en_masse(p for p in previsions if p.prevu_le and p.prevu_le >= maintenant)


def _previsions(mise: "MiseEnRelation", at: dt.datetime) -> Iterator[Prevision]:
    if mise.etat not in ("en_mission", "retour") or mise.est_un_pret:
        return
    from engagement.models import Retour

    lieu = mise.dispositif.organisation.lieu
    if mise.etat == "retour":
        yield from _rappels_des_bilans(mise, lieu)
    jour = jour_prevu(mise)
    notes = Retour.objects.filter(mise_en_relation=mise)
    if jour is None or notes.exclude(entretien_le=None, sans_entretien="").exists():
        return
    veille = jour - dt.timedelta(days=1)
    avant = instant_d_envoi(jour - dt.timedelta(days=2), au_plus_tard=veille, lieu=lieu)
    concernes = [
        ("personne", de_la_personne(mise.personne)),
        ("manager", du_manager(mise)),
        ("cellule", du_mediateur(mise)),
    ]
    for cote, adresses in concernes:
        yield from _messages(mise, "retour_2", cote, adresses, avant, jour)
        yield from _messages(
            mise, "retour_0", cote, adresses, instant_d_envoi(jour, lieu=lieu), jour
        )
    for genre, combien, adresses in (
        ("retour_3", APRES, du_mediateur(mise)),
        ("retour_cellule", CELLULE, de_la_cellule(mise.dispositif)),
    ):
        quand = instant_d_envoi(apres_jours_ouvres(jour, combien, lieu=lieu), lieu=lieu)
        yield from _messages(mise, genre, "cellule", adresses, quand, jour)


def _rappels_des_bilans(mise: "MiseEnRelation", lieu: str) -> Iterator[Prevision]:
    """Once more for those who have not said how it went."""
    dits = set(mise.bilans.values_list("cote", flat=True))
    revenue_le = jour_de(mise.attend_depuis)
    quand = instant_d_envoi(apres_jours_ouvres(revenue_le, RAPPEL_BILAN, lieu=lieu), lieu=lieu)
    for cote, adresses in (
        ("personne", de_la_personne(mise.personne)),
        ("accueil", de_l_accueil(mise)),
    ):
        if cote not in dits:
            yield from _messages(mise, "bilan_rappel", cote, adresses, quand, revenue_le)


def _messages(
    mise: "MiseEnRelation",
    genre: str,
    cote: str,
    adresses: list[str],
    quand: dt.datetime,
    jour: dt.date,
) -> Iterator[Prevision]:
    sujet = f"mise_en_relation:{mise.pk}"
    for adresse in adresses:
        yield Prevision(
            genre=genre,
            sujet=sujet,
            destinataire=adresse,
            cle=f"{genre}:{sujet}:{cote}:{adresse}:{jour:%Y-%m-%d}",
            prevu_le=quand,
            donnees={
                "cote": cote,
                "annonce": jour.isoformat(),
                "lieu": mise.dispositif.organisation.lieu,
            },
        )
