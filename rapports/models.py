"""What has left the platform: one row an export, taken at once or prepared."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from comptes.models import Utilisateur
from config.jours import jour_de
from rappels import boite
from rapports.querysets import ExportFaitQuerySet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapports.exports import Export

VALIDITE = dt.timedelta(days=7)  # of a prepared file
BAIL = dt.timedelta(seconds=60)  # past that without a sign, its worker is dead
ESSAIS = 5


class ExportAbandonne(Exception):
    """It was cancelled, or another worker has it: whoever writes it stops."""


class ExportFait(models.Model):
    """Who took what, under which filter, in which format, when. Never erased; its prepared file is.

    ``lignes`` is written once the last row has left: empty, the download was interrupted.
    """

    class Format(models.TextChoices):
        """How it was written."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        ODS = "ods", "ODS"
        JSON = "json", "JSON"

    class Etat(models.TextChoices):
        """A small one is taken at once; a large one is prepared by a worker."""

        AUSSITOT = "aussitot", "Téléchargé aussitôt"
        ATTENTE = "attente", "En attente"
        EN_COURS = "en_cours", "En préparation"
        PRET = "pret", "Prêt"
        ANNULE = "annule", "Annulé"
        ECHOUE = "echoue", "Échoué"
        EXPIRE = "expire", "Expiré"

    reference = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    quoi = models.CharField("données", max_length=20)
    format = models.CharField("format", max_length=4, choices=Format.choices)
    filtre = models.JSONField("filtre", default=dict, blank=True)
    colonnes = ArrayField(
        models.CharField(max_length=80),
        verbose_name="colonnes",
        default=list,
        blank=True,
        help_text="Vide : toutes.",
    )
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="exports_faits",
        verbose_name="par",
    )
    fait_le = models.DateTimeField("fait le", default=timezone.now)
    lignes = models.PositiveIntegerField("lignes", null=True, blank=True)
    # --- Of a prepared one.
    etat = models.CharField(
        "état", max_length=10, choices=Etat.choices, default=Etat.AUSSITOT, editable=False
    )
    total = models.PositiveIntegerField("lignes prévues", null=True, editable=False)
    faites = models.PositiveIntegerField("lignes écrites", default=0, editable=False)
    essais = models.PositiveSmallIntegerField("essais", default=0, editable=False)
    bail = models.UUIDField(null=True, editable=False)
    bail_jusqua = models.DateTimeField(null=True, editable=False)
    pret_le = models.DateTimeField("prêt le", null=True, editable=False)
    taille = models.PositiveBigIntegerField("taille en octets", null=True, editable=False)

    objects = ExportFaitQuerySet.as_manager()

    class Meta:
        verbose_name = "export fait"
        verbose_name_plural = "exports faits"
        ordering = ["-fait_le", "-pk"]
        indexes = [
            models.Index(
                fields=["fait_le"],
                name="rapports_export_a_preparer",
                condition=models.Q(etat__in=["attente", "en_cours"]),
            ),
            models.Index(fields=["par", "-fait_le"], name="rapports_export_de"),
        ]

    def __str__(self) -> str:
        return f"{self.quoi}.{self.format} ({jour_de(self.fait_le):%d/%m/%Y})"

    def get_absolute_url(self) -> str:
        return reverse("rapports:suivi", args=[self.reference])

    @property
    def filtre_en_mots(self) -> str:
        """The filter as it stood in the address: "etat : evalue, q : crèche"."""
        return ", ".join(f"{nom} : {valeur}" for nom, valeur in self.filtre.items())

    @property
    def nom_du_fichier(self) -> str:
        """« tests-2026-11-21.csv »."""
        return f"{self.quoi}-{jour_de(self.fait_le):%Y-%m-%d}.{self.format}"

    @property
    def expire_le(self) -> dt.datetime | None:
        """When its file goes; None as long as there is none."""
        return self.pret_le + VALIDITE if self.pret_le else None

    @property
    def avancement(self) -> int:
        """Percent of its rows written."""
        return 100 * self.faites // self.total if self.total else 0

    @property
    def se_prepare(self) -> bool:
        """Whether one waits for it."""
        return self.etat in {self.Etat.ATTENTE, self.Etat.EN_COURS}

    def est_a_prendre(self, at: dt.datetime | None = None) -> bool:
        """Whether its file may be downloaded now."""
        expire_le = self.expire_le
        return (
            self.etat == self.Etat.PRET
            and expire_le is not None
            and (at or timezone.now()) < expire_le
        )

    # --- Taken at once.

    def terminer(self, lignes: int) -> None:
        """Record that every row has left. One query."""
        self.lignes = lignes
        self.save(update_fields=["lignes"])

    # --- Prepared.

    @classmethod
    @transaction.atomic
    def demander(
        cls,
        *,
        export: "Export",
        format: str,
        filtre: "Mapping[str, str]",
        colonnes: list[str],
        total: int,
        par: "Utilisateur",
        at: dt.datetime | None = None,
    ) -> "ExportFait":
        """Ask for a file; asked twice while it is being prepared, it is the same one."""
        demande = {
            "quoi": export.cle,
            "format": format,
            "filtre": dict(filtre),
            "colonnes": colonnes,
        }
        Utilisateur.objects.select_for_update().get(pk=par.pk)  # a double click waits here
        deja = cls.objects.filter(
            par=par, etat__in=[cls.Etat.ATTENTE, cls.Etat.EN_COURS], **demande
        )
        trouve: ExportFait | None = deja.first()
        if trouve is not None:
            return trouve
        fait: ExportFait = cls.objects.create(
            par=par, etat=cls.Etat.ATTENTE, total=total, fait_le=at or timezone.now(), **demande
        )
        fait._sonner()
        return fait

    def prendre(self, at: dt.datetime | None = None) -> bool:
        """Become the one worker that writes it, for a minute at a time; False when it is not to be written."""
        at = at or timezone.now()
        bail = uuid.uuid4()
        libres = models.Q(etat=self.Etat.ATTENTE) | models.Q(
            etat=self.Etat.EN_COURS, bail_jusqua__lt=at
        )
        pris = ExportFait.objects.filter(libres, pk=self.pk, essais__lt=ESSAIS).update(
            etat=self.Etat.EN_COURS, bail=bail, bail_jusqua=at + BAIL, essais=models.F("essais") + 1
        )
        self.refresh_from_db()
        return bool(pris)

    def avancer(self, faites: int, at: dt.datetime | None = None) -> None:
        """Say how far it is, and keep it a minute more. Raises ExportAbandonne. One query."""
        at = at or timezone.now()
        mien = ExportFait.objects.filter(pk=self.pk, etat=self.Etat.EN_COURS, bail=self.bail)
        if not mien.update(faites=faites, bail_jusqua=at + BAIL):
            raise ExportAbandonne
        self.faites = faites

    @transaction.atomic
    def achever(self, *, lignes: int, taille: int, at: dt.datetime | None = None) -> None:
        """The file is there, whole: tell whoever asked. Raises ExportAbandonne."""
        self.avancer(lignes, at)
        self.etat, self.pret_le = self.Etat.PRET, at or timezone.now()
        self.lignes, self.taille, self.total, self.bail = lignes, taille, lignes, None
        self.save(update_fields=["etat", "pret_le", "lignes", "taille", "total", "bail"])
        self._ecrire("export_pret")

    @transaction.atomic
    def echouer(self) -> None:
        """Give it up, and say so."""
        self.etat, self.bail = self.Etat.ECHOUE, None
        self.save(update_fields=["etat", "bail"])
        self._ecrire("export_echoue")

    def annuler(self) -> bool:
        """Stop what is being prepared: its worker notices at its next rows. Twice is once."""
        return self._si(self.Etat.ATTENTE, self.Etat.EN_COURS, vers=self.Etat.ANNULE)

    @transaction.atomic
    def relancer(self) -> bool:
        """Begin again what failed or was cancelled; what was already written is kept."""
        if not self._si(self.Etat.ECHOUE, self.Etat.ANNULE, vers=self.Etat.ATTENTE):
            return False
        ExportFait.objects.filter(pk=self.pk).update(essais=0)
        self._sonner()
        return True

    def expirer(self) -> None:
        """Its file is gone."""
        self._si(self.Etat.PRET, vers=self.Etat.EXPIRE)

    def _si(self, *de: str, vers: str) -> bool:
        change = ExportFait.objects.filter(pk=self.pk, etat__in=de).update(etat=vers, bail=None)
        self.refresh_from_db()
        return bool(change)

    def _sonner(self) -> None:
        """Ring at commit; without a broker, the next beat finds it."""
        from rapports.tasks import preparer

        transaction.on_commit(
            lambda: preparer.apply_async(args=[self.pk], retry=False), robust=True
        )

    def _ecrire(self, genre: str) -> None:
        if self.par is not None:
            boite.planifier(
                genre=genre,
                sujet=f"export:{self.pk}",
                destinataire=self.par.email,
                cle=f"{genre}:{self.pk}:{self.essais}:{self.fait_le:%Y%m%d%H%M%S}",
            )
