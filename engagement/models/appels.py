"""Permanence inversée: the administration calls people instead of waiting for them (CARNET p. 84; DOMAIN)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from comptes.models import Territoire
from config.saisie import LONGUEUR_TEXTE
from engagement.models.dispositif import Dispositif
from engagement.models.personne import Personne
from engagement.models.vie_fiche import VieDeLaFiche
from engagement.models.vie_liste import VieDeLaListe
from engagement.querysets import FicheAppelQuerySet, ListeAppelsQuerySet


class ListeAppels(VieDeLaListe):
    """People to call: why we may, until when, and what to say. Erased on its day (``effacee_le``)."""

    dispositif = models.ForeignKey(
        Dispositif, models.PROTECT, related_name="listes_appels", verbose_name="dispositif"
    )
    titre = models.CharField("titre", max_length=160)
    fondement = models.TextField(
        "fondement légal",
        max_length=LONGUEUR_TEXTE,
        help_text="Ce qui nous permet d'appeler ces personnes : un texte, une inscription, un accord.",
    )
    origine = models.CharField("d'où vient la liste", max_length=200)
    effacer_le = models.DateField("effacer la liste le")
    script = models.TextField("ce qu'on dit au téléphone", max_length=LONGUEUR_TEXTE)
    orientations = models.TextField(
        "services vers qui orienter",
        blank=True,
        max_length=LONGUEUR_TEXTE,
        help_text="Un par ligne : le service, et comment le joindre.",
    )
    cree_le = models.DateTimeField("créée le", default=timezone.now, editable=False)
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    close_le = models.DateTimeField("close le", null=True, editable=False)
    effacee_le = models.DateTimeField("effacée le", null=True, editable=False)

    objects = ListeAppelsQuerySet.as_manager()

    class Meta:
        verbose_name = "liste d'appels"
        verbose_name_plural = "listes d'appels"
        ordering = ["-cree_le", "-pk"]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("engagement:liste_appels", args=[self.pk])


class FicheAppel(VieDeLaFiche):
    """One person to call. Personal data: seen by whoever calls them and the cellule, erased with the list."""

    class Difficulte(models.TextChoices):
        """Easy ones are given out first."""

        SIMPLE = "1", "Simple"
        NORMALE = "2", "Ordinaire"
        DELICATE = "3", "Délicate"

    class Etat(models.TextChoices):
        """Where it stands."""

        A_APPELER = "a_appeler", "À appeler"
        A_RAPPELER = "a_rappeler", "À rappeler"
        FAITE = "faite", "Faite"
        REFUS = "refus", "Ne veut pas être appelée"
        INJOIGNABLE = "injoignable", "Injoignable"

    liste = models.ForeignKey(
        ListeAppels, models.CASCADE, related_name="fiches", verbose_name="liste"
    )
    numero = models.PositiveIntegerField("n°")
    nom = models.CharField("nom", max_length=120, blank=True)
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    commune = models.CharField("commune", max_length=120, blank=True)
    territoire = models.ForeignKey(
        Territoire, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    precision = models.CharField("à savoir", max_length=300, blank=True)
    difficulte = models.CharField(
        "difficulté", max_length=1, choices=Difficulte.choices, default=Difficulte.NORMALE
    )
    etat = models.CharField("état", max_length=12, choices=Etat.choices, default=Etat.A_APPELER)
    rappeler_le = models.DateField("rappeler le", null=True, blank=True)
    # Who calls: a volunteer of the dispositif.
    appelant = models.ForeignKey(
        Personne,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fiches_appels",
        verbose_name="appelée par",
    )
    attribuee_le = models.DateTimeField("attribuée le", null=True, blank=True)

    objects = FicheAppelQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche d'appel"
        verbose_name_plural = "fiches d'appel"
        ordering = ["liste", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["liste", "numero"], name="engagement_fiche_numero"),
            models.UniqueConstraint(
                fields=["liste", "telephone"],
                condition=~models.Q(telephone=""),
                name="engagement_fiche_telephone",
                violation_error_message="Ce numéro est déjà dans la liste.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["liste", "difficulte", "numero"],
                name="engagement_fiche_a_donner",
                condition=models.Q(appelant=None, etat="a_appeler"),
            )
        ]

    def __str__(self) -> str:
        return f"fiche {self.numero}"


class Appel(models.Model):
    """One call, as it went."""

    class Resultat(models.TextChoices):
        """How it ended."""

        PARLE = "parle", "Nous nous sommes parlé"
        ABSENT = "absent", "Pas de réponse"
        RAPPELER = "rappeler", "Demande qu'on rappelle"
        REFUS = "refus", "Ne veut pas être appelée"
        ERREUR = "erreur", "Mauvais numéro"

    fiche = models.ForeignKey(
        FicheAppel, models.CASCADE, related_name="appels", verbose_name="fiche"
    )
    appelant = models.ForeignKey(
        Personne, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    le = models.DateTimeField("le", default=timezone.now)
    resultat = models.CharField("comment cela s'est passé", max_length=10, choices=Resultat.choices)
    nouvelles = models.TextField("nouvelles", blank=True, max_length=LONGUEUR_TEXTE)
    difficulte = models.TextField("difficulté rencontrée", blank=True, max_length=LONGUEUR_TEXTE)
    orientation = models.CharField("orientée vers", max_length=200, blank=True)
    # When the cellule handed the person over to that service.
    transmise_le = models.DateTimeField("transmise le", null=True, blank=True, editable=False)
    rappeler_le = models.DateField("rappeler le", null=True, blank=True)

    class Meta:
        verbose_name = "appel"
        verbose_name_plural = "appels"
        ordering = ["fiche", "le", "pk"]

    def __str__(self) -> str:
        return f"{self.get_resultat_display()} ({self.le:%d/%m/%Y})"
