"""The reminders of a loan: two days before it comes back, the day, three days after, then the cellule."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import jour_de
from engagement.destinataires import de_l_accueil, de_la_cellule, de_la_personne
from rappels import boite
from rappels.calendrier import apres_jours_ouvres, instant_d_envoi
from rappels.en_masse import Prevision

if TYPE_CHECKING:
    from engagement.models import Pret

GENRES = ("pret_2", "pret_0", "pret_3", "pret_cellule")
# Working days after the day it was due back: whoever has it, then the whole cellule.
APRES, CELLULE = 3, 5


def replanifier(pret: "Pret") -> None:
    """Make its reminders follow its state and its dates. Inside the transaction of the cause."""
    previsions = list(_previsions(pret))
    sujet = f"mise_en_relation:{pret.mise_en_relation_id}"
    boite.annuler(sujet=sujet, genres=GENRES, sauf=[p.cle for p in previsions])
    maintenant = timezone.now()
    boite.planifier_en_masse(p for p in previsions if p.prevu_le and p.prevu_le >= maintenant)


def _previsions(pret: "Pret") -> Iterator[Prevision]:
    if pret.etat not in (pret.Etat.PREVU, pret.Etat.SORTI):
        return
    mise, jour = pret.mise_en_relation, jour_de(pret.fin)
    lieu = mise.dispositif.organisation.lieu
    hote, cellule = de_l_accueil(mise), de_la_cellule(mise.dispositif)
    veille = jour - dt.timedelta(days=1)
    for genre, adresses, quand in (
        (
            "pret_2",
            hote,
            instant_d_envoi(jour - dt.timedelta(days=2), au_plus_tard=veille, lieu=lieu),
        ),
        ("pret_0", hote, instant_d_envoi(jour, au_plus_tard=jour, lieu=lieu)),
        ("pret_3", hote, instant_d_envoi(apres_jours_ouvres(jour, APRES, lieu=lieu), lieu=lieu)),
        (
            "pret_cellule",
            cellule,
            instant_d_envoi(apres_jours_ouvres(jour, CELLULE, lieu=lieu), lieu=lieu),
        ),
    ):
        for adresse in adresses:
            yield Prevision(
                genre=genre,
                sujet=f"mise_en_relation:{mise.pk}",
                destinataire=adresse,
                cle=f"{genre}:pret:{pret.pk}:{adresse}:{jour:%Y-%m-%d}",
                prevu_le=quand,
                donnees={"annonce": jour.isoformat(), "lieu": lieu},
            )


def dire_l_etat(pret: "Pret", genre: str) -> None:
    """Both sides know in which state it left, or came back."""
    mise = pret.mise_en_relation
    for cote, adresses in (
        ("personne", de_la_personne(mise.personne)),
        ("accueil", de_l_accueil(mise)),
    ):
        for adresse in adresses:
            boite.planifier(
                genre=genre,
                sujet=f"mise_en_relation:{mise.pk}",
                destinataire=adresse,
                cle=f"{genre}:pret:{pret.pk}:{adresse}",
                donnees={"cote": cote},
            )
