"""The last day of a dispositif is past: its cellule is reminded that an end is owed to people."""

import datetime as dt
from typing import TYPE_CHECKING

from config.jours import instant_de
from engagement.destinataires import de_la_cellule
from rappels import boite

if TYPE_CHECKING:
    from engagement.models import Dispositif

A_CLORE = "dispositif_a_clore"
# Days after the last one.
ECHEANCES = (1, 7, 21)


def replanifier(dispositif: "Dispositif") -> None:
    """Make the reminders follow its last day, its state and its cellule. Inside the transaction of the cause."""
    sujet = f"dispositif:{dispositif.pk}"
    gardees = []
    if dispositif.etat == dispositif.Etat.OUVERT and dispositif.fin is not None:
        adresses = de_la_cellule(dispositif)
        for jours in ECHEANCES:
            jour = dispositif.fin + dt.timedelta(days=jours)
            for adresse in adresses:
                cle = f"{A_CLORE}:{dispositif.pk}:{jour}:{adresse}"
                gardees.append(cle)
                boite.planifier(
                    genre=A_CLORE,
                    sujet=sujet,
                    destinataire=adresse,
                    cle=cle,
                    prevu_le=instant_de(jour, 8),
                    donnees={
                        "fin": dispositif.fin.isoformat(),
                        "lieu": dispositif.organisation.lieu,
                    },
                )
    boite.annuler(sujet=sujet, genres=[A_CLORE], sauf=gardees)
