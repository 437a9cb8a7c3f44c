"""The enquête and its dated étapes (ENQUÊTE, calendar)."""

from django.db import models
from django.urls import reverse

from comptes.models import Organisation
from config.saisie import LONGUEUR_TEXTE
from reflexes.models.livraison import Livrable
from reflexes.querysets import EnqueteQuerySet


class Enquete(Livrable):
    """A field inquiry."""

    cle = models.SlugField("clé", max_length=80, unique=True)
    titre = models.CharField("titre", max_length=160)
    debut = models.DateField("début")
    fin = models.DateField("fin", null=True, blank=True)
    presentation = models.TextField("présentation", blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    # Whose members may bring témoignages and fill in the autodiagnostic.
    organisations = models.ManyToManyField(
        Organisation,
        related_name="enquetes",
        blank=True,
        verbose_name="organisations participantes",
    )

    objects = EnqueteQuerySet.as_manager()

    class Meta:
        verbose_name = "enquête"
        verbose_name_plural = "enquêtes"
        ordering = ["-debut", "pk"]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("reflexes:enquete", args=[self.cle])


class Etape(Livrable):
    """One dated step of an enquête."""

    CHAMPS_TARDIFS = frozenset({"produit"})

    enquete = models.ForeignKey(
        Enquete, models.CASCADE, related_name="etapes", verbose_name="enquête"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    titre = models.CharField("titre", max_length=160)
    debut = models.DateField("début", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    periode = models.CharField("période, en mots", max_length=80, blank=True)
    texte = models.TextField("texte", blank=True)
    produit = models.TextField("ce qu'elle a produit", blank=True, max_length=LONGUEUR_TEXTE)
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        ordering = ["enquete", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquete", "numero"], name="reflexes_etape_numero_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.titre}"
