"""Who is told of calls: planned here, written in courriels/appels.py when it leaves."""

import datetime as dt
from typing import TYPE_CHECKING

from engagement.destinataires import de_la_cellule, de_la_personne
from rappels import boite
from rappels.calendrier import instant_d_envoi

if TYPE_CHECKING:
    from engagement.models import ListeAppels, Personne

JOURS_AVANT = 3


def confies(liste: "ListeAppels", personne: "Personne", combien: int, at: dt.datetime) -> None:
    """Sheets are theirs to call, with their personal link."""
    for adresse in de_la_personne(personne):
        boite.planifier(
            genre="appels_confies",
            sujet=f"liste_appels:{liste.pk}",
            destinataire=adresse,
            cle=f"appels_confies:{liste.pk}:{adresse}:{at:%Y%m%d%H%M%S%f}",
            donnees={"personne": personne.pk, "combien": combien},
        )


def effacement_proche(liste: "ListeAppels") -> int:
    """Three days before the list goes: to the whole cellule of that moment. Planned again, it is once."""
    jour = liste.effacer_le - dt.timedelta(days=JOURS_AVANT)
    adresses = de_la_cellule(liste.dispositif)
    for adresse in adresses:
        boite.planifier(
            genre="liste_a_effacer",
            sujet=f"liste_appels:{liste.pk}",
            destinataire=adresse,
            cle=f"liste_a_effacer:{liste.pk}:{adresse}:{liste.effacer_le:%Y%m%d}",
            prevu_le=instant_d_envoi(jour, au_plus_tard=liste.effacer_le),
        )
    return len(adresses)
