"""The outbox: one row a message, written in the transaction that causes it."""

from django.db import models
from django.db.models import Q

from rappels.querysets import MessageQuerySet


class Message(models.Model):
    """A message to one person. Its words are written when it leaves, from the state of that moment.

    Personal data (the address): kept with the row as proof of sending, erased 12 months after it left.
    """

    class Etat(models.TextChoices):
        """Life of a message; assigned by rappels.boite and rappels.envoi only."""

        PREVU = "prevu", "Prévu"
        EN_ENVOI = "en_envoi", "En envoi"
        ENVOYE = "envoye", "Envoyé"
        ANNULE = "annule", "Annulé"
        ECHOUE = "echoue", "Échoué"

    cle = models.CharField("clé unique", max_length=200, unique=True)
    genre = models.CharField("genre", max_length=60)
    sujet = models.CharField("sujet", max_length=80, help_text="What it is about, e.g. ‘test:12’.")
    destinataire = models.EmailField("adresse")
    prevu_le = models.DateTimeField("prévu le")
    donnees = models.JSONField("données", default=dict, blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat.choices, default=Etat.PREVU)
    tentatives = models.PositiveSmallIntegerField("tentatives", default=0)
    bail = models.UUIDField("bail", null=True, blank=True, help_text="Who holds it now.")
    bail_jusqua = models.DateTimeField("bail jusqu'à", null=True, blank=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    derniere_erreur = models.TextField("dernière erreur", blank=True)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        indexes = [
            models.Index(fields=["prevu_le", "id"], name="rappels_a_envoyer", condition=Q(etat="prevu")),
            models.Index(fields=["bail_jusqua"], name="rappels_baux", condition=Q(etat="en_envoi")),
            models.Index(fields=["sujet", "genre"], name="rappels_sujet"),
        ]

    def __str__(self) -> str:
        return self.cle


class Battement(models.Model):
    """The last time the beat's bell was heard by a worker; one row a bell. Read by /sante/."""

    nom = models.CharField("nom", max_length=40, primary_key=True)
    le = models.DateTimeField("entendu le")

    class Meta:
        verbose_name = "battement"
        verbose_name_plural = "battements"

    def __str__(self) -> str:
        return self.nom
