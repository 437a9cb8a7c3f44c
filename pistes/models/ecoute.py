"""Écoute territoriale: cahiers of what actors lived.

TABLE RONDE, mission Résonance: context, typology of actors, vécu, craintes, envies, analyses, pistes.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse

from comptes.models import Organisation, Territoire
from config.jetons import nouveau_jeton
from config.saisie import LONGUEUR_TEXTE
from pistes.models.ouverture import Ouvrable
from pistes.models.piste import Piste
from pistes.querysets_ecoute import CahierQuerySet

# Of the annuaire now; the migrations know it here.
__all__ = ["Cahier", "Rencontre", "TypeActeur", "nouveau_jeton"]


class Cahier(Ouvrable):
    """One écoute on one territory, by one organisation; public once its organisation opens it."""

    titre = models.CharField("titre", max_length=160)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="cahiers", verbose_name="organisation"
    )
    territoire = models.ForeignKey(
        Territoire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="territoire",
    )
    contexte = models.TextField("contexte", blank=True, max_length=LONGUEUR_TEXTE)
    debut = models.DateField("début", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    pistes = models.ManyToManyField(
        Piste, related_name="cahiers", blank=True, verbose_name="pistes nommées"
    )
    autres_pistes = models.TextField(
        "autres pistes nommées par les acteurs", blank=True, max_length=LONGUEUR_TEXTE
    )
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="créé par",
    )
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = CahierQuerySet.as_manager()

    class Meta:
        verbose_name = "cahier d'écoute"
        verbose_name_plural = "cahiers d'écoute"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True)
                | models.Q(debut__isnull=True)
                | models.Q(fin__gte=models.F("debut")),
                name="pistes_cahier_dates",
                violation_error_message="Une écoute ne peut pas finir avant d'avoir commencé.",
            )
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("pistes:cahier", args=[self.pk])


class TypeActeur(models.TextChoices):
    """The typology of actors."""

    ELU = "elu", "Élu·e"
    AGENT = "agent", "Agent·e public"
    ASSOCIATION = "association", "Association"
    ENTREPRISE = "entreprise", "Entreprise"
    SANTE = "sante", "Santé et social"
    CULTURE = "culture", "Culture et éducation"
    HABITANT = "habitant", "Habitant·e"
    AUTRE = "autre", "Autre"


class Rencontre(models.Model):
    """What one actor lived, signed by a function."""

    FACETTES = ("vecu", "craintes", "envies", "analyses")

    cahier = models.ForeignKey(
        Cahier, models.CASCADE, related_name="rencontres", verbose_name="cahier"
    )
    type = models.CharField("type d'acteur", max_length=12, choices=TypeActeur.choices)
    fonction = models.CharField("fonction", max_length=160)
    le = models.DateField("le", null=True, blank=True)
    vecu = models.TextField("vécu", blank=True, max_length=LONGUEUR_TEXTE)
    craintes = models.TextField("craintes", blank=True, max_length=LONGUEUR_TEXTE)
    envies = models.TextField("envies", blank=True, max_length=LONGUEUR_TEXTE)
    analyses = models.TextField("analyses", blank=True, max_length=LONGUEUR_TEXTE)

    class Meta:
        verbose_name = "rencontre"
        verbose_name_plural = "rencontres"
        ordering = ["cahier", "le", "pk"]

    def __str__(self) -> str:
        return self.fonction
