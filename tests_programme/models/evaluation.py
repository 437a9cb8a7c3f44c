"""What became of the hypothesis: answer, voices, lessons, suites (TOPOGUIDE, fiche outil, rule 4)."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from config.jours import jour_de
from config.recherche import VecteurFrancais
from config.saisie import LONGUEUR_TEXTE
from pistes.models import Piste
from tests_programme.models.test import Test
from tests_programme.querysets import EnseignementQuerySet

# How long after a pérennisation one asks whether it still stands.
SIX_MOIS = relativedelta(months=6)


class Evaluation(models.Model):
    """A draft until ``Test.evaluer`` publishes it."""

    class Verdict(models.TextChoices):
        """The answer to the hypothesis."""

        CONFIRMEE = "confirmee", "Hypothèse confirmée"
        INFIRMEE = "infirmee", "Hypothèse infirmée"
        NUANCEE = "nuancee", "Hypothèse nuancée"
        SANS_REPONSE = "sans_reponse", "Sans réponse"

    class Suites(models.TextChoices):
        """What happens next."""

        ABANDONNER = "abandonner", "Abandonner"
        ITERER = "iterer", "Itérer"
        PERENNISER = "perenniser", "Pérenniser"

    test = models.OneToOneField(
        Test, models.CASCADE, related_name="evaluation", verbose_name="test"
    )
    verdict = models.CharField("verdict", max_length=14, choices=Verdict.choices, blank=True)
    reponse = models.TextField("réponse à l'hypothèse", blank=True, max_length=LONGUEUR_TEXTE)
    inattendu = models.TextField(
        "ce que personne n'attendait", blank=True, max_length=LONGUEUR_TEXTE
    )
    conditions = models.TextField(
        "ce sans quoi cela n'aurait pas marché", blank=True, max_length=LONGUEUR_TEXTE
    )
    autonomie = models.TextField(
        "ce que l'équipe fera sans nous", blank=True, max_length=LONGUEUR_TEXTE
    )
    sans_voix = models.TextField(
        "pourquoi aucune voix d'usager·ère", blank=True, max_length=LONGUEUR_TEXTE
    )
    suites = models.CharField("suites", max_length=12, choices=Suites.choices, blank=True)
    suites_texte = models.TextField("en quelques mots", blank=True, max_length=LONGUEUR_TEXTE)
    suites_porteur = models.CharField("qui la porte", max_length=160, blank=True)
    suites_cadre = models.TextField("dans quel cadre", blank=True, max_length=LONGUEUR_TEXTE)
    suites_date = models.DateField("à partir du", null=True, blank=True)
    # Suites: what is undone (abandonner), the one thing that changes (itérer).
    suites_defait = models.TextField("ce qu'on défait", blank=True, max_length=LONGUEUR_TEXTE)
    suites_changement = models.TextField(
        "la seule chose qui change", blank=True, max_length=LONGUEUR_TEXTE
    )
    # Read by a second person before it is published.
    soumise_le = models.DateTimeField("soumise le", null=True, blank=True, editable=False)
    soumise_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="soumise par",
    )
    remarque = models.TextField(
        "remarque de la seconde lecture", blank=True, editable=False, max_length=LONGUEUR_TEXTE
    )
    # Six months after a pérennisation: does it still stand?
    tient_toujours = models.BooleanField(
        "cela tient toujours", null=True, blank=True, editable=False
    )
    tient_texte = models.TextField(
        "ce qu'il en reste", blank=True, editable=False, max_length=LONGUEUR_TEXTE
    )
    tient_dit_le = models.DateTimeField("dit le", null=True, blank=True, editable=False)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="par",
    )

    class Meta:
        verbose_name = "évaluation"
        verbose_name_plural = "évaluations"

    def __str__(self) -> str:
        return f"Évaluation de {self.test}"

    @property
    def est_publiee(self) -> bool:
        """Whether readers may see it: published here, or told by a publication."""
        return self.publiee_le is not None or self.test.est_recit

    @property
    def est_soumise(self) -> bool:
        """Whether somebody else is asked to read it before it is published."""
        return self.soumise_le is not None and self.publiee_le is None

    @property
    def jour_de_la_question(self) -> dt.date | None:
        """The Paris day on which one asks whether what was to last still stands; None when nothing was."""
        if self.suites != self.Suites.PERENNISER or self.publiee_le is None:
            return None
        debut = max(jour_de(self.publiee_le), self.suites_date or dt.date.min)
        jour: dt.date = debut + SIX_MOIS
        return jour


class Enseignement(models.Model):
    """A lesson others can use, attached to a piste."""

    class Type(models.TextChoices):
        """What kind of lesson it is."""

        CONDITION = "condition", "Condition de réussite"
        OBSTACLE = "obstacle", "Obstacle"
        EFFET_INATTENDU = "effet_inattendu", "Effet inattendu"
        SAVOIR_FAIRE = "savoir_faire", "Savoir-faire"

    test = models.ForeignKey(
        Test, models.CASCADE, related_name="enseignements", verbose_name="test"
    )
    piste = models.ForeignKey(
        Piste, models.PROTECT, related_name="enseignements", verbose_name="piste"
    )
    type = models.CharField("type", max_length=16, choices=Type.choices)
    texte = models.TextField("enseignement", max_length=LONGUEUR_TEXTE)
    source = models.CharField("source", max_length=200, blank=True)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("texte"), output_field=SearchVectorField(), db_persist=True
    )

    objects = EnseignementQuerySet.as_manager()

    class Meta:
        verbose_name = "enseignement"
        verbose_name_plural = "enseignements"
        ordering = ["test", "pk"]
        indexes = [GinIndex(fields=["recherche"], name="tests_enseignement_recherche")]

    def __str__(self) -> str:
        return self.texte[:80]
