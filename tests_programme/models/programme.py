"""A cohort of organisations exploring some pistes together, with dated sessions."""

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
    source = models.CharField("source", max_length=200, blank=True)

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
