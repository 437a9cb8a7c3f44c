"""The texts of a piste: accroche, constat, levier, détails, inspirations, renvois."""

import datetime as dt

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse

from config.recherche import VecteurFrancais
from config.saisie import LONGUEUR_EDITION
from pistes.models.lien import LienVerifie
from pistes.models.orientation import Orientation
from pistes.models.piste import Piste
from pistes.models.textes import Edition
from pistes.querysets import EditionPisteQuerySet


class EditionPiste(Edition):
    """One complete text of a piste."""

    SUJET = "piste"

    piste = models.ForeignKey(Piste, models.CASCADE, related_name="editions", verbose_name="piste")
    titre = models.CharField("titre", max_length=200)
    autres_titres = models.JSONField("autres titres", default=list, blank=True)
    accroche = models.TextField("accroche", blank=True, max_length=LONGUEUR_EDITION)
    constat = models.TextField("constat", blank=True, max_length=LONGUEUR_EDITION)
    levier = models.TextField("levier", blank=True, max_length=LONGUEUR_EDITION)
    mots_cles = models.ManyToManyField(
        Orientation, related_name="editions_par_mot_cle", blank=True, verbose_name="mots-clés"
    )
    texte_annexe = models.TextField(
        "texte des détails et inspirations",
        blank=True,
        editable=False,
        help_text="Plain copy of the child rows, for the search vector alone.",
    )
    recherche = models.GeneratedField(
        expression=VecteurFrancais("titre", "accroche", "constat", "levier", "texte_annexe"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EditionPisteQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "texte de piste"
        verbose_name_plural = "textes de pistes"
        ordering = ["piste", "-numero"]
        constraints = [
            models.UniqueConstraint(fields=["piste", "numero"], name="pistes_ep_numero_unique"),
            models.UniqueConstraint(
                fields=["piste"], condition=models.Q(etat="publie"), name="pistes_ep_une_publiee"
            ),
        ]
        indexes = [
            GinIndex(fields=["recherche"], name="pistes_ep_recherche"),
            # A search looks first at those whose title says it.
            GinIndex(VecteurFrancais("titre"), name="pistes_ep_titre"),
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return self.piste.get_absolute_url()

    def get_draft_url(self) -> str:
        """Where it is read before it is public."""
        return reverse("pistes:brouillon", args=[self.pk])

    def get_history_url(self) -> str:
        """Every text of its piste."""
        return reverse("pistes:historique", args=[self.piste.slug])

    def get_edit_url(self) -> str:
        """Writing the next text from this one."""
        return f"{reverse('pistes:modifier', args=[self.piste.slug])}?depuis={self.pk}"


class Detail(models.Model):
    """A titled point of a piste (for ENSEMBLE: one of its levers)."""

    edition = models.ForeignKey(
        EditionPiste, models.CASCADE, related_name="details", verbose_name="texte"
    )
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.CharField("titre", max_length=300)
    texte = models.TextField("texte", blank=True, max_length=LONGUEUR_EDITION)

    class Meta:
        verbose_name = "détail"
        verbose_name_plural = "détails"
        ordering = ["edition", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "rang"], name="pistes_detail_rang_unique"),
        ]

    def __str__(self) -> str:
        return self.titre


class Inspiration(models.Model):
    """Somewhere it has been done."""

    edition = models.ForeignKey(
        EditionPiste, models.CASCADE, related_name="inspirations", verbose_name="texte"
    )
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.CharField("titre", max_length=300)
    lieu = models.CharField("lieu", max_length=120, blank=True)
    pays = models.CharField("pays", max_length=60, blank=True)
    texte = models.TextField("texte", blank=True, max_length=LONGUEUR_EDITION)
    lien = models.URLField("lien", max_length=500, blank=True)
    # When its link was last visited, and when it last answered; read by ``avec_leurs_visites`` alone.
    lien_verifie_le: dt.datetime | None = None
    lien_repond_le: dt.datetime | None = None

    class Meta:
        verbose_name = "inspiration"
        verbose_name_plural = "inspirations"
        ordering = ["edition", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "rang"], name="pistes_inspiration_rang_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def visite(self) -> LienVerifie:
        """What is known of its link. No query."""
        return LienVerifie(
            adresse=self.lien, verifie_le=self.lien_verifie_le, repond_le=self.lien_repond_le
        )


class Renvoi(models.Model):
    """A piste's text refers to another piste."""

    edition = models.ForeignKey(
        EditionPiste, models.CASCADE, related_name="renvois", verbose_name="texte"
    )
    vers = models.ForeignKey(
        Piste, models.CASCADE, related_name="renvois_recus", verbose_name="vers"
    )

    class Meta:
        verbose_name = "renvoi"
        verbose_name_plural = "renvois"
        ordering = ["edition", "vers"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "vers"], name="pistes_renvoi_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} → {self.vers}"
