"""The dated sessions of a programme, and their documents."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from reflexes.models import Livrable
from tests_programme.models.programme import Programme
from tests_programme.perms import peut_animer_programme

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from config.fichiers import FichierPret


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

    def get_absolute_url(self) -> str:
        return reverse("tests_programme:seance", args=[self.programme.cle, self.rang])

    @classmethod
    @transaction.atomic
    def ajouter(cls, *, programme: Programme, par: "Utilisateur", **champs: Any) -> "Seance":
        """The next session of a programme. Raises PermissionDenied.

        The one that already has this title on this day, when there is one: a second click is the same wish.
        """
        Programme.objects.select_for_update().get(pk=programme.pk)
        if not peut_animer_programme(par, programme):
            raise PermissionDenied
        deja = cls.objects.filter(
            programme=programme, titre=champs["titre"], debut=champs.get("debut"), annulee_le=None
        ).first()
        if deja is not None:
            return deja
        dernier = programme.seances.aggregate(dernier=models.Max("rang"))["dernier"] or 0
        return cls.objects.create(programme=programme, rang=dernier + 1, **champs)

    def annuler(self, *, par: "Utilisateur", at: dt.datetime | None = None) -> None:
        """Call it off, for the page and the calendars. Again changes nothing. Raises PermissionDenied."""
        self._dater_annulation(par, at or timezone.now())

    def retablir(self, *, par: "Utilisateur") -> None:
        """It takes place after all. Raises PermissionDenied."""
        self._dater_annulation(par, None)

    @transaction.atomic
    def _dater_annulation(self, par: "Utilisateur", le: dt.datetime | None) -> None:
        if not peut_animer_programme(par, self.programme):
            raise PermissionDenied
        seance = Seance.objects.select_for_update().get(pk=self.pk)
        if (seance.annulee_le is None) == (le is None):
            return
        self.annulee_le = le
        self.save(update_fields=["annulee_le", "modifie_le"])


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

    @classmethod
    def ajouter(
        cls, *, seance: Seance, fichier: "FichierPret", par: "Utilisateur"
    ) -> "DocumentSeance":
        """Keep a file that was looked at. Raises PermissionDenied."""
        if not peut_animer_programme(par, seance.programme):
            raise PermissionDenied
        return cls.objects.create(
            seance=seance,
            fichier=fichier.contenu,
            nom=fichier.nom,
            type_mime=fichier.type_mime,
            taille=fichier.taille,
        )

    @transaction.atomic
    def retirer(self, *, par: "Utilisateur") -> None:
        """Take it off; the file goes once that is certain. Raises PermissionDenied."""
        if not peut_animer_programme(par, self.seance.programme):
            raise PermissionDenied
        fichier = self.fichier
        self.delete()
        transaction.on_commit(lambda: fichier.delete(save=False))
