"""What those who lived the test say of it (TOPOGUIDE, fiche outil, rule 4)."""

from django.db import models, transaction

from comptes.models import Utilisateur
from config.anonymat import ce_qui_designe
from config.saisie import LONGUEUR_TEXTE
from tests_programme.models.carnet import Note
from tests_programme.models.reponse import Etiquetable, PositionSurHypothese, Reponse
from tests_programme.models.test import Test
from tests_programme.querysets_voix import VoixQuerySet, divergence


class Voix(Etiquetable):
    """One voice, signed by a function, published with consent. It may disagree with the évaluation."""

    class Origine(models.TextChoices):
        """How it was heard."""

        ECRITE = "ecrite", "Rapportée par l'équipe"
        ENTRETIEN = "entretien", "Entretien"
        QUESTIONNAIRE = "questionnaire", "Questionnaire"
        JOURNAL = "journal", "Journal de bord"

    Position = PositionSurHypothese

    test = models.ForeignKey(Test, models.CASCADE, related_name="voix", verbose_name="test")
    origine = models.CharField(
        "recueillie par", max_length=14, choices=Origine.choices, default=Origine.ECRITE
    )
    fonction = models.CharField("signée par (une fonction)", max_length=160)
    texte = models.TextField("ses mots", max_length=LONGUEUR_TEXTE)
    position = models.CharField(
        "son avis sur l'hypothèse",
        max_length=10,
        choices=Position.choices,
        blank=True,
        default="",
    )
    consentement = models.BooleanField("la personne accepte d'être citée", default=False)
    recueillie_le = models.DateField("recueillie le", null=True, blank=True)
    reponse = models.OneToOneField(
        Reponse,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="voix",
        editable=False,
        verbose_name="réponse au questionnaire",
    )
    note = models.ForeignKey(
        Note,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="voix",
        editable=False,
        verbose_name="note du journal de bord",
    )

    objects = VoixQuerySet.as_manager()

    class Meta:
        verbose_name = "voix"
        verbose_name_plural = "voix"
        ordering = ["test", "pk"]

    def __str__(self) -> str:
        return f"{self.fonction} : {self.texte[:60]}"

    def divergence_avec(self, verdict: str) -> str:
        """What it does to a verdict, in words; empty when it does not disagree."""
        return divergence(verdict, self.position)

    @property
    def dit_de_l_hypothese(self) -> str:
        """Its position in words; empty without one."""
        return str(self.get_position_display()) if self.position else ""

    @property
    def a_relire(self) -> list[str]:
        """What in its words seems to tell who speaks, when they may be published."""
        return ce_qui_designe(f"{self.fonction}. {self.texte}") if self.consentement else []

    @transaction.atomic
    def retirer(self, *, par: Utilisateur | None, motif: str = "") -> None:
        """Take it out everywhere, for good, at any time; ``par`` None: its author, by their own link.

        The answer it came with, if any, keeps counting; the history says that a voice went, not its words.
        """
        libelle = "Voix retirée" if par else "Voix retirée par la personne qui l'avait donnée"
        self.test._noter("retirer_voix", libelle, par=par, motif=motif)
        self.delete()
