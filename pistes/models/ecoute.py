"""Écoute territoriale: cahiers of what actors lived, and the annuaire that grows from them.

TABLE RONDE, mission Résonance: context, typology of actors, vécu, craintes, envies, analyses, pistes.
"""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from comptes.models import Organisation, Territoire
from config.saisie import LONGUEUR_TEXTE
from pistes.models.piste import Piste


def nouveau_jeton() -> str:
    """What the personal consent link holds."""
    return secrets.token_urlsafe(24)


class Cahier(models.Model):
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
    est_public = models.BooleanField("visible par tout le monde", default=False)
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


class FicheActeur(models.Model):
    """An entry of the annuaire of a territory's actors: there only while its owner consents."""

    class Etat(models.TextChoices):
        """Their answer."""

        DEMANDE = "demande", "Accord demandé"
        ACCEPTE = "accepte", "Dans l'annuaire"
        REFUSE = "refuse", "Refusé"
        RETIRE = "retire", "Retiré"

    cahier = models.ForeignKey(
        Cahier,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fiches",
        verbose_name="cahier",
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="fiches_acteurs", verbose_name="proposée par"
    )
    territoire = models.ForeignKey(
        Territoire, models.PROTECT, related_name="+", verbose_name="territoire"
    )
    type = models.CharField("type d'acteur", max_length=12, choices=TypeActeur.choices)
    nom = models.CharField("nom", max_length=160)
    activite = models.TextField("ce que fait cet acteur", blank=True, max_length=2000)
    contact = models.CharField("comment le joindre", max_length=300, blank=True)
    email = models.EmailField("adresse e-mail de la personne qui décide")
    etat = models.CharField(
        "état", max_length=8, choices=Etat.choices, default=Etat.DEMANDE, editable=False
    )
    jeton = models.CharField(max_length=64, unique=True, default=nouveau_jeton, editable=False)
    demande_le = models.DateTimeField("demandé le", auto_now_add=True)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "fiche d'acteur"
        verbose_name_plural = "annuaire"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "nom", "email"],
                condition=models.Q(etat__in=["demande", "accepte"]),
                name="pistes_fiche_acteur_unique",
                violation_error_message="Cet acteur est déjà dans l'annuaire de ce territoire.",
            )
        ]
        indexes = [
            models.Index(
                fields=["nom", "id"],
                name="pistes_fiche_acteur_annuaire",
                condition=models.Q(etat="accepte"),
            )
        ]

    def __str__(self) -> str:
        return self.nom
