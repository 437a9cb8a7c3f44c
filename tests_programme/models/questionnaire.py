"""The questionnaire of a test: open by a link or a QR code, without an account, under two minutes."""

import datetime as dt
import secrets

from django.db import models, transaction
from django.urls import reverse

from comptes.models import Utilisateur
from config.jours import jour_de
from reflexes.models import empreinte_de
from tests_programme.duree_questionnaire import QUESTIONS_MAXIMUM, secondes
from tests_programme.jeux import Jeu
from tests_programme.models.test import Test

# How long after the test people may still tell what they lived.
APRES_LE_TEST = dt.timedelta(days=14)
SANS_DATE = dt.timedelta(days=60)


def nouveau_jeton() -> str:
    """What the public address holds: short enough for a QR code read on a wall, impossible to guess."""
    return secrets.token_urlsafe(12)


class QuestionsFigees(Exception):
    """Somebody has answered: the questions no longer change."""


class Questionnaire(models.Model):
    """One a test. It takes answers from ``ouvert_le`` to ``ferme_le``, both Paris days included."""

    test = models.OneToOneField(
        Test, models.CASCADE, related_name="questionnaire", verbose_name="test"
    )
    jeton = models.CharField(
        "jeton", max_length=32, unique=True, default=nouveau_jeton, editable=False
    )
    introduction = models.TextField("mot d'accueil", blank=True, max_length=1000)
    ouvert_le = models.DateField("ouvert à partir du", default=jour_de)
    ferme_le = models.DateField("ouvert jusqu'au")
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    class Meta:
        verbose_name = "questionnaire"
        verbose_name_plural = "questionnaires"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ferme_le__gte=models.F("ouvert_le")),
                name="tests_programme_questionnaire_dates",
                violation_error_message="Le questionnaire ferme avant d'avoir ouvert : changez une date.",
            )
        ]

    def __str__(self) -> str:
        return f"Questionnaire de {self.test}"

    def get_absolute_url(self) -> str:
        return reverse("tests_programme:repondre", args=[self.jeton])

    @classmethod
    @transaction.atomic
    def preparer(cls, test: Test, *, par: Utilisateur, jeu: Jeu | None = None) -> "Questionnaire":
        """The questionnaire of a test, made when there is none, with the questions of a ready-made set.

        Those it already asks, or that no longer fit under two minutes, are left out; sent twice, it adds
        nothing. Raises QuestionsFigees once somebody has answered.
        """
        Test.objects.select_for_update(of=("self",)).get(pk=test.pk)
        fin = test.date_peremption
        ouvert = jour_de(test.demarre_le) if test.demarre_le else jour_de()
        ferme = max(jour_de(), fin + APRES_LE_TEST if fin else jour_de() + SANS_DATE)
        questionnaire, neuf = cls.objects.get_or_create(
            test=test, defaults={"ouvert_le": min(ouvert, ferme), "ferme_le": ferme}
        )
        if neuf:
            test._noter("questionnaire", "Questionnaire préparé", par=par)
        if jeu is not None:
            questionnaire.ajouter(jeu)
        return questionnaire

    @transaction.atomic
    def ajouter(self, jeu: Jeu) -> None:
        """Add the questions of a set. Raises QuestionsFigees."""
        self.verrouiller()
        posees = list(self.questions.all())
        for proposee in jeu.questions:
            if any(question.libelle == proposee.libelle for question in posees):
                continue
            types = [question.type for question in posees]
            if len(posees) == QUESTIONS_MAXIMUM or secondes([*types, proposee.type]) > 120:
                break
            posees.append(
                self.questions.create(
                    rang=len(posees) + 1,
                    type=proposee.type,
                    libelle=proposee.libelle,
                    choix=list(proposee.choix),
                )
            )

    def verrouiller(self) -> None:
        """Wait for answers on their way, let none in. Raises QuestionsFigees when one has come."""
        type(self).objects.select_for_update().get(pk=self.pk)
        if self.est_fige:
            raise QuestionsFigees

    @property
    def est_fige(self) -> bool:
        """Whether somebody has answered: its questions no longer change. One query."""
        return self.reponses.exists()

    def version(self) -> str:
        """The fingerprint of the questions one is asked: an answer goes to what was read. One query."""
        posees = self.questions.filter(masquee=False)
        return empreinte_de(list(posees.values_list("pk", "type", "libelle", "choix")))

    def obstacle(self, at: dt.datetime | None = None) -> str:
        """Why nobody can answer at that instant, in words; empty when it is open."""
        jour = jour_de(at)
        if self.test.etat == Test.Etat.ABANDONNE:
            return "Ce test n'aura pas lieu : l'équipe y a renoncé."
        if self.test.demarre_le is None:
            return "Ce test n'a pas encore commencé. Revenez quand il sera en cours."
        if self.test.etat == Test.Etat.EVALUE:
            return "Ce questionnaire est fermé : l'équipe a publié ce qu'elle a appris."
        if jour < self.ouvert_le:
            return f"Ce questionnaire ouvre le {self.ouvert_le:%d/%m/%Y}."
        if jour > self.ferme_le:
            return f"Ce questionnaire est fermé depuis le {self.ferme_le:%d/%m/%Y} au soir."
        return ""

    @property
    def est_ouvert(self) -> bool:
        """Whether one may answer now: the dates alone decide, no worker."""
        return not self.obstacle()

    @transaction.atomic
    def fermer(self, *, par: Utilisateur) -> bool:
        """Close it at once: its last day was yesterday. Return whether it was open."""
        courant = type(self).objects.select_for_update().get(pk=self.pk)
        hier = jour_de() - dt.timedelta(days=1)
        if courant.ferme_le <= hier:
            return False
        self.ferme_le, self.ouvert_le = hier, min(courant.ouvert_le, hier)
        self.save(update_fields=["ferme_le", "ouvert_le"])
        self.test._noter("questionnaire", "Questionnaire fermé", par=par)
        return True

    @transaction.atomic
    def renouveler(self, *, ancien: str, par: Utilisateur) -> bool:
        """Cut the link ``ancien``: posters that bear it lead nowhere. Return whether it was the link."""
        courant = type(self).objects.select_for_update().get(pk=self.pk)
        if courant.jeton != ancien:
            return False
        self.jeton = nouveau_jeton()
        self.save(update_fields=["jeton"])
        self.test._noter("questionnaire", "Lien du questionnaire renouvelé", par=par)
        return True
