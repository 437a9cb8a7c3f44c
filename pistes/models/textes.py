"""What every edited text of the catalogue has in common: a state, an origin, an author, a date."""

from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.db import models, transaction

from config.saisie import LONGUEUR_EDITION
from pistes.models.vie import VieDuTexte
from pistes.querysets import EditionQuerySet


class Edition(VieDuTexte):
    """One complete text, numbered. Only a ``publie`` one is ever public, and there is at most one.

    Subclasses name their subject with ``SUJET`` (a foreign key) and hold one partial unique
    constraint on it. A published edition is never changed: a new text is a new edition, so history
    is the list. How its state changes is in ``VieDuTexte``.
    """

    SUJET: ClassVar[str] = ""
    journal: Any

    class Etat(models.TextChoices):
        """Editorial states (DESIGN: only ``publie`` is ever public)."""

        BROUILLON = "brouillon", "Brouillon"
        EN_RELECTURE = "en_relecture", "En relecture"
        PUBLIE = "publie", "Publié"
        ARCHIVE = "archive", "Archivé"

    class Origine(models.TextChoices):
        """Where the words come from."""

        CORPUS = "corpus", "Texte livré avec la plateforme"
        IMPORT = "import", "Document original importé"
        CURATION = "curation", "Curation"

    numero = models.PositiveIntegerField("numéro")
    etat = models.CharField(
        "état", max_length=12, choices=Etat.choices, default=Etat.BROUILLON, editable=False
    )
    origine = models.CharField("origine", max_length=12, choices=Origine.choices)
    empreinte = models.CharField(
        "empreinte du texte fourni",
        max_length=64,
        blank=True,
        editable=False,
        help_text="SHA-256 of what the loader or the importer wrote: "
        "the same text is not loaded twice.",
    )
    source = models.CharField("source", max_length=200, blank=True)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur·rice",
    )
    cree_le = models.DateTimeField("créée le", auto_now_add=True)
    remarque = models.TextField(
        "remarque de la relecture", blank=True, editable=False, max_length=LONGUEUR_EDITION
    )
    publie_le = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    publie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="publiée par",
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_draft_url(self) -> str:
        """Where it is read before it is public."""
        raise NotImplementedError

    def get_history_url(self) -> str:
        """Every text of its subject."""
        raise NotImplementedError

    @classmethod
    def suivante(cls, sujet: models.Model, **fields: object) -> Self:
        """Create a subject's next edition, as a draft. Locks the subject: numbers never collide."""
        with transaction.atomic():
            type(sujet)._default_manager.select_for_update().get(pk=sujet.pk)
            editions = cls._default_manager.filter(**{cls.SUJET: sujet})
            dernier = editions.aggregate(n=models.Max("numero"))["n"] or 0
            fields |= {cls.SUJET: sujet, "numero": dernier + 1}
            return cast(Self, cls._default_manager.create(**fields))
