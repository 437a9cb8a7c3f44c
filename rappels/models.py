"""The outbox: one row a message, written in the transaction that causes it."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from rappels.querysets import MessageQuerySet
from rappels.registre import libelle_de


class Message(models.Model):
    """A message to one person. Its words are written when it leaves, from the state of that moment.

    ``prevu_le`` is the promise and never moves by itself; ``reporte_au`` is the next try after a failure.
    Personal data (the address): kept with the row as proof of sending, erased 12 months after it left.
    """

    class Etat(models.TextChoices):
        """Life of a message; assigned by rappels.boite and rappels.envoi only."""

        PREVU = "prevu", "Prévu"
        EN_ENVOI = "en_envoi", "En envoi"
        ENVOYE = "envoye", "Envoyé"
        ANNULE = "annule", "Annulé"
        ECHOUE = "echoue", "Échoué"
        RASSEMBLE = "rassemble", "Dans un récapitulatif"

    # Room for the longest address (254) beside kind, subject and day.
    cle = models.CharField("clé unique", max_length=400, unique=True)
    genre = models.CharField("genre", max_length=60)
    sujet = models.CharField("sujet", max_length=80)  # what it is about: "test:12"
    destinataire = models.EmailField("adresse", blank=True)
    prevu_le = models.DateTimeField("prévu le")
    donnees = models.JSONField("données", default=dict, blank=True)
    reporte_au = models.DateTimeField("reporté au", null=True, blank=True)
    a_partir_de = models.GeneratedField(
        # The later of the two; PostgreSQL leaves a null aside.
        expression=Greatest("reporte_au", "prevu_le"),
        output_field=models.DateTimeField(),
        db_persist=True,
        verbose_name="ne part pas avant",
    )
    etat = models.CharField("état", max_length=10, choices=Etat.choices, default=Etat.PREVU)
    tentatives = models.PositiveSmallIntegerField("tentatives", default=0)
    premier_essai_le = models.DateTimeField("premier essai le", null=True, blank=True)
    bail = models.UUIDField("bail", null=True, blank=True)  # who holds it now
    bail_jusqua = models.DateTimeField("bail jusqu'à", null=True, blank=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    derniere_erreur = models.TextField("dernière erreur", blank=True)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    # The digest that brings it, when its recipient wants digests; it then never leaves alone.
    recapitulatif = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        db_index=False,  # the partial one below
        related_name="rassembles",
        verbose_name="récapitulatif",
    )

    objects = MessageQuerySet.as_manager()

    # What a digest brings (pk), known once it is written: they leave when it leaves.
    avec: tuple[int, ...] = ()

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        indexes = [
            models.Index(
                fields=["a_partir_de", "id"], name="rappels_dus", condition=Q(etat="prevu")
            ),
            models.Index(fields=["bail_jusqua"], name="rappels_baux", condition=Q(etat="en_envoi")),
            models.Index(fields=["sujet", "genre"], name="rappels_sujet"),
            models.Index(
                fields=["recapitulatif"],
                name="rappels_rassembles",
                condition=Q(recapitulatif__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.cle

    @property
    def numero(self) -> int:
        """The number of what it is about: 12 for « test:12 »."""
        return int(self.sujet.rpartition(":")[2])

    @property
    def genre_en_mots(self) -> str:
        """Its kind as people call it."""
        return libelle_de(self.genre)

    def retard(self, at: dt.datetime | None = None) -> dt.timedelta:
        """How long past its promised instant it still waits at ``at`` (now when None); never negative."""
        return max((at or timezone.now()) - self.prevu_le, dt.timedelta(0))


class Preference(models.Model):
    """How often an address wants to be written to. No row: at once.

    Kept by address, since people without an account are written to as well. Personal data: erased when
    the address neither has an account nor stands in any message (comptes.tasks).
    """

    class Rythme(models.TextChoices):
        """What can be refused follows it; what a person must know does not."""

        IMMEDIAT = "immediat", "Un message à chaque fois"
        QUOTIDIEN = "quotidien", "Un récapitulatif par jour"
        HEBDOMADAIRE = "hebdomadaire", "Un récapitulatif par semaine"
        AUCUN = "aucun", "Seulement l'indispensable"

    adresse = models.EmailField("adresse", unique=True)  # in lower case
    rythme = models.CharField("rythme", max_length=12, choices=Rythme.choices)
    modifiee_le = models.DateTimeField("choisi le", auto_now=True)

    class Meta:
        verbose_name = "choix de réception"
        verbose_name_plural = "choix de réception"

    def __str__(self) -> str:
        return self.adresse


class Battement(models.Model):
    """The last time the beat's bell was heard by a worker; one row a bell. Read by /sante/."""

    nom = models.CharField("nom", max_length=40, primary_key=True)
    le = models.DateTimeField("entendu le")

    class Meta:
        verbose_name = "battement"
        verbose_name_plural = "battements"

    def __str__(self) -> str:
        return self.nom
