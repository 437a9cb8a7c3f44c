"""The consent of each party to the exact text of the lettre de mission (DOMAIN: three consents)."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from engagement import annonces
from engagement.accords import manques_pour_commencer, obstacle_a_la_reponse
from engagement.models.relation import Cote, MiseEnRelation
from engagement.motifs import confier
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur

SEL = "engagement.accord"


class AccordQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Accords."""

    def avec_tout(self) -> Self:
        """With what their page, their mail and their letter read. One query."""
        return self.select_related(
            "mise_en_relation__dispositif__organisation",
            "mise_en_relation__besoin__demandeur",
            "mise_en_relation__besoin__territoire",
            "mise_en_relation__offre__territoire",
            "mise_en_relation__personne",
        )


class AccordMission(models.Model):
    """A question put to one party on one exact text, and their answer."""

    class Etat(models.TextChoices):
        """Their answer so far."""

        DEMANDE = "demande", "Attendu"
        DONNE = "donne", "Donné"
        REFUSE = "refuse", "Refusé"
        CADUC = "caduc", "Caduc : le texte a changé"

    mise_en_relation = models.ForeignKey(
        MiseEnRelation, models.CASCADE, related_name="accords", verbose_name="mise en relation"
    )
    cote = models.CharField("partie", max_length=10, choices=Cote.choices)
    email = models.EmailField("adresse e-mail", blank=True)
    nom = models.CharField("prénom et nom", max_length=120, blank=True)
    etat = models.CharField(
        "état", max_length=10, choices=Etat.choices, default=Etat.DEMANDE, editable=False
    )
    texte = models.TextField("texte")
    empreinte = models.CharField("empreinte", max_length=64)
    demande_le = models.DateTimeField("demandé le", default=timezone.now)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    # Told by phone or at a counter, by somebody without e-mail, and written down by the cellule.
    recueilli_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="recueilli par",
    )
    recueilli_comment = models.CharField("recueilli comment", max_length=200, blank=True)
    motif = models.TextField("motif dit à l'autre", blank=True, max_length=LONGUEUR_TEXTE)

    objects = AccordQuerySet.as_manager()

    class Meta:
        verbose_name = "accord"
        verbose_name_plural = "accords"
        ordering = ["mise_en_relation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mise_en_relation", "cote", "empreinte"], name="engagement_accord_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_cote_display()} : {self.get_etat_display()}"

    @property
    def jeton(self) -> str:
        """The signed token of the personal link."""
        return signing.dumps(self.pk, salt=SEL)

    @property
    def attend_une_reponse(self) -> bool:
        """Whether the party has been asked and has not answered."""
        return self.etat == self.Etat.DEMANDE

    def donner(self, *, at: dt.datetime | None = None) -> None:
        """Record a yes, also after a no: people change their minds. The last one begins the mission.

        Raises ActionRefusee.
        """
        self._repondre(self.Etat.DONNE, at=at)

    def refuser(self, *, motif: str = "", prive: str = "", at: dt.datetime | None = None) -> None:
        """Record a no, also after a yes while the mission has not begun. Raises ActionRefusee.

        ``motif`` is told to the others; ``prive`` to the cellule alone.
        """
        self._repondre(self.Etat.REFUSE, motif=motif, prive=prive, at=at)

    @transaction.atomic
    def recueillir(
        self,
        *,
        par: "Utilisateur",
        comment: str,
        accepte: bool = True,
        motif: str = "",
        prive: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """Write down what was said by phone or at a counter. Raises PermissionDenied, ActionRefusee.

        Who can be written to is told what was noted in their name, and can take it back by their link.
        """
        if not tient_le_guichet(par, self.mise_en_relation.dispositif):
            raise PermissionDenied
        if not comment.strip():
            raise ActionRefusee(
                "Dites comment cet accord vous a été donné : par téléphone, au guichet…"
            )
        vers = self.Etat.DONNE if accepte else self.Etat.REFUSE
        self._repondre(vers, motif=motif, prive=prive, par=par, comment=comment.strip(), at=at)
        annonces.accord_recueilli(self)

    def redemander(self, email: str, at: dt.datetime) -> None:
        """Ask it afresh, the text having come back to this one; called by engagement/accords.py."""
        self.etat, self.email, self.demande_le = self.Etat.DEMANDE, email, at
        self.repondu_le, self.motif, self.recueilli_par, self.recueilli_comment = None, "", None, ""
        self.save()

    @transaction.atomic
    def _repondre(
        self,
        vers: str,
        *,
        motif: str = "",
        prive: str = "",
        par: "Utilisateur | None" = None,
        comment: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """The need first, then the mise en relation, then this row: nobody waits in a ring."""
        from engagement import places

        at, mise = at or timezone.now(), self.mise_en_relation
        mise._verrouiller()
        self.refresh_from_db(fields=["etat", "motif", "repondu_le", "email"])
        if vers == self.etat:
            return  # a second click says the same thing
        if obstacle := obstacle_a_la_reponse(self, at=at):
            raise ActionRefusee(obstacle)
        self.etat, self.motif, self.repondu_le = vers, motif.strip(), at
        self.recueilli_par, self.recueilli_comment = par, comment
        self.save(
            update_fields=["etat", "motif", "repondu_le", "recueilli_par", "recueilli_comment"]
        )
        confier(mise, self.cote, prive, at)
        boite.annuler(sujet=f"accord_mission:{self.pk}")
        dit = "Accord donné" if vers == self.Etat.DONNE else "Accord refusé"
        mise._noter(f"accord_{vers}", f"{dit} : {self.get_cote_display().lower()}", par=par, at=at)
        if vers == self.Etat.REFUSE:
            places.liberer(mise, at)
            mise._attendre("cellule", at)
            annonces.accord_refuse(self)
        elif manques_pour_commencer(mise, at):
            self._attendre_les_autres(mise, at)
        else:
            mise._prendre_place(par, at)

    def _attendre_les_autres(self, mise: MiseEnRelation, at: dt.datetime) -> None:
        """It now waits for the next who has not answered; else for the cellule."""
        restants = mise.accords.filter(empreinte=self.empreinte, etat=self.Etat.DEMANDE)
        suivant = restants.order_by("pk").values_list("cote", flat=True).first()
        mise._attendre(suivant or "cellule", at)
