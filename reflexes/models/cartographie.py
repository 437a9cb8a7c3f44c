"""The versions of the cartographie. A published one is frozen by the database itself."""

import datetime as dt
import re

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from config.recherche import VecteurFrancais
from reflexes.models.controverse import Controverse, Terrain
from reflexes.models.enquete import Enquete
from reflexes.querysets import FigeQuerySet, VersionQuerySet

# The code of the working copy until it is published, and numbered.
CODE_COPIE = "copie"


class VersionCartographie(models.Model):
    """One state of the map of controverses and terrains (V1, CARNET, …)."""

    enquete = models.ForeignKey(
        Enquete, models.CASCADE, related_name="versions", verbose_name="enquête"
    )
    code = models.CharField("code", max_length=20)
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.CharField("titre", max_length=160)
    note = models.TextField("note de publication", blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    datee_du = models.DateField("datée du", null=True, blank=True)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version de la cartographie"
        verbose_name_plural = "versions de la cartographie"
        ordering = ["enquete", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquete", "code"], name="reflexes_version_code_unique"
            ),
            models.UniqueConstraint(
                fields=["enquete", "rang"], name="reflexes_version_rang_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("reflexes:version", args=[self.enquete.cle, self.code.lower()])

    @property
    def nombre_de_terrains(self) -> int:
        """How many terrains it holds; no query after ``pour_page``."""
        return sum(len(controverse.terrains.all()) for controverse in self.controverses.all())

    @classmethod
    def rang_suivant(cls, enquete: Enquete) -> int:
        """The place of a new version, after all those there are."""
        dernier = cls.objects.filter(enquete=enquete).aggregate(n=models.Max("rang"))["n"]
        return int(dernier or 0) + 1

    @property
    def est_publiee(self) -> bool:
        """Whether everybody may read it, and nobody change it."""
        return self.publiee_le is not None

    @property
    def code_publie(self) -> str:
        """The code it will bear once published: a working copy takes the next number. One query."""
        if self.code != CODE_COPIE:
            return self.code
        autres = self.enquete.versions.exclude(pk=self.pk).order_by()
        lues = list(autres.values_list("code", "publiee_le"))
        codes = {code.upper() for code, _ in lues}
        numero = sum(publiee_le is not None for _, publiee_le in lues) + 1
        while f"V{numero}" in codes:
            numero += 1
        return f"V{numero}"

    def manques_pour_publier(self) -> list[str]:
        """All that stands in the way of publication, in words. One query."""
        controverses = list(self.controverses.annotate(nombre=models.Count("terrains")))
        manques = [
            f"La controverse « {c} » n'a aucun terrain : ajoutez-en un, ou retirez-la."
            for c in controverses
            if not c.nombre
        ]
        if not controverses:
            manques.append("La cartographie est vide : ajoutez au moins une controverse.")
        return manques

    def publier(self, *, titre: str = "", note: str = "", at: dt.datetime | None = None) -> None:
        """Freeze this version for good, at the end of the line. Publishing twice changes nothing."""
        with transaction.atomic():
            Enquete.objects.select_for_update().get(pk=self.enquete_id)
            verrouillee = VersionCartographie.objects.select_for_update().get(pk=self.pk)
            if verrouillee.publiee_le is None:
                verrouillee._numeroter()
                verrouillee.titre = titre or verrouillee.titre
                verrouillee.note = note or verrouillee.note
                verrouillee.publiee_le = at or timezone.now()
                verrouillee.datee_du = verrouillee.datee_du or jour_de(verrouillee.publiee_le)
                verrouillee.save(
                    update_fields=["code", "rang", "titre", "note", "publiee_le", "datee_du"]
                )
                verrouillee._suivre()
        self.refresh_from_db()

    def _numeroter(self) -> None:
        """Its code, and its place after every other version: the latest published is the last."""
        self.code = self.code_publie
        suivant = VersionCartographie.rang_suivant(self.enquete)
        if self.rang < suivant - 1:
            self.rang = suivant

    def _suivre(self) -> None:
        """The lasting identities say from now on what this version says. Rows that agree are not written."""
        for figee in self.controverses.prefetch_related("terrains"):
            dit = {c: getattr(figee, c) for c in ControverseFigee.CHAMPS_DURABLES}
            Controverse.objects.filter(pk=figee.controverse_id).exclude(**dit).update(**dit)
            siens = [fige.terrain_id for fige in figee.terrains.all()]
            deplaces = Terrain.objects.filter(pk__in=siens).exclude(
                controverse=figee.controverse_id
            )
            deplaces.update(controverse=figee.controverse_id)


class ControverseFigee(models.Model):
    """A controverse as one version says it."""

    CHAMPS_DURABLES = ["numero", "theme", "pole_a", "pole_b", "texte", "source"]

    version = models.ForeignKey(
        VersionCartographie, models.CASCADE, related_name="controverses", verbose_name="version"
    )
    controverse = models.ForeignKey(
        Controverse, models.PROTECT, related_name="figees", verbose_name="controverse"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    theme = models.CharField("thème", max_length=120)
    pole_a = models.CharField("premier pôle", max_length=160)
    pole_b = models.CharField("second pôle", max_length=160)
    texte = models.TextField("texte", blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("theme", "pole_a", "pole_b", "texte"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = FigeQuerySet.as_manager()

    class Meta:
        verbose_name = "controverse publiée"
        verbose_name_plural = "controverses publiées"
        ordering = ["version", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "controverse"], name="reflexes_controverse_figee_unique"
            ),
        ]
        indexes = [GinIndex(fields=["recherche"], name="reflexes_controverse_recherche")]

    def __str__(self) -> str:
        return f"{self.numero}. {self.theme}"

    def get_absolute_url(self) -> str:
        return reverse(
            "reflexes:controverse", args=[self.controverse.enquete.cle, self.controverse.cle]
        )

    @property
    def terrains_ordonnes(self) -> "list[TerrainFige]":
        """Its terrains by number; no query when they were prefetched."""
        return sorted(self.terrains.all(), key=lambda terrain: terrain.ordre)


class TerrainFige(models.Model):
    """A terrain as one version says it."""

    version = models.ForeignKey(
        VersionCartographie, models.CASCADE, related_name="terrains", verbose_name="version"
    )
    controverse = models.ForeignKey(
        ControverseFigee, models.CASCADE, related_name="terrains", verbose_name="controverse"
    )
    terrain = models.ForeignKey(
        Terrain, models.PROTECT, related_name="figes", verbose_name="terrain"
    )
    numero = models.CharField("numéro", max_length=10)
    titre = models.CharField("titre", max_length=200)
    texte = models.TextField("texte", blank=True)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("titre", "texte"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = FigeQuerySet.as_manager()

    class Meta:
        verbose_name = "terrain publié"
        verbose_name_plural = "terrains publiés"
        ordering = ["version", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "terrain"], name="reflexes_terrain_fige_unique"
            ),
            models.UniqueConstraint(
                fields=["version", "numero"], name="reflexes_terrain_fige_numero"
            ),
        ]
        indexes = [GinIndex(fields=["recherche"], name="reflexes_terrain_recherche")]

    def __str__(self) -> str:
        return f"{self.numero} {self.titre}"

    def get_absolute_url(self) -> str:
        controverse = self.controverse.controverse
        return reverse("reflexes:terrain", args=[controverse.enquete.cle, self.terrain.cle])

    @property
    def ordre(self) -> tuple[int, ...]:
        """The number to sort by: 1.10 comes after 1.9."""
        return tuple(int(part) for part in re.findall(r"\d+", self.numero))
