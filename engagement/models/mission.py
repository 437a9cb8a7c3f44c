"""What was agreed and lived: half-days, points of follow-up, the planned return, both sides' bilan."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE
from engagement.models.besoin import Creneau
from engagement.models.personne import Personne
from engagement.models.presence import VieDeLaDemiJournee
from engagement.models.relation import Cote, MiseEnRelation
from engagement.semaine import MOMENTS


class DemiJournee(VieDeLaDemiJournee):
    """One half-day of one person for one slot. The database holds what may not be (migration 0002):

    a slot never has more than the places of its need, a person never two half-days at once (in any
    dispositif), nor more than the week and the month of the dispositif allow, nor a week-end they refused.
    """

    class Etat(models.TextChoices):
        """``tenue``: kept 48 hours for whoever is first in the waiting list."""

        TENUE = "tenue", "Gardée"
        PREVUE = "prevue", "Prévue"
        FAITE = "faite", "Faite"
        MANQUEE = "manquee", "Non faite"
        ANNULEE = "annulee", "Annulée"

    mise_en_relation = models.ForeignKey(
        MiseEnRelation, models.CASCADE, related_name="demi_journees", verbose_name="mission"
    )
    creneau = models.ForeignKey(
        Creneau, models.PROTECT, related_name="demi_journees", verbose_name="créneau"
    )
    personne = models.ForeignKey(
        Personne, models.PROTECT, related_name="demi_journees", verbose_name="personne"
    )
    # Copied from the person, the slot: what the constraints compare.
    cle = models.BigIntegerField(editable=False)
    jour = models.DateField(editable=False)
    moment = models.PositiveSmallIntegerField(editable=False)
    # Which of the places of the slot: 1 to besoin.places.
    numero = models.PositiveSmallIntegerField("place")
    etat = models.CharField("état", max_length=8, choices=Etat.choices, default=Etat.PREVUE)

    class Meta:
        verbose_name = "demi-journée"
        verbose_name_plural = "demi-journées"
        ordering = ["mise_en_relation", "jour", "moment"]
        constraints = [
            models.UniqueConstraint(
                fields=["creneau", "numero"],
                condition=~models.Q(etat="annulee"),
                name="engagement_demi_journee_place",
                violation_error_message="Cette place est déjà prise.",
            ),
            models.UniqueConstraint(
                fields=["cle", "jour", "moment"],
                condition=~models.Q(etat="annulee"),
                name="engagement_demi_journee_une_seule",
                violation_error_message="Cette personne est déjà prise cette demi-journée-là.",
            ),
            models.UniqueConstraint(
                fields=["mise_en_relation", "creneau"],
                name="engagement_demi_journee_une_fois",
            ),
        ]
        indexes = [
            models.Index(fields=["personne", "jour"], name="engagement_demi_journee_budget"),
        ]

    def __str__(self) -> str:
        return f"{self.creneau} : {self.get_etat_display()}"

    @property
    def quelle_moitie(self) -> str:
        """« matin » or « après-midi »."""
        return MOMENTS[self.moment]


class Attente(models.Model):
    """Somebody whose accords are all given, and for whom no place was left: in the order they came."""

    class Etat(models.TextChoices):
        """``tenue``: a freed place waits for them until ``tenue_jusqua``."""

        ATTEND = "attend", "Attend"
        TENUE = "tenue", "Place gardée"
        SERVIE = "servie", "A eu une place"
        PASSEE = "passee", "N'a pas répondu"
        RETIREE = "retiree", "Ne veut plus"

    mise_en_relation = models.OneToOneField(
        MiseEnRelation, models.CASCADE, related_name="attente", verbose_name="mise en relation"
    )
    besoin = models.ForeignKey(
        "engagement.Besoin", models.CASCADE, related_name="attentes", verbose_name="besoin"
    )
    # Taken under the lock of the need: 1 is the first who came.
    rang = models.PositiveIntegerField("rang")
    etat = models.CharField("état", max_length=8, choices=Etat.choices, default=Etat.ATTEND)
    depuis = models.DateTimeField("depuis", default=timezone.now)
    tenue_jusqua = models.DateTimeField("place gardée jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "attente"
        verbose_name_plural = "liste d'attente"
        ordering = ["besoin", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["besoin", "rang"], name="engagement_attente_rang"),
            models.CheckConstraint(
                condition=models.Q(etat="tenue", tenue_jusqua__isnull=False)
                | (~models.Q(etat="tenue") & models.Q(tenue_jusqua=None)),
                name="engagement_attente_tenue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rang}e pour {self.besoin_id}"

    @property
    def position(self) -> int:
        """How many still wait up to this one, included: what people are told. One query."""
        devant = Attente.objects.filter(besoin=self.besoin_id, etat__in=["attend", "tenue"])
        return devant.filter(rang__lt=self.rang).count() + 1

    def etat_au(self, at: dt.datetime | None = None) -> str:
        """What readers are shown: a hold whose hour is past is over, worker or not."""
        echue = self.tenue_jusqua is not None and self.tenue_jusqua <= (at or timezone.now())
        return str(self.Etat.PASSEE if echue else self.etat)


class PointSuivi(models.Model):
    """A call or a visit during the mission: planned, then told."""

    mise_en_relation = models.ForeignKey(
        MiseEnRelation, models.CASCADE, related_name="points", verbose_name="mission"
    )
    prevu_le = models.DateField("prévu le")
    fait_le = models.DateField("fait le", null=True, blank=True)
    texte = models.TextField("ce qui s'est dit", blank=True, max_length=LONGUEUR_TEXTE)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "point de suivi"
        verbose_name_plural = "points de suivi"
        ordering = ["mise_en_relation", "prevu_le", "pk"]

    def __str__(self) -> str:
        return f"point du {self.prevu_le:%d/%m/%Y}"

    @property
    def est_manque(self) -> bool:
        """Its day is past, and nobody told it."""
        return self.fait_le is None and self.prevu_le < jour_de()


class Retour(models.Model):
    """The planned return: the talk with the manager, what was learnt, what the cellule keeps of it."""

    mise_en_relation = models.OneToOneField(
        MiseEnRelation, models.CASCADE, related_name="retour", verbose_name="mission"
    )
    entretien_le = models.DateField("entretien fait le", null=True, blank=True)
    sans_entretien = models.CharField("pourquoi il n'a pas eu lieu", max_length=300, blank=True)
    appris = models.TextField("ce qui a été appris", blank=True, max_length=LONGUEUR_TEXTE)
    suite = models.TextField("et maintenant", blank=True, max_length=LONGUEUR_TEXTE)
    remerciee_le = models.DateTimeField("remerciements envoyés le", null=True, editable=False)

    class Meta:
        verbose_name = "retour"
        verbose_name_plural = "retours"

    def __str__(self) -> str:
        return f"retour de la mission {self.mise_en_relation_id}"


class Bilan(models.Model):
    """What one side says of the mission. Quoted in the récit only with their consent, and if chosen."""

    mise_en_relation = models.ForeignKey(
        MiseEnRelation, models.CASCADE, related_name="bilans", verbose_name="mission"
    )
    cote = models.CharField("dit par", max_length=10, choices=Cote.choices)
    content = models.CharField(
        "est-ce que cela s'est bien passé",
        max_length=10,
        choices=[("oui", "Oui"), ("en_partie", "En partie"), ("non", "Non")],
    )
    texte = models.TextField("ce que vous en dites", blank=True, max_length=LONGUEUR_TEXTE)
    recommencer = models.BooleanField("prêt·e à recommencer", default=True)
    mot_public = models.CharField("un mot que l'on peut citer", max_length=300, blank=True)
    fonction = models.CharField("signé (fonction)", max_length=120, blank=True)
    consent = models.BooleanField("d'accord pour être cité·e", default=False)
    choisi_le = models.DateTimeField("choisi pour le récit le", null=True, editable=False)
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "bilan"
        verbose_name_plural = "bilans"
        ordering = ["mise_en_relation", "le"]
        constraints = [
            models.UniqueConstraint(
                fields=["mise_en_relation", "cote"], name="engagement_bilan_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(choisi_le=None) | models.Q(consent=True),
                name="engagement_bilan_consenti",
                violation_error_message="Ce mot n'est pas à citer : la personne n'a pas donné son accord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cote_display()}, {self.le:%d/%m/%Y}"
