"""The thread between a team and those who animate its programme: it stays with the test."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.refus import DecisionImpossible
from config.saisie import LONGUEUR_TEXTE
from rappels import boite
from tests_programme.destinataires import animateurs, porteurs
from tests_programme.models.test import Test
from tests_programme.perms import peut_animer, peut_modifier
from tests_programme.querysets_entraide import EchangeQuerySet

if TYPE_CHECKING:
    from comptes.models import Utilisateur

# A person's messages in an hour, whatever the test: each one is a mail to several people.
PAR_HEURE = 20
HEURE = dt.timedelta(hours=1)
# A team may ask from its first draft; once the évaluation is out, the thread is read.
ETATS_OUVERTS = {"preparation", "en_cours", "a_evaluer"}


class EntraideFermee(Exception):
    """The thread of this test is over."""


def entraide_ouverte(test: Test) -> bool:
    """Whether the thread takes messages."""
    return not test.est_recit and test.etat_au() in ETATS_OUVERTS


class Echange(models.Model):
    """One message between a team and the animateur·rices of its programme; the thread stays."""

    test = models.ForeignKey(Test, models.CASCADE, related_name="echanges", verbose_name="test")
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="de",
    )
    de_l_animation = models.BooleanField("de l'animation", default=False, editable=False)
    texte = models.TextField("message", max_length=LONGUEUR_TEXTE)
    le = models.DateTimeField("le", default=timezone.now, editable=False)

    objects = EchangeQuerySet.as_manager()

    class Meta:
        verbose_name = "échange avec l'animation"
        verbose_name_plural = "échanges avec l'animation"
        ordering = ["test", "le", "pk"]

    def __str__(self) -> str:
        return self.texte[:80]

    @classmethod
    @transaction.atomic
    def ecrire(
        cls, test: Test, *, par: "Utilisateur", texte: str, at: dt.datetime | None = None
    ) -> "Echange":
        """Add a message and tell the other side; the same words sent twice are one message.

        Who belongs to the team speaks for it, also when they animate the programme.
        Raises PermissionDenied, EntraideFermee, DecisionImpossible (too many).
        """
        at = at or timezone.now()
        test._verrouiller()
        membre = peut_modifier(par, test)
        if not (membre or peut_animer(par, test)):
            raise PermissionDenied
        if not entraide_ouverte(test):
            raise EntraideFermee
        dernier: Echange | None = test.echanges.order_by("-le", "-pk").first()
        if dernier is not None and (dernier.auteur_id, dernier.texte) == (par.pk, texte):
            return dernier
        if cls.objects.filter(auteur=par, le__gt=at - HEURE).count() >= PAR_HEURE:
            raise DecisionImpossible(
                f"Vous avez écrit {PAR_HEURE} messages en une heure. Reprenez un peu plus tard."
            )
        echange = test.echanges.create(auteur=par, de_l_animation=not membre, texte=texte, le=at)
        echange._prevenir()
        return echange

    @property
    def genre(self) -> str:
        """What kind of mail tells of it."""
        return "entraide_reponse" if self.de_l_animation else "entraide_question"

    def a_prevenir(self) -> list[str]:
        """Who is told: the other side, never its author. A question wakes who animates; an answer, who
        bears the test and those of the team who took part in the thread.
        """
        adresses = self._equipe() if self.de_l_animation else set(animateurs(self.test))
        return sorted(adresses - {self.auteur.email.lower() if self.auteur else ""})

    def _equipe(self) -> set[str]:
        membres = self.test.organisation.adhesions.actives().select_related("utilisateur")
        auteurs = self.test.echanges.filter(de_l_animation=False).values("auteur")
        du_fil = {a.utilisateur.email.lower() for a in membres.filter(utilisateur__in=auteurs)}
        return du_fil | set(porteurs(self.test))

    def _prevenir(self) -> None:
        for adresse in self.a_prevenir():
            boite.planifier(
                genre=self.genre,
                sujet=f"echange:{self.pk}",
                destinataire=adresse,
                cle=f"{self.genre}:echange:{self.pk}:{adresse}",
                donnees={"lieu": self.test.organisation.lieu},
            )
