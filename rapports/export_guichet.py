"""A bac of the desk as an export: the same lines as its badge and its list, in the same order.

Neither names nor coordinates nor reasons: a file outlives the erasure of a person. Its address opens the line.
"""

from typing import Any

from django.conf import settings
from django.db.models import CharField, F, Model, TextField, Value
from django.db.models.functions import Cast, Concat

from config.filtres import Filtre
from config.jours import jour_de
from engagement.bacs import Bac, Panier
from engagement.guichet import cellules_de, dans_l_ordre
from engagement.models import Besoin, Cote, Dispositif, MiseEnRelation, Nature, Offre
from rapports.colonnes import Colonne, Lecture, jour
from rapports.exports import Export

PAGES: dict[type[Model], str] = {
    Besoin: "besoins",
    MiseEnRelation: "mises-en-relation",
    Offre: "offres",
}
OFFRES = (
    Colonne("Offre", "titre", largeur=40),
    Colonne("Nature", "nature", "choix", dict(Nature.choices)),
    Colonne("Commune", "territoire__nom", largeur=30),
    Colonne("Reçue le", jour("cree_le"), "date", largeur=12),
)
BESOINS = (
    Colonne("Besoin", "titre", largeur=40),
    Colonne("État", "etat", "choix", dict(Besoin.Etat.choices)),
    Colonne("Urgence", "urgence", "choix", dict(Besoin.Urgence.choices)),
    Colonne("Nature", "nature", "choix", dict(Nature.choices)),
    Colonne("Commune", "territoire__nom", largeur=30),
    Colonne("Personnes à la fois", "places", "nombre", largeur=10),
    Colonne("Premier jour", "debut", "date", largeur=12),
    Colonne("Dernier jour", "fin", "date", largeur=12),
    Colonne("Reçu le", jour("cree_le"), "date", largeur=12),
    Colonne("Ouvert le", jour("ouvert_le"), "date", largeur=12),
    Colonne("Suivi par", "mediateur__nom", largeur=24),
    Colonne("Aide demandée le", jour("aide_demandee_le"), "date", largeur=12),
)
MISES = (
    Colonne("Besoin", "besoin__titre", largeur=40),
    Colonne("Offre", "offre__titre", largeur=40),
    Colonne("État", "etat", "choix", dict(MiseEnRelation.Etat.choices)),
    Colonne("Commune", "besoin__territoire__nom", largeur=30),
    Colonne("Attend", "attend", "choix", dict(Cote.choices)),
    Colonne("Attend depuis le", jour("attend_depuis"), "date", largeur=12),
    Colonne("Proposée le", jour("proposee_le"), "date", largeur=12),
    Colonne("Rencontre le", jour("rencontre_le"), "date", largeur=12),
    Colonne("Retour prévu le", "retour_prevu_le", "date", largeur=12),
    Colonne("Suivie par", "mediateur__nom", largeur=24),
    Colonne("Aide demandée le", jour("aide_demandee_le"), "date", largeur=12),
)
COLONNES: dict[type[Model], tuple[Colonne, ...]] = {
    Offre: OFFRES,
    Besoin: BESOINS,
    MiseEnRelation: MISES,
}


def export_du_bac(bac: Bac, dispositif: Dispositif, panier: Panier) -> Export:
    """The lines of a bac of one desk, in one basket."""

    def adresse(lecture: Lecture) -> Concat:
        debut = Value(f"{settings.ADRESSE_PUBLIQUE}/engagement/{PAGES[bac.modele]}/")
        return Concat(debut, Cast("pk", CharField()), Value("/"), output_field=TextField())

    def depuis(lecture: Lecture) -> Any:
        return F(bac.depuis) if bac.par_jour else jour(bac.depuis)(lecture)

    def selection(filtre: Filtre, lecture: Lecture) -> Any:
        user: Any = lecture.user
        return dans_l_ordre(bac, user, cellules_de([dispositif.pk]), panier, lecture.at)

    return Export(
        cle=f"guichet-{bac.cle}"[:20],
        titre=bac.titre,
        presentation="",
        colonnes=(
            *COLONNES[bac.modele],
            Colonne("Date qui compte", depuis, "date", largeur=12),
            Colonne("Adresse", adresse, largeur=40),
        ),
        filtre=lambda data, user: Filtre(data),
        selection=selection,
        joindre=lambda lignes: lignes,
    )


def nom_du_fichier(bac: Bac, lecture: Lecture) -> str:
    """« guichet-relancer-2027-03-01.csv »."""
    return f"guichet-{bac.cle}-{jour_de(lecture.at):%Y-%m-%d}.csv"
