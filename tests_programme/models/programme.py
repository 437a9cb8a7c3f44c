"""A cohort of organisations exploring some pistes together, with dated sessions."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from comptes.models import Organisation
from config.saisie import LONGUEUR_TEXTE
from pistes.models import Piste
from reflexes.models import Livrable
from tests_programme.querysets import ProgrammeQuerySet


class Programme(Livrable):
    """A programme; Capacités publiques 2022 is the first."""

    cle = models.SlugField("clé", max_length=80, unique=True)
    titre = models.CharField("titre", max_length=160)
    debut = models.DateField("début")
    fin = models.DateField("fin", null=True, blank=True)
    presentation = models.TextField("présentation", blank=True, max_length=LONGUEUR_TEXTE)
    source = models.CharField("source", max_length=200, blank=True)
    pistes = models.ManyToManyField(
        Piste, related_name="programmes", blank=True, verbose_name="pistes"
    )
    organisations = models.ManyToManyField(
        Organisation, related_name="programmes", blank=True, verbose_name="organisations"
    )

    animateurs = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="programmes_animes",
        blank=True,
        verbose_name="animateur·rices",
    )

    # What the corpus brought into the lists above, by key: taken off here, it is not brought again.
    listes_livrees = models.JSONField("listes livrées", default=dict, blank=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "programme"
        verbose_name_plural = "programmes"
        ordering = ["-debut", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="tests_programme_dates_dans_l_ordre",
                violation_error_message="Un programme ne peut pas finir avant d'avoir commencé.",
            )
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("tests_programme:programme", args=[self.cle])


class Seance(Livrable):
    """A dated session of a programme."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="seances", verbose_name="programme"
    )
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.CharField("titre", max_length=160)
    debut = models.DateField("début", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    periode = models.CharField("période, en mots", max_length=80, blank=True)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    texte = models.TextField("texte", blank=True, max_length=LONGUEUR_TEXTE)
    ordre_du_jour = models.TextField("ordre du jour", blank=True, max_length=LONGUEUR_TEXTE)
    # By function and organisation, never by name.
    participants = models.TextField("qui participe", blank=True, max_length=LONGUEUR_TEXTE)
    notes = models.TextField("notes", blank=True, max_length=LONGUEUR_TEXTE)
    source = models.CharField("source", max_length=200, blank=True)
    # Called off, it stays: calendars must be told to take it away.
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    modifie_le = models.DateTimeField("modifiée le", auto_now=True)

    class Meta:
        verbose_name = "séance"
        verbose_name_plural = "séances"
        ordering = ["programme", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "rang"], name="tests_programme_seance_rang"
            ),
        ]

    def __str__(self) -> str:
        return self.titre


class DocumentSeance(models.Model):
    """A file of a session, for the organisations of the programme and its groupe miroir."""

    seance = models.ForeignKey(
        Seance, models.CASCADE, related_name="documents", verbose_name="séance"
    )
    fichier = models.FileField("fichier", upload_to="seances/%Y/%m/", max_length=200)
    nom = models.CharField("nom", max_length=160)
    type_mime = models.CharField("type", max_length=100)
    taille = models.PositiveIntegerField("taille en octets")
    ajoute_le = models.DateTimeField("ajouté le", auto_now_add=True)

    class Meta:
        verbose_name = "document de séance"
        verbose_name_plural = "documents de séance"
        ordering = ["seance", "pk"]

    def __str__(self) -> str:
        return self.nom


class EtapeProgramme(Livrable):
    """A stage of a programme: départ, balisage, bivouac, refuge, or whatever its team calls it."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="etapes", verbose_name="programme"
    )
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.CharField("titre", max_length=160)
    debut = models.DateField("début", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    texte = models.TextField("texte", blank=True, max_length=LONGUEUR_TEXTE)

    class Meta:
        verbose_name = "étape du programme"
        verbose_name_plural = "étapes du programme"
        ordering = ["programme", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "rang"], name="tests_programme_etape_rang"
            ),
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True)
                | models.Q(debut__isnull=True)
                | models.Q(fin__gte=models.F("debut")),
                name="tests_programme_etape_dates",
                violation_error_message="Une étape ne peut pas finir avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre
