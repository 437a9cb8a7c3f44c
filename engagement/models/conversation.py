"""What is said between the two sides and the cellule: one place for calls, mails and answers by link."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from engagement import annonces
from engagement.models.pas import PasDeMiseEnRelation
from engagement.perms import cotes_de
from engagement.refus import ActionRefusee
from engagement.transitions import FINIES, Qui

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Echange, MiseEnRelation


class ConversationDeLaMise(PasDeMiseEnRelation):
    """What VieDeLaMiseEnRelation is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def discuter(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        texte: str,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        canal: str = "",
        de: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """The first word a side says: an answer by link, or a call that the cellule notes.

        ``de``: who spoke, when the cellule writes it down. Raises PermissionDenied, ActionRefusee.
        """
        self._commencer("discuter", par=par, cote=cote)
        if not texte.strip():
            raise ActionRefusee("Écrivez ce qui a été dit.")
        de = cote or de or "personne"
        self._dire(texte, canal or ("lien" if cote else "appel"), de, "cellule", par, at)
        self._terminer("discuter", par=par, at=at, attend="cellule")
        if cote is not None:
            annonces.reponse_recue(self, cote)

    @transaction.atomic
    def ecrire(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        texte: str,
        canal: str,
        a: str = "cellule",
        de: str = "cellule",
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """One more word, at any moment before the end. The first one of a side begins the discussion.

        A message of the desk leaves by the outbox. Raises PermissionDenied, ActionRefusee.
        """
        self._verrouiller()
        if cote is None and "cellule" not in cotes_de(par, self):
            raise PermissionDenied
        if self.etat in FINIES:
            raise ActionRefusee("Cette mise en relation est terminée : on n'y écrit plus.")
        if not texte.strip():
            raise ActionRefusee("Écrivez quelques mots.")
        if cote is not None:
            canal, de, a = "lien", cote, "cellule"
        if self.etat == "proposee" and de != "cellule":
            self.discuter(texte=texte, par=par, cote=cote, canal=canal, de=de, at=at)
            return
        echange = self._dire(texte, canal, de, a, par, at)
        self._attendre("cellule" if de != "cellule" or a == "cellule" else a, at)
        if cote is not None:
            annonces.reponse_recue(self, cote)
        elif canal == "courriel":
            annonces.mot_du_guichet(echange)

    def _dire(  # type: ignore[misc]
        self: "MiseEnRelation",
        texte: str,
        canal: str,
        de: str,
        a: str,
        par: "Utilisateur | None",
        at: dt.datetime | None,
    ) -> "Echange":
        auteur = par if par is not None and par.is_authenticated else None
        echange: Echange = self.echanges.create(
            texte=texte.strip(), canal=canal, de=de, a=a, auteur=auteur, le=at or timezone.now()
        )
        return echange

    def _attendre(  # type: ignore[misc]
        self: "MiseEnRelation", attend: str, at: dt.datetime | None
    ) -> None:
        """For whom it waits from this instant. The same one again keeps its date: it waits for longer."""
        if self.attend != attend:
            self.attend, self.attend_depuis = attend, at or timezone.now()
            self.save(update_fields=["attend", "attend_depuis"])
