"""Calendar feeds by a secret address that its owner may revoke."""

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse

from comptes.models import Utilisateur
from comptes.refus import DecisionImpossible
from config.jetons import nouveau_jeton
from tests_programme.models.programme import Programme
from tests_programme.models.test import Test

# More than anybody follows; a calendar program would not cope either.
PAR_PERSONNE = 50


class FluxAgenda(models.Model):
    """One feed of one person: all that is theirs, or one test, or one programme.

    What it shows is asked for its owner at each reading: a right lost is a feed emptied.
    """

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="flux_agenda",
        verbose_name="à",
    )
    test = models.ForeignKey(
        Test, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="test"
    )
    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="programme"
    )
    jeton = models.CharField(max_length=64, unique=True, default=nouveau_jeton, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    class Meta:
        verbose_name = "agenda abonné"
        verbose_name_plural = "agendas abonnés"
        ordering = ["utilisateur", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(test__isnull=True) | models.Q(programme__isnull=True),
                name="tests_programme_flux_un_objet",
            ),
            models.UniqueConstraint(
                fields=["utilisateur", "test", "programme"],
                nulls_distinct=False,
                name="tests_programme_flux_unique",
            ),
        ]

    def __str__(self) -> str:
        return str(self.test or self.programme or "Tous mes rendez-vous")

    def get_absolute_url(self) -> str:
        return reverse("tests_programme:flux_agenda", args=[self.jeton])

    @classmethod
    @transaction.atomic
    def ouvrir(
        cls,
        *,
        par: Utilisateur,
        test: Test | None = None,
        programme: Programme | None = None,
    ) -> "FluxAgenda":
        """Make the address of a feed, or find the one that is there. Raises DecisionImpossible.

        ``test`` is one the person may see: whoever asks has checked it.
        """
        Utilisateur.objects.select_for_update().get(pk=par.pk)
        siens = cls.objects.filter(utilisateur=par)
        if siens.filter(test=test, programme=programme).exists():
            return siens.get(test=test, programme=programme)
        if siens.count() >= PAR_PERSONNE:
            raise DecisionImpossible(
                f"Vous avez déjà {PAR_PERSONNE} adresses : coupez-en une avant d'en créer une autre."
            )
        return cls.objects.create(utilisateur=par, test=test, programme=programme)
