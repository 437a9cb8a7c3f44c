"""Whoever gives or asks in a dispositif, with or without an account. The only place of their coordinates."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from comptes.models import Organisation
from engagement.models.dispositif import Dispositif
from engagement.models.vie_personne import VieDeLaPersonne
from engagement.querysets import PersonneQuerySet

SEL = "engagement.personne"
SEL_ADRESSE = "engagement.adresse"


class Personne(VieDeLaPersonne):
    """A person or a structure as one dispositif knows them.

    Personal data: seen by themselves and the cellule of this dispositif, each view of their coordinates
    logged (ConsultationContact), anonymised ``dispositif.conservation`` months after the end.
    """

    class Statut(models.TextChoices):
        """In whose name they are here."""

        AGENT = "agent", "Agent·e"
        HABITANT = "habitant", "Habitant·e"
        ORGANISATION = "organisation", "Organisation"

    class Consentement(models.TextChoices):
        """How they said that we may keep their coordinates and write to them."""

        EN_LIGNE = "en_ligne", "En ligne, par la personne"
        TELEPHONE = "telephone", "Par téléphone"
        GUICHET = "guichet", "Au guichet"
        PAPIER = "papier", "Sur papier"

    dispositif = models.ForeignKey(
        Dispositif, models.PROTECT, related_name="personnes", verbose_name="dispositif"
    )
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="personnes",
        verbose_name="compte",
    )
    statut = models.CharField("statut", max_length=12, choices=Statut.choices)
    nom = models.CharField("prénom et nom, ou nom de la structure", max_length=120)
    fonction = models.CharField("fonction", max_length=120, blank=True)
    structure = models.CharField("service ou structure", max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation sur la plateforme",
    )
    email = models.EmailField("adresse e-mail", blank=True)
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    # Of an agent: who must agree to their going.
    manager_nom = models.CharField("manager : prénom et nom", max_length=120, blank=True)
    manager_email = models.EmailField("manager : adresse e-mail", blank=True)
    consentement = models.CharField("consentement", max_length=10, choices=Consentement.choices)
    consenti_le = models.DateTimeField("consentement donné le", default=timezone.now)
    recueilli_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="recueilli par",
    )
    # Without an account an address counts once its owner has opened the link we sent there.
    confirmee_le = models.DateTimeField("adresse confirmée le", null=True, blank=True)
    # The same address is the same person in every dispositif, for what may not overlap; no one reads it back.
    cle = models.BigIntegerField("clé", editable=False)
    derniere_sollicitation_le = models.DateTimeField(
        "sollicitée pour la dernière fois le", null=True, blank=True, editable=False
    )
    en_pause_depuis = models.DateTimeField("en pause depuis", null=True, blank=True)
    effacee_le = models.DateTimeField("effacée le", null=True, blank=True, editable=False)
    cree_le = models.DateTimeField("arrivée le", default=timezone.now, editable=False)

    objects = PersonneQuerySet.as_manager()

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        ordering = ["dispositif", "pk"]
        constraints = [
            models.UniqueConstraint(
                "dispositif",
                Lower("email"),
                condition=~models.Q(email=""),
                name="engagement_personne_unique",
                violation_error_message="Cette adresse est déjà connue dans ce dispositif.",
            ),
            models.CheckConstraint(
                condition=models.Q(effacee_le=None)
                | models.Q(email="", telephone="", manager_email="", manager_nom=""),
                name="engagement_personne_effacee",
            ),
        ]
        indexes = [
            models.Index(fields=["utilisateur"], name="engagement_personne_compte"),
            models.Index(fields=["cle"], name="engagement_personne_cle"),
        ]

    def __str__(self) -> str:
        return self.nom_montre

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.cle = cle_de(self.email)
        super().save(*args, **kwargs)

    @property
    def nom_montre(self) -> str:
        """Their name; what they were, once erased."""
        return self.nom or f"{self.get_statut_display()} (effacé·e)"

    @property
    def est_agent(self) -> bool:
        """Whether a manager of origin is concerned."""
        return self.statut == self.Statut.AGENT

    @property
    def joignable(self) -> bool:
        """Whether mails may leave to them: an address, and its owner has confirmed it (or holds an account)."""
        return bool(self.email) and bool(self.confirmee_le or self.utilisateur_id)

    @property
    def jeton(self) -> str:
        """The signed token of their personal page: always the same, so that one may keep it."""
        return signing.Signer(salt=SEL).sign_object(self.pk)

    @property
    def jeton_d_adresse(self) -> str:
        """What the mail that asks to confirm an address holds, and nobody else has."""
        return signing.dumps([self.pk, self.email], salt=SEL_ADRESSE)

    def est_jeton_d_adresse(self, jeton: str) -> bool:
        """Whether this came back from the address of today."""
        try:
            return bool(signing.loads(jeton, salt=SEL_ADRESSE) == [self.pk, self.email])
        except signing.BadSignature:
            return False

    @classmethod
    def de_jeton(cls, jeton: str, *, effacee: bool = False) -> "Personne | None":
        """The person of a link; None when the link was damaged, or the person erased (``effacee``: was not)."""
        try:
            pk = signing.Signer(salt=SEL).unsign_object(jeton)
        except (signing.BadSignature, ValueError):
            return None
        lues = cls.objects.select_related("dispositif__organisation")
        return lues.filter(pk=pk, effacee_le__isnull=not effacee).first()


def cle_de(email: str) -> int:
    """62 bits: always the same for an address, drawn when there is none (nobody else can be that person)."""
    if not email.strip():
        return secrets.randbits(62)
    resume = hashlib.blake2b(
        email.strip().lower().encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=8
    )
    return int.from_bytes(resume.digest(), "big") >> 2


class Absence(models.Model):
    """Days on which a person is not asked."""

    personne = models.ForeignKey(
        Personne, models.CASCADE, related_name="absences", verbose_name="personne"
    )
    debut = models.DateField("du")
    fin = models.DateField("au")

    class Meta:
        verbose_name = "absence"
        verbose_name_plural = "absences"
        ordering = ["personne", "debut"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__gte=models.F("debut")),
                name="engagement_absence_periode",
                violation_error_message="La fin de l'absence vient après son début.",
            )
        ]

    def __str__(self) -> str:
        return f"du {self.debut:%d/%m/%Y} au {self.fin:%d/%m/%Y}"


class ConsultationContact(models.Model):
    """Somebody of the cellule saw somebody's coordinates. Never changed; goes with the person."""

    personne = models.ForeignKey(
        Personne, models.CASCADE, related_name="consultations", verbose_name="personne"
    )
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    page = models.CharField("où", max_length=80)
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "consultation de coordonnées"
        verbose_name_plural = "consultations de coordonnées"
        ordering = ["-le", "-pk"]
        indexes = [models.Index(fields=["personne", "-le"], name="engagement_consultation")]

    def __str__(self) -> str:
        return f"{self.personne_id} vue le {self.le:%d/%m/%Y}"
