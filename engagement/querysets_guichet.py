"""What the desk lists: one method a bac, used by the badge, the page, its list, the export and the reminders.

Each takes the instant it is asked for: nothing here waits for a worker.
"""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from config.jours import PARIS, instant_de, jour_de
from engagement.vieillissement import seuils

UN_JOUR = dt.timedelta(days=1)
AVANT_LA_MISSION = ("proposee", "en_discussion", "rencontree")
EN_COURS = (*AVANT_LA_MISSION, "en_mission", "retour")
SEMAINE = dt.timedelta(days=7)


def jusqu_a(jour: dt.date) -> dt.datetime:
    """The instant a day ends: what began that day began before."""
    return instant_de(jour + UN_JOUR)


class OffresAuGuichet(models.QuerySet):  # type: ignore[type-arg]
    """Offers, as the desk sorts them."""

    def a_regarder(self, at: dt.datetime | None = None) -> Self:
        """Arrived, read by nobody yet, and introduced to no need."""
        from engagement.models import MiseEnRelation

        introduites = MiseEnRelation.objects.filter(offre=OuterRef("pk"))
        return self.filter(~Exists(introduites), etat="active", regardee_le=None)


class BesoinsAuGuichet(models.QuerySet):  # type: ignore[type-arg]
    """Needs, as the desk sorts them."""

    def a_qualifier(self, at: dt.datetime | None = None) -> Self:
        """Asked, and not yet qualified."""
        return self.filter(etat="a_qualifier")

    def sans_candidat(self, at: dt.datetime | None = None) -> Self:
        """Open for three working days (sooner when urgent), still to come, and nobody in sight."""
        from engagement.models import MiseEnRelation

        jour = jour_de(at)
        surgissent = Q()
        for urgence in ("1", "2", "3"):
            borne = jusqu_a(seuils("sans_candidat", urgence)[0].borne(jour))
            surgissent |= Q(urgence=urgence, ouvert_le__lt=borne)
        en_vue = MiseEnRelation.objects.filter(besoin=OuterRef("pk"), etat__in=[*EN_COURS, "close"])
        return self.filter(
            Q(fin=None) | Q(fin__gte=jour), surgissent, ~Exists(en_vue), etat="ouvert"
        )

    def passes(self, at: dt.datetime | None = None) -> Self:
        """Open, their last day gone, and nothing running any more: to be closed, or given new days."""
        from engagement.models import MiseEnRelation

        en_cours = MiseEnRelation.objects.filter(besoin=OuterRef("pk"), etat__in=EN_COURS)
        return self.filter(~Exists(en_cours), etat="ouvert", fin__lt=jour_de(at))

    def aide_demandee(self, at: dt.datetime | None = None) -> Self:
        """Whoever follows it asked for help, and nobody has taken it since."""
        return self.filter(etat__in=["a_qualifier", "ouvert"], aide_demandee_le__isnull=False)


def _libre(at: dt.datetime) -> Q:
    """No place waited for, no meeting to come or to be noted: somebody has to answer."""
    faite = Q(etat="rencontree", rencontre_le__lte=at)
    return (Q(rencontre_le=None) | faite) & ~_sur_la_liste("attend", "tenue")


def _sur_la_liste(*etats: str) -> Q:
    from engagement.models import Attente

    return Q(Exists(Attente.objects.filter(mise_en_relation=OuterRef("pk"), etat__in=etats)))


def _accords_attendus() -> Q:
    from engagement.models import AccordMission

    attendus = AccordMission.objects.filter(mise_en_relation=OuterRef("pk"), etat="demande")
    return Q(Exists(attendus), etat="rencontree")


