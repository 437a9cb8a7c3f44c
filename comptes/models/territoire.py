"""Communes, EPCI, départements and régions of the official code (COG 2026)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from comptes.querysets import TerritoireQuerySet
from config.recherche import VecteurSimple


class Territoire(models.Model):
    """A territory. Loaded by ``charger_territoires``, never edited by hand."""

    class Niveau(models.TextChoices):
        """Levels of the official code; an EPCI groups communes."""

        COMMUNE = "commune", "Commune"
        EPCI = "epci", "Intercommunalité"
        DEPARTEMENT = "departement", "Département"
        REGION = "region", "Région"

    niveau = models.CharField("niveau", max_length=12, choices=Niveau.choices)
    code = models.CharField("code officiel", max_length=10)
    nom = models.CharField("nom", max_length=120)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    population = models.PositiveIntegerField("population", null=True, blank=True)
    genre = models.CharField(
        "genre", max_length=10, blank=True, help_text="CC, CA, CU, ME ; metro, drom, com"
    )
    codes_postaux = models.CharField("codes postaux", max_length=500, blank=True)
    epci = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="communes",
        verbose_name="intercommunalité",
    )
    departement = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="du_departement",
        verbose_name="département",
    )
    region = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="de_la_region",
        verbose_name="région",
    )
    recherche = models.GeneratedField(
        expression=VecteurSimple("nom", "codes_postaux"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = TerritoireQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"
        constraints = [
            models.UniqueConstraint(
                fields=["niveau", "code"], name="comptes_territoire_niveau_code"
            ),
        ]
        indexes = [
            GinIndex(fields=["recherche"], name="comptes_territoire_recherche"),
            models.Index(
                fields=["siren"], name="comptes_territoire_siren", condition=~models.Q(siren="")
            ),
        ]

    def __str__(self) -> str:
        return self.nom
