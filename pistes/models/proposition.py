"""What people propose on a piste; each ends accepted, or refused with a reason they can read.

ENSEMBLE, its recurring demand: what agents express ends in a decision, or is officially rejected.
"""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from comptes.models import Utilisateur
from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE
from pistes import annonces
from pistes.models.piste import Piste
from pistes.perms import peut_publier
from pistes.querysets_propositions import PropositionQuerySet
from pistes.transitions import TransitionRefusee

# By one person, in 24 hours: enough for who reads the whole catalogue, too few for a flood.
PAR_JOUR = 10


class Proposition(models.Model):
    """One proposal of somebody signed in."""

    class Type(models.TextChoices):
        """What is proposed."""

        INSPIRATION = "inspiration", "Une inspiration"
        CORRECTION = "correction", "Une correction"
        RETOUR = "retour", "Un retour d'expérience"

    class Etat(models.TextChoices):
        """Where it stands."""

        ATTEND = "attend", "Attend une réponse"
        ACCEPTEE = "acceptee", "Acceptée"
        REFUSEE = "refusee", "Refusée"

    piste = models.ForeignKey(
        Piste, models.CASCADE, related_name="propositions", verbose_name="piste"
    )
    type = models.CharField("ce que vous proposez", max_length=12, choices=Type.choices)
    texte = models.TextField("votre proposition", max_length=LONGUEUR_TEXTE)
    lieu = models.CharField("où", max_length=120, blank=True)
    lien = models.URLField("lien", max_length=500, blank=True)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="propositions",
        editable=False,
        verbose_name="de",
    )
    etat = models.CharField(
        "état", max_length=10, choices=Etat.choices, default=Etat.ATTEND, editable=False
    )
    deposee_le = models.DateTimeField("déposée le", default=timezone.now, editable=False)
    reponse = models.TextField("réponse", blank=True, editable=False, max_length=LONGUEUR_TEXTE)
    traitee_le = models.DateTimeField("traitée le", null=True, blank=True, editable=False)
    traitee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="par",
    )

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        ordering = ["deposee_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(etat="refusee") | ~models.Q(reponse=""),
                name="pistes_proposition_refus_motive",
                violation_error_message="Dites à la personne pourquoi sa proposition est refusée.",
            )
        ]
        indexes = [
            models.Index(
                fields=["deposee_le", "id"],
                name="pistes_proposition_attend",
                condition=models.Q(etat="attend"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} : {self.texte[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("pistes:proposition", args=[self.pk])

    @property
    def titre_de_la_piste(self) -> str:
        """Its public title. No query after ``pour_liste``."""
        return getattr(self, "titre_public", None) or str(self.piste)

    def attente_en_jours(self) -> int:
        """Since how many days (Europe/Paris) it waits for an answer; 0 for today."""
        return (jour_de() - jour_de(self.deposee_le)).days

    @classmethod
    @transaction.atomic
    def deposer(
        cls,
        *,
        par: Utilisateur,
        piste: Piste,
        type: str,
        texte: str,
        lieu: str = "",
        lien: str = "",
        at: dt.datetime | None = None,
    ) -> "Proposition":
        """A new proposal, told to the curateur·rices. The same one, sent twice, is one.

        Raises TransitionRefusee past ``PAR_JOUR``.
        """
        at = at or timezone.now()
        Utilisateur.objects.select_for_update(no_key=True).get(pk=par.pk)
        siennes = cls._default_manager.filter(auteur=par)
        deja: Proposition | None = siennes.filter(
            piste=piste, type=type, texte=texte, etat=cls.Etat.ATTEND
        ).first()
        if deja is not None:
            return deja
        if siennes.filter(deposee_le__gt=at - dt.timedelta(days=1)).count() >= PAR_JOUR:
            obstacle = (
                f"Vous avez déjà déposé {PAR_JOUR} propositions en 24 heures : gardez votre texte, "
                "et déposez-le demain."
            )
            raise TransitionRefusee("deposer", [obstacle])
        proposition: Proposition = cls._default_manager.create(
            auteur=par, piste=piste, type=type, texte=texte, lieu=lieu, lien=lien, deposee_le=at
        )
        annonces.annoncer_le_depot(proposition)
        return proposition

    @transaction.atomic
    def accepter(
        self, *, par: Utilisateur, reponse: str = "", at: dt.datetime | None = None
    ) -> bool:
        """Say yes, with a word or none; False when it was said already. Raises TransitionRefusee."""
        return self._decider(self.Etat.ACCEPTEE, par, reponse, at)

    @transaction.atomic
    def refuser(self, *, par: Utilisateur, reponse: str, at: dt.datetime | None = None) -> bool:
        """Say no, with the reason the person will read; False when it was said already."""
        return self._decider(self.Etat.REFUSEE, par, reponse, at)

    def _decider(self, etat: str, par: Utilisateur, reponse: str, at: dt.datetime | None) -> bool:
        if not peut_publier(par):
            raise PermissionDenied
        type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db(fields=["etat", "traitee_par", "auteur"])
        if self.etat == etat:
            return False
        obstacles = []
        if self.etat != self.Etat.ATTEND:
            obstacles.append(
                f"Cette proposition a déjà sa réponse : « {self.get_etat_display()} », "
                f"par {self.traitee_par or 'une personne dont le compte est supprimé'}."
            )
        if etat == self.Etat.REFUSEE and not reponse.strip():
            obstacles.append("Dites à la personne pourquoi sa proposition est refusée.")
        if obstacles:
            raise TransitionRefusee("repondre", obstacles)
        self.etat, self.reponse = etat, reponse.strip()
        self.traitee_le, self.traitee_par = at or timezone.now(), par
        self.save(update_fields=["etat", "reponse", "traitee_le", "traitee_par"])
        annonces.annoncer_la_reponse(self)
        return True
