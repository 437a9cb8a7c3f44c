"""The consent of each party to the exact text of the lettre de mission (DOMAIN: three consents)."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from engagement.models.relation import Cote, MiseEnRelation

SEL = "engagement.accord"


class AccordMission(models.Model):
    """A question put to one party on one exact text, and their answer."""

    class Etat(models.TextChoices):
        """Their answer so far."""

        DEMANDE = "demande", "Attendu"
        DONNE = "donne", "Donné"
        REFUSE = "refuse", "Refusé"
        CADUC = "caduc", "Caduc : le texte a changé"

    mise_en_relation = models.ForeignKey(
        MiseEnRelation, models.CASCADE, related_name="accords", verbose_name="mise en relation"
    )
    cote = models.CharField("partie", max_length=10, choices=Cote.choices)
    email = models.EmailField("adresse e-mail", blank=True)
    nom = models.CharField("prénom et nom", max_length=120, blank=True)
    etat = models.CharField(
        "état", max_length=10, choices=Etat.choices, default=Etat.DEMANDE, editable=False
    )
    texte = models.TextField("texte")
    empreinte = models.CharField("empreinte", max_length=64)
    demande_le = models.DateTimeField("demandé le", default=timezone.now)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    # Told by phone or at a counter, by somebody without e-mail, and written down by the cellule.
    recueilli_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="recueilli par",
    )
    recueilli_comment = models.CharField("recueilli comment", max_length=200, blank=True)
    motif = models.TextField("motif dit à l'autre", blank=True, max_length=LONGUEUR_TEXTE)

    class Meta:
        verbose_name = "accord"
        verbose_name_plural = "accords"
        ordering = ["mise_en_relation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mise_en_relation", "cote", "empreinte"], name="engagement_accord_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_cote_display()} : {self.get_etat_display()}"

    @property
    def jeton(self) -> str:
        """The signed token of the personal link."""
        return signing.dumps(self.pk, salt=SEL)
