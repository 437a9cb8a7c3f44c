"""The people a test touches and their explicit agreement (TOPOGUIDE, fiche outil, rule 5)."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from rappels import boite
from tests_programme import relances
from tests_programme.accords import ReponseRefusee, obstacle_a_la_reponse
from tests_programme.manques import Manque, TransitionRefusee
from tests_programme.models.test import Test
from tests_programme.perms import peut_modifier
from tests_programme.reponses import dire_la_reponse

if TYPE_CHECKING:
    from comptes.models import Utilisateur

SEL = "tests_programme.accord"


class PartiePrenante(models.Model):
    """Somebody a test touches. Personal data (name, address): for the accord, seen by the team alone."""

    class Role(models.TextChoices):
        """DOMAIN, "partie prenante"."""

        PORTEUR = "porteur", "Porteur·euse"
        EQUIPE = "equipe", "Équipe testeuse"
        MANAGER = "manager", "Manager"
        USAGER = "usager", "Usager·ère"
        DIRECTION = "direction", "Direction"
        PARRAIN = "parrain", "Parrain ou marraine"

    test = models.ForeignKey(Test, models.CASCADE, related_name="parties", verbose_name="test")
    role = models.CharField("rôle", max_length=12, choices=Role.choices)
    fonction = models.CharField(
        "fonction", max_length=160, help_text="Publique : « directrice de la crèche »."
    )
    nom = models.CharField("prénom et nom", max_length=120, blank=True)
    # Empty once erased (tests_programme/effacement.py); asked for as long as an accord is.
    email = models.EmailField("adresse e-mail")

    class Meta:
        verbose_name = "partie prenante"
        verbose_name_plural = "parties prenantes"
        ordering = ["test", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "email"],
                condition=~models.Q(email=""),
                name="tests_programme_partie_unique",
                violation_error_message="Cette adresse est déjà dans la liste des personnes concernées.",
            )
        ]

    def __str__(self) -> str:
        return self.fonction


class Accord(models.Model):
    """A question put to one party on one exact text, and their answer."""

    class Objet(models.TextChoices):
        """What is agreed to."""

        DEMARRAGE = "demarrage", "Démarrage"
        PROLONGATION = "prolongation", "Prolongation"

    class Etat(models.TextChoices):
        """Their answer so far."""

        DEMANDE = "demande", "Attendu"
        DONNE = "donne", "Donné"
        REFUSE = "refuse", "Refusé"
        RETIRE = "retire", "Retiré"
        CADUC = "caduc", "Caduc : le texte a changé"

    partie = models.ForeignKey(
        PartiePrenante, models.CASCADE, related_name="accords", verbose_name="partie prenante"
    )
    objet = models.CharField("objet", max_length=14, choices=Objet.choices)
    etat = models.CharField("état", max_length=10, choices=Etat.choices, default=Etat.DEMANDE)
    texte = models.TextField("texte présenté")
    empreinte = models.CharField("empreinte du texte", max_length=64)
    demande_le = models.DateTimeField("demandé le", default=timezone.now)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    motif = models.TextField("motif", blank=True, max_length=LONGUEUR_TEXTE)

    class Meta:
        verbose_name = "accord"
        verbose_name_plural = "accords"
        ordering = ["partie", "-demande_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partie", "objet", "empreinte"], name="tests_programme_accord_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partie} : {self.get_etat_display()}"

    @property
    def jeton(self) -> str:
        """The signed token of the personal link."""
        return signing.dumps(self.pk, salt=SEL)

    @property
    def attend_une_reponse(self) -> bool:
        """Whether the person has been asked and has not answered."""
        return self.etat == self.Etat.DEMANDE

    def donner(self, *, at: dt.datetime | None = None) -> None:
        """Record a yes, also after a no: people change their minds. Raises ReponseRefusee."""
        self._repondre(
            {self.Etat.DEMANDE, self.Etat.REFUSE, self.Etat.RETIRE}, self.Etat.DONNE, "", at
        )

    def refuser(self, *, motif: str = "", at: dt.datetime | None = None) -> None:
        """Record a no, with a reason if the person gives one. Raises ReponseRefusee."""
        self._repondre({self.Etat.DEMANDE}, self.Etat.REFUSE, motif, at)

    def retirer(self, *, motif: str = "", at: dt.datetime | None = None) -> None:
        """Record a change of mind. It stops nothing by itself; the team sees it at once.

        Raises ReponseRefusee.
        """
        self._repondre({self.Etat.DONNE}, self.Etat.RETIRE, motif, at)

    @transaction.atomic
    def renvoyer(self, *, par: "Utilisateur", at: dt.datetime | None = None) -> None:
        """Send the asking once more. Raises PermissionDenied; TransitionRefusee when it is not waited for,
        or was sent just before.
        """
        at = at or timezone.now()
        Test.objects.select_for_update(of=("self",)).get(parties__accords=self.pk)
        self.refresh_from_db()
        if not peut_modifier(par, self.partie.test):
            raise PermissionDenied
        if not self.attend_une_reponse:
            raise TransitionRefusee("demander", [Manque("Cette personne a déjà répondu.")])
        if obstacle_a_la_reponse(self, at=at):
            raise TransitionRefusee(
                "demander",
                [Manque("Le texte a changé ou n'est plus à accorder : redemandez les accords.")],
            )
        relances.renvoyer(self, at)

    @transaction.atomic
    def _repondre(self, de: set[str], vers: str, motif: str, at: dt.datetime | None) -> None:
        # The test first: it must not start while an answer changes.
        Test.objects.select_for_update(of=("self",)).get(parties__accords=self.pk)
        self.refresh_from_db()
        if vers == self.etat:
            return  # a second click says the same thing
        retrait = vers == self.Etat.RETIRE
        if obstacle := obstacle_a_la_reponse(self, retrait=retrait, at=at):
            raise ReponseRefusee(obstacle)
        if self.etat not in de:
            raise ReponseRefusee("Cette réponse n'est plus possible : vous avez déjà répondu.")
        self.etat = vers
        self.motif = motif.strip()
        self.repondu_le = at or timezone.now()
        self.save(update_fields=["etat", "motif", "repondu_le"])
        boite.annuler(sujet=f"accord:{self.pk}")
        dire_la_reponse(self)
