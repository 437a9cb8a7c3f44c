"""The journal de bord a team keeps while its test runs: dated notes.

Not to be confused with ``EntreeJournal``, the history the platform writes.
"""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import models, transaction

from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE
from reflexes.models import empreinte_de
from tests_programme.models.test import Test
from tests_programme.perms import peut_modifier
from tests_programme.querysets_carnet import NoteQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comptes.models import Utilisateur
    from tests_programme.models.piece import PieceJointe

# The need and the place are observed before the start; once the évaluation is out, the story is told.
ETATS_OUVERTS = {"preparation", "en_cours", "a_evaluer"}
CHAMPS_PARTAGES = ("le", "texte", "portee")


class CarnetFerme(Exception):
    """The test no longer takes notes."""


def carnet_ouvert(test: Test) -> bool:
    """Whether its team may write in its journal de bord. It is read for ever."""
    return not test.est_recit and test.etat_au() in ETATS_OUVERTS


class Note(models.Model):
    """One dated note, read by those its ``portee`` names."""

    class Portee(models.TextChoices):
        """Who may read it."""

        EQUIPE = "equipe", "Notre organisation"
        PROGRAMME = "programme", "Les organisations du programme"
        PUBLIC = "public", "Tout le monde"

    test = models.ForeignKey(Test, models.CASCADE, related_name="notes", verbose_name="test")
    le = models.DateField("date", default=jour_de)
    texte = models.TextField("ce qui s'est passé", max_length=LONGUEUR_TEXTE)
    portee = models.CharField(
        "qui peut la lire", max_length=10, choices=Portee.choices, default=Portee.EQUIPE
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="écrite par",
    )
    # Drawn where it is written: sent again after a lost connection, it makes no second note.
    envoi = models.UUIDField("envoi", default=uuid.uuid4, editable=False)
    ecrite_le = models.DateTimeField("écrite le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", auto_now=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "note du journal de bord"
        verbose_name_plural = "notes du journal de bord"
        ordering = ["-le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "envoi"],
                name="tests_programme_note_envoi_unique",
                violation_error_message="Cette note est déjà enregistrée.",
            )
        ]
        indexes = [models.Index(fields=["test", "-le", "-id"], name="tests_note_recentes")]

    def __str__(self) -> str:
        return f"{self.le:%d/%m/%Y} : {self.texte[:60]}"

    @property
    def modifiee(self) -> bool:
        """Whether somebody changed it after it was written."""
        return (self.modifiee_le - self.ecrite_le).total_seconds() > 1

    @property
    def documents(self) -> "list[PieceJointe]":
        """Its files that are no pictures, from what was prefetched."""
        return [piece for piece in self.pieces.all() if not piece.est_image]

    def version(self) -> str:
        """The fingerprint of what the database holds now. One query."""
        valeurs = Note.objects.filter(pk=self.pk).values_list(*CHAMPS_PARTAGES).first() or ()
        return empreinte_de([str(valeur) for valeur in valeurs])

    @transaction.atomic
    def ecrire(self, *, par: "Utilisateur") -> "Note":
        """Keep a new note; sent a second time, it is the note already kept.

        Raises PermissionDenied, CarnetFerme.
        """
        self._commencer(par)
        deja: Note | None = Note.objects.filter(test=self.test, envoi=self.envoi).first()
        if deja is not None:
            return deja
        self.auteur = par
        self.save()
        return self

    @transaction.atomic
    def corriger(self, *, par: "Utilisateur") -> None:
        """Keep what was changed. Raises PermissionDenied, CarnetFerme."""
        self._commencer(par)
        self.save(update_fields=[*CHAMPS_PARTAGES, "modifiee_le"])

    @transaction.atomic
    def retirer(self, *, par: "Utilisateur") -> bool:
        """Take the note off, with its voices, its pictures and its files; the history says so.

        Return whether an évaluation that quoted it was submitted: it no longer is.
        Raises PermissionDenied, CarnetFerme.
        """
        self._commencer(par)
        avec_voix = self.voix.exists()
        self.test._noter(
            "retirer_note", f"Note du {self.le:%d/%m/%Y} retirée du journal de bord", par=par
        )
        retirer_pieces(self.pieces.all())
        self.delete()
        return avec_voix and self.test.reprendre(par=par)

    def _commencer(self, par: "Utilisateur") -> None:
        """Lock the test: nobody publishes its évaluation while one writes."""
        self.test._verrouiller()
        if not peut_modifier(par, self.test):
            raise PermissionDenied
        if not carnet_ouvert(self.test):
            raise CarnetFerme


def retirer_pieces(pieces: "Iterable[PieceJointe]") -> None:
    """Forget pictures and files; they leave the disk once that is certain."""
    for piece in pieces:
        chemin = piece.fichier.name
        piece.delete()
        transaction.on_commit(lambda chemin=chemin: default_storage.delete(chemin), robust=True)  # type: ignore[misc]
