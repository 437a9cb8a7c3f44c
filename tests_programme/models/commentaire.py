"""What the people of a programme say of it, or of one of its tests."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.refus import DecisionImpossible
from config.saisie import LONGUEUR_TEXTE
from rappels import boite
from tests_programme.destinataires import porteurs
from tests_programme.models.programme import Programme
from tests_programme.models.test import Test
from tests_programme.perms import peut_animer_programme, peut_commenter
from tests_programme.querysets_miroir import CommentaireQuerySet
from tests_programme.signatures import signature_de

if TYPE_CHECKING:
    from comptes.models import Utilisateur

# The same words from the same person within that time: a second click.
ECHO = dt.timedelta(minutes=10)
# A person's comments on one programme in an hour: beyond, it is no longer a conversation.
PAR_HEURE = 20
HEURE = dt.timedelta(hours=1)


class Commentaire(models.Model):
    """What a reader of the groupe miroir, or somebody of the programme, says of it or of one test."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="commentaires", verbose_name="programme"
    )
    test = models.ForeignKey(
        Test,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="commentaires",
        verbose_name="test",
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="de",
    )
    signature = models.CharField("signé", max_length=160, editable=False)
    texte = models.TextField("commentaire", max_length=LONGUEUR_TEXTE)
    le = models.DateTimeField("le", default=timezone.now, editable=False)

    objects = CommentaireQuerySet.as_manager()

    class Meta:
        verbose_name = "commentaire"
        verbose_name_plural = "commentaires"
        ordering = ["-le", "-pk"]
        indexes = [
            models.Index(fields=["programme", "-le", "-id"], name="tests_commentaire_recents")
        ]

    def __str__(self) -> str:
        return self.texte[:80]

    @classmethod
    @transaction.atomic
    def ecrire(
        cls,
        *,
        programme: Programme,
        test: Test | None,
        texte: str,
        par: "Utilisateur",
        at: dt.datetime | None = None,
    ) -> "Commentaire":
        """Say something; those it is for are told by mail. Said twice in a row, it is said once.

        ``test`` is one the person may see. Raises PermissionDenied, DecisionImpossible (too many).
        """
        at = at or timezone.now()
        Programme.objects.select_for_update().get(pk=programme.pk)
        if not peut_commenter(par, programme):
            raise PermissionDenied
        if test is not None and test.programme_id != programme.pk:
            raise PermissionDenied
        siens = cls.objects.filter(programme=programme, auteur=par, le__gt=at - HEURE)
        deja: Commentaire | None = siens.filter(test=test, texte=texte, le__gt=at - ECHO).first()
        if deja is not None:
            return deja
        if siens.count() >= PAR_HEURE:
            raise DecisionImpossible(
                f"Vous avez écrit {PAR_HEURE} commentaires en une heure. Reprenez un peu plus tard."
            )
        commentaire = cls.objects.create(
            programme=programme,
            test=test,
            auteur=par,
            signature=signature_de(par, programme),
            texte=texte,
            le=at,
        )
        commentaire._prevenir(sauf=par.email.lower())
        return commentaire

    def peut_retirer(self, user: "Utilisateur") -> bool:
        """Its author, and who animates the programme. One query at most."""
        if user.is_active and self.auteur_id == user.pk:
            return True
        return bool(peut_animer_programme(user, self.programme))

    @transaction.atomic
    def retirer(self, *, par: "Utilisateur") -> None:
        """Take it off the page, with the mails that have not left. Raises PermissionDenied."""
        if not self.peut_retirer(par):
            raise PermissionDenied
        boite.annuler(sujet=f"commentaire:{self.pk}")
        self.delete()

    def destinataires(self) -> list[str]:
        """Who is told: those who bear the test, or those who animate the programme."""
        if self.test is not None:
            return porteurs(self.test)
        actifs = self.programme.animateurs.filter(is_active=True)
        return sorted({email.lower() for email in actifs.values_list("email", flat=True)})

    def _prevenir(self, *, sauf: str) -> None:
        for adresse in self.destinataires():
            if adresse != sauf:
                boite.planifier(
                    genre="commentaire",
                    sujet=f"commentaire:{self.pk}",
                    destinataire=adresse,
                    cle=f"commentaire:{self.pk}:{adresse}",
                )
