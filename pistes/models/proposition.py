"""What people propose on a piste; each ends accepted, or refused with a reason they can read.

ENSEMBLE, its recurring demand: what agents express ends in a decision, or is officially rejected.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from pistes.models.piste import Piste


class Proposition(models.Model):
    """One proposal of somebody signed in."""

    class Type(models.TextChoices):
        """What is proposed."""

        INSPIRATION = "inspiration", "Une inspiration"
        CORRECTION = "correction", "Une correction"
        RETOUR = "retour", "Un retour d'expérience"

    class Etat(models.TextChoices):
        """Where it stands."""

        ATTEND = "attend", "Attend une réponse"
        ACCEPTEE = "acceptee", "Acceptée"
        REFUSEE = "refusee", "Refusée"

    piste = models.ForeignKey(
        Piste, models.CASCADE, related_name="propositions", verbose_name="piste"
    )
    type = models.CharField("ce que vous proposez", max_length=12, choices=Type.choices)
    texte = models.TextField("votre proposition", max_length=LONGUEUR_TEXTE)
    lieu = models.CharField("où", max_length=120, blank=True)
    lien = models.URLField("lien", max_length=500, blank=True)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="propositions",
        editable=False,
        verbose_name="de",
    )
    etat = models.CharField(
        "état", max_length=10, choices=Etat.choices, default=Etat.ATTEND, editable=False
    )
    deposee_le = models.DateTimeField("déposée le", default=timezone.now, editable=False)
    reponse = models.TextField("réponse", blank=True, editable=False, max_length=LONGUEUR_TEXTE)
    traitee_le = models.DateTimeField("traitée le", null=True, blank=True, editable=False)
    traitee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="par",
    )

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        ordering = ["deposee_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(etat="refusee") | ~models.Q(reponse=""),
                name="pistes_proposition_refus_motive",
                violation_error_message="Dites à la personne pourquoi sa proposition est refusée.",
            )
        ]
        indexes = [
            models.Index(
                fields=["deposee_le", "id"],
                name="pistes_proposition_attend",
                condition=models.Q(etat="attend"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} : {self.texte[:60]}"
