"""The life of a text: every change of state, and who may make it.

In this order: one transaction; lock the subject, so that two people wait for each other; read the state
again; check the table and the right; refuse in words; set; write the history; plan the mails.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.models import Utilisateur
from pistes import annonces
from pistes.perms import obstacle_a_la_relecture, peut_publier
from pistes.transitions import TRANSITIONS, TransitionRefusee

if TYPE_CHECKING:
    from pistes.models.textes import Edition

# Two people for a text: these are never for its author.
DE_LA_RELECTURE = {"publier", "rendre"}


class VieDuTexte(models.Model):
    """The transitions of an edition. ``par`` is who acts; asking twice for the same changes nothing."""

    if TYPE_CHECKING:
        # Fields of Edition, which mixes this in.
        etat: Any
        publie_le: Any
        publie_par: Any
        remarque: Any

    class Meta:
        abstract = True

    @transaction.atomic
    def soumettre(self: "Edition", *, par: Utilisateur, at: dt.datetime | None = None) -> None:  # type: ignore[misc]
        """Ask for a second reading."""
        if self._commencer("soumettre", par):
            self.remarque = ""
            self._terminer("soumettre", par, at=at, champs=["remarque"])
            annonces.annoncer_la_relecture(self)

    @transaction.atomic
    def rendre(  # type: ignore[misc]
        self: "Edition", *, par: Utilisateur, remarque: str, at: dt.datetime | None = None
    ) -> None:
        """Give it back to its author with what has to change."""
        if self._commencer("rendre", par, motif=remarque):
            self.remarque = remarque.strip()
            self._terminer("rendre", par, at=at, motif=remarque, champs=["remarque"])
            annonces.annoncer_le_retour(self)

    @transaction.atomic
    def publier(  # type: ignore[misc]
        self: "Edition", *, par: Utilisateur | None, at: dt.datetime | None = None
    ) -> None:
        """Make this edition the public one and archive the one before.

        ``par`` is None for the shipped corpus only. Raises PermissionDenied for who has no say,
        TransitionRefusee for its author and for a text nobody has submitted.
        """
        action = "livrer" if par is None else "publier"
        if not self._commencer(action, par):
            return
        sujet = {self.SUJET: getattr(self, self.SUJET)}
        publiees = type(self)._default_manager.filter(etat="publie", **sujet)
        for avant in publiees:
            avant._terminer("remplacer", par, at=at)
        self.publie_le = at or timezone.now()
        self.publie_par = par
        self._terminer(action, par, at=at, champs=["publie_le", "publie_par"])

    @transaction.atomic
    def ecarter(self: "Edition", *, par: Utilisateur, at: dt.datetime | None = None) -> None:  # type: ignore[misc]
        """Set a draft aside; it stays in the history, from where it can be restored."""
        if self._commencer("ecarter", par):
            self._terminer("ecarter", par, at=at)

    @transaction.atomic
    def archiver(  # type: ignore[misc]
        self: "Edition", *, par: Utilisateur, motif: str, at: dt.datetime | None = None
    ) -> None:
        """Take the public text off the site; its subject has none until the next publication."""
        if self._commencer("archiver", par, motif=motif):
            self._terminer("archiver", par, at=at, motif=motif)

    @transaction.atomic
    def ceder(self: "Edition", *, par: Utilisateur, at: dt.datetime | None = None) -> None:  # type: ignore[misc]
        """A draft from which the next one was written steps back. A public text stays public."""
        self._verrouiller()
        if self.etat in {"brouillon", "en_relecture"}:
            self._terminer("remplacer", par, at=at)

    def obstacles_pour(self: "Edition", action: str, par: Utilisateur) -> list[str]:  # type: ignore[misc]
        """Everything that stands in the way, in words. Raises PermissionDenied for who has no say."""
        obstacles = _obstacles_de_droit(self, action, par)
        if self.etat not in TRANSITIONS[action].de:
            permis = " ou ".join(f"« {self.Etat(etat).label} »" for etat in TRANSITIONS[action].de)
            obstacles.append(
                f"Ce texte est maintenant à l'état « {self.get_etat_display()} » ; "
                f"il faudrait qu'il soit {permis}."
            )
        return obstacles

    def _verrouiller(self: "Edition") -> None:  # type: ignore[misc]
        sujet = getattr(self, self.SUJET)
        type(sujet)._default_manager.select_for_update(no_key=True).get(pk=sujet.pk)
        self.refresh_from_db(fields=["etat", "auteur", "remarque"])

    def _commencer(  # type: ignore[misc]
        self: "Edition", action: str, par: Utilisateur | None, motif: str | None = None
    ) -> bool:
        """Lock and check; False when it is done already, for the same reason."""
        self._verrouiller()
        fait = self.etat == TRANSITIONS[action].vers
        if par is None:
            return not fait
        _obstacles_de_droit(self, action, par)
        if fait and (action != "rendre" or self.remarque == (motif or "").strip()):
            return False
        obstacles = self.obstacles_pour(action, par)
        if TRANSITIONS[action].motif_requis and not (motif or "").strip():
            obstacles.append("Dites pourquoi : ces mots restent dans l'historique.")
        if obstacles:
            raise TransitionRefusee(action, obstacles)
        return True

    def _terminer(  # type: ignore[misc]
        self: "Edition",
        action: str,
        par: Utilisateur | None,
        *,
        at: dt.datetime | None = None,
        motif: str = "",
        champs: list[str] | None = None,
    ) -> None:
        self.etat = TRANSITIONS[action].vers
        self.save(update_fields=["etat", *(champs or [])])
        if par is not None:
            champs_du_journal: dict[str, Any] = {"le": at} if at else {}
            self.journal.create(
                action=action,
                libelle=TRANSITIONS[action].libelle,
                motif=motif.strip(),
                par=par,
                **champs_du_journal,
            )


def _obstacles_de_droit(edition: "Edition", action: str, par: Utilisateur) -> list[str]:
    obstacle: str | None = "" if peut_publier(par) else None
    if action in DE_LA_RELECTURE:
        obstacle = obstacle_a_la_relecture(edition, par)
    if obstacle is None:
        raise PermissionDenied
    return [obstacle] if obstacle else []
