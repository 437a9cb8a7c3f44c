"""The bacs of the desk: what each lists, since when, in which order, what one does with a line.

The badge, the page, the list, the export and the reminders all go through ``Bac.lignes``: they cannot disagree.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Model, Q, QuerySet

from engagement.models import Besoin, MiseEnRelation, Offre
from engagement.querysets_guichet import jusqu_a
from engagement.vieillissement import Niveau, seuils

if TYPE_CHECKING:
    from comptes.models import Utilisateur

Panier = Literal["moi", "personne", "cellule"]
PANIERS: dict[Panier, str] = {
    "cellule": "Toute la cellule",
    "moi": "Mon panier",
    "personne": "À personne",
}
GROUPES = {
    "aide": "Coups de main",
    "rencontres": "Rencontres",
    "reponses": "Réponses",
    "arrivees": "Ce qui arrive",
    "missions": "Missions et retours",
    "prets": "Prêts",
}
# Who keeps each desk today: dispositif → keys of its médiateur·rices.
Cellules = Mapping[int, Collection[int]]


@dataclasses.dataclass(frozen=True)
class Bac:
    """One kind of line. ``depuis``: the field it is sorted by, oldest first, after its urgency if it has one.

    ``agit``: whether it counts in the badge, or only says how things stand.
    """

    cle: str
    titre: str
    groupe: str
    modele: type[Model]
    methode: str
    depuis: str
    vide: str
    pas: str
    par_jour: bool = False
    urgence: bool = False
    agit: bool = True
    partage: bool = False  # asked of everybody: in every basket

    @property
    def ordre(self) -> tuple[str, ...]:
        """By urgency, then by age."""
        return ("urgence", self.depuis, "pk") if self.urgence else (self.depuis, "pk")

    def lignes(self, dispositifs: Collection[int], at: dt.datetime | None = None) -> QuerySet[Any]:
        """Its lines, in no order, in the baskets of everybody."""
        toutes = self.modele._default_manager.filter(dispositif__in=dispositifs)
        lignes: QuerySet[Any] = getattr(toutes, self.methode)(at)
        return lignes

    def du_panier(
        self, panier: Panier, user: "Utilisateur", cellules: Cellules, jour: dt.date
    ) -> Q:
        """What a basket keeps, for somebody of these cellules. What waited too long is in everybody's;
        who left keeps nothing.
        """
        if panier == "cellule" or self.partage:
            return Q()
        if self.modele is Offre:
            return Q() if panier == "personne" else Q(pk__in=[])
        if panier == "personne":
            return ~self.suivies(cellules)
        sienne = Q(mediateur=user.pk)
        for urgence in ("1", "2", "3") if self.urgence else ("",):
            for seuil in seuils(self.cle, urgence):
                if seuil.niveau == Niveau.CELLULE:
                    trop = Q(**{f"{self.depuis}__lt": self.comparable(seuil.borne(jour))})
                    sienne |= trop & Q(urgence=urgence) if urgence else trop
        return sienne

    def suivies(self, cellules: Cellules) -> Q:
        """Those that somebody of the cellule follows today; its negation takes in those of nobody."""
        if len(cellules) == 1:
            (membres,) = cellules.values()
            return Q(mediateur__in=list(membres))
        suivies = Q(pk__in=[])
        for dispositif, membres in cellules.items():
            suivies |= Q(dispositif=dispositif, mediateur__in=list(membres))
        return suivies

    def comparable(self, jour: dt.date) -> dt.date | dt.datetime:
        """« Before this » for what began that day or earlier: the next day, or its first instant."""
        return jour + dt.timedelta(days=1) if self.par_jour else jusqu_a(jour)


BACS = (
    Bac(
        "aides-besoins", "Coups de main demandés, besoins", "aide", Besoin, "aide_demandee",
        "aide_demandee_le", "Personne ne demande d'aide pour un besoin.", "Voir", partage=True,
    ),
    Bac(
        "aides", "Coups de main demandés, mises en relation", "aide", MiseEnRelation,
        "aide_demandee", "aide_demandee_le", "Personne ne demande d'aide pour une mise en relation.",
        "Voir", partage=True,
    ),
    Bac(
        "rencontres", "Rencontres d'aujourd'hui", "rencontres", MiseEnRelation, "rencontres_du_jour",
        "rencontre_le", "Pas de rencontre aujourd'hui.", "Ouvrir",
    ),
    Bac(
        "a_noter", "Rencontres passées, à noter", "rencontres", MiseEnRelation, "rencontres_a_noter",
        "rencontre_le", "Toutes les rencontres passées sont notées.", "Noter la rencontre",
    ),
    Bac(
        "prets", "Prêts pas encore revenus", "prets", MiseEnRelation, "prets_en_retard",
        "a_rendre_le", "Tout ce qui devait revenir est revenu.", "Demander le retour",
    ),
    Bac(
        "retours", "Retours à faire", "missions", MiseEnRelation, "retours_a_faire", "retour_du",
        "Aucun retour n'attend.", "Faire le retour", par_jour=True,
    ),
    Bac(
        "qualifier", "Besoins à qualifier", "arrivees", Besoin, "a_qualifier", "cree_le",
        "Tous les besoins reçus sont qualifiés.", "Qualifier", urgence=True,
    ),
    Bac(
        "sans_candidat", "Besoins sans personne en vue", "arrivees", Besoin, "sans_candidat",
        "ouvert_le", "Chaque besoin ouvert a quelqu'un en vue, ou vient d'ouvrir.",
        "Chercher quelqu'un", urgence=True,
    ),
    Bac(
        "cellule", "La cellule est attendue", "reponses", MiseEnRelation, "attendent_la_cellule",
        "attend_depuis", "Personne n'attend la cellule.", "Continuer",
    ),
    Bac(
        "relancer", "Sans réponse, à relancer", "reponses", MiseEnRelation, "a_relancer",
        "attend_depuis", "Aucune proposition n'attend depuis neuf jours.", "Relancer",
    ),
    Bac(
        "accords", "Accords qui manquent", "reponses", MiseEnRelation, "accords_en_retard",
        "attend_depuis", "Aucun accord n'attend depuis neuf jours.", "Relancer",
    ),
    Bac(
        "places", "Places gardées", "reponses", MiseEnRelation, "places_gardees",
        "attente__tenue_jusqua", "Aucune place n'est gardée.", "Prévenir la personne",
    ),
    Bac(
        "offres", "Offres à regarder", "arrivees", Offre, "a_regarder", "cree_le",
        "Toutes les offres arrivées ont été regardées.", "Regarder",
    ),
    Bac(
        "passes", "Besoins dont les jours sont passés", "arrivees", Besoin, "passes", "fin",
        "Aucun besoin passé ne reste ouvert.", "Clore", par_jour=True,
    ),
    Bac(
        "fins", "Missions et prêts bientôt finis", "missions", MiseEnRelation, "bientot_finies",
        "fin_mission", "Rien ne finit dans les sept jours.", "Préparer le retour", par_jour=True,
        agit=False,
    ),
    Bac(
        "en_attente", "En attente, rien à faire pour l'instant", "reponses", MiseEnRelation,
        "en_attente", "attend_depuis", "Rien n'est en attente.", "Ouvrir", agit=False,
    ),
)  # fmt: skip
PAR_CLE = {bac.cle: bac for bac in BACS}