class MisesAuGuichet(models.QuerySet):  # type: ignore[type-arg]
    """Mises en relation, as the desk sorts them. Before the mission each is in one bac alone."""

    def _avant_la_mission(self) -> Self:
        return self.filter(etat__in=AVANT_LA_MISSION)

    def attendent_la_cellule(self, at: dt.datetime | None = None) -> Self:
        """The cellule has the next word."""
        libres = self._avant_la_mission().filter(_libre(at or timezone.now()), attend="cellule")
        return libres.exclude(_accords_attendus())

    def a_relancer(self, at: dt.datetime | None = None) -> Self:
        """Somebody was asked nine days ago or more, and has not answered."""
        borne = jusqu_a(seuils("relancer")[0].borne(jour_de(at)))
        libres = self._avant_la_mission().filter(_libre(at or timezone.now()))
        anciennes = libres.filter(attend_depuis__lt=borne).exclude(attend="cellule")
        return anciennes.exclude(_accords_attendus())

    def accords_en_retard(self, at: dt.datetime | None = None) -> Self:
        """The meeting is done, the accords were asked nine days ago or more, and one is missing."""
        borne = jusqu_a(seuils("accords")[0].borne(jour_de(at)))
        libres = self._avant_la_mission().filter(_libre(at or timezone.now()))
        return libres.filter(_accords_attendus(), attend_depuis__lt=borne)

    def en_attente(self, at: dt.datetime | None = None) -> Self:
        """Nothing to do yet: asked lately, a meeting to come, or a place in the waiting list."""
        jour = jour_de(at)
        recentes = Q(attend_depuis__gte=jusqu_a(seuils("relancer")[0].borne(jour)))
        d_autres = ~Q(attend="cellule") | _accords_attendus()
        a_venir = Q(rencontre_le__gte=jusqu_a(jour)) & ~_sur_la_liste("tenue")
        return self._avant_la_mission().filter(
            a_venir | _sur_la_liste("attend") | (_libre(at or timezone.now()) & recentes & d_autres)
        )

    def rencontres_du_jour(self, at: dt.datetime | None = None) -> Self:
        """Today's meetings, until they are noted."""
        jour, at = jour_de(at), at or timezone.now()
        du_jour = self.filter(rencontre_le__gte=instant_de(jour), rencontre_le__lt=jusqu_a(jour))
        return du_jour.filter(
            Q(etat__in=["proposee", "en_discussion"]) | Q(etat="rencontree", rencontre_le__gt=at)
        )

    def rencontres_a_noter(self, at: dt.datetime | None = None) -> Self:
        """The day of the meeting is past, and nobody wrote what was said."""
        return self.filter(
            etat__in=["proposee", "en_discussion"], rencontre_le__lt=instant_de(jour_de(at))
        )

    def places_gardees(self, at: dt.datetime | None = None) -> Self:
        """A freed place is kept for them, and they have not said whether they take it."""
        return self._avant_la_mission().filter(attente__etat="tenue")

    def avec_dates_de_fin(self) -> Self:
        """``fin_mission``: the last half-day, or the day a loan ends; ``retour_du``: when the return is due."""
        from engagement.models import DemiJournee

        jours = DemiJournee.objects.filter(mise_en_relation=OuterRef("pk")).exclude(etat="annulee")
        dernier = jours.order_by().values("mise_en_relation").annotate(fin=Max("jour"))
        return self.annotate(
            fin_mission=Coalesce(
                Subquery(dernier.values("fin")),
                TruncDate(F("pret__periode__endswith"), tzinfo=PARIS),
            ),
            retour_du=Coalesce(
                "retour_prevu_le", "fin_mission", TruncDate("proposee_le", tzinfo=PARIS)
            ),
        )

    def bientot_finies(self, at: dt.datetime | None = None) -> Self:
        """Missions and loans whose last day is within a week."""
        jour = jour_de(at)
        en_mission = self.filter(etat="en_mission").avec_dates_de_fin()
        return en_mission.filter(fin_mission__gte=jour, fin_mission__lte=jour + SEMAINE)

    def retours_a_faire(self, at: dt.datetime | None = None) -> Self:
        """Over by its dates, or said so: the talk of return is to be held and noted."""
        finies = Q(etat="en_mission", fin_mission__lt=jour_de(at)) & ~Q(pret__etat="sorti")
        return self.filter(etat__in=["en_mission", "retour"]).avec_dates_de_fin().filter(
            Q(etat="retour") | finies
        )  # fmt: skip

    def prets_en_retard(self, at: dt.datetime | None = None) -> Self:
        """Left, not back, and its hour is past."""
        sortis = self.filter(pret__etat="sorti", pret__periode__endswith__lt=at or timezone.now())
        return sortis.annotate(a_rendre_le=F("pret__periode__endswith"))

    def aide_demandee(self, at: dt.datetime | None = None) -> Self:
        """Whoever follows it asked for help, and nobody has taken it since."""
        return self.filter(etat__in=EN_COURS, aide_demandee_le__isnull=False)
