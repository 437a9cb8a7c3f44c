"""Who follows a need or a mise en relation: taken, handed over, given back, and help asked for."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from engagement import courriers_du_panier as courriers
from engagement.historique import noter
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur

FINIES = ("clos", "ecarte", "close", "declinee", "interrompue")


class DansUnPanier(models.Model):
    """What Besoin and MiseEnRelation are made of: ``mediateur`` and ``aide_demandee_le`` change here alone.

    ``vu``: who followed it on the page the person acted from (None: nobody, "": not said). Somebody else having
    taken it meanwhile is told, and nothing changes.
    """

    class Meta:
        abstract = True

    @property
    def sujet_du_guichet(self) -> str:
        """What the history calls it."""
        return f"{'besoin' if self._est_un_besoin else 'mise_en_relation'}:{self.pk}"

    @property
    def _est_un_besoin(self) -> bool:
        return self._meta.model_name == "besoin"

    @transaction.atomic
    def prendre(
        self: Any, *, par: "Utilisateur", vu: "int | str | None" = "", at: dt.datetime | None = None
    ) -> None:
        """Into one's own basket; the asking for help ends. Taking twice changes nothing.

        Raises PermissionDenied, ActionRefusee.
        """
        ligne = self._ouvrir_le_panier(par, vu)
        if ligne.mediateur_id == par.pk and ligne.aide_demandee_le is None:
            return
        if ligne.mediateur_id == par.pk:
            raise ActionRefusee(
                "C'est vous qui demandez de l'aide : elle s'arrête quand une autre personne prend "
                "cette ligne, ou quand vous dites que ce n'est plus la peine."
            )
        self._suivre(ligne, par, "prendre", f"Pris par {par}", par=par, at=at)

    @transaction.atomic
    def confier(
        self: Any,
        *,
        par: "Utilisateur",
        a: "Utilisateur",
        mot: str = "",
        vu: "int | str | None" = "",
        at: dt.datetime | None = None,
    ) -> None:
        """To a colleague of the cellule, with a word; they are told. Raises PermissionDenied, ActionRefusee."""
        ligne = self._ouvrir_le_panier(par, vu)
        if not tient_le_guichet(a, ligne.dispositif):
            raise ActionRefusee("Cette personne n'est pas, ou plus, dans la cellule.")
        if ligne.mediateur_id == a.pk:
            raise ActionRefusee(f"{a} suit déjà cette ligne.")
        libelle = f"Confié à {a}" + (f" : {mot}" if mot else "")
        self._suivre(ligne, a, "confier", libelle, par=par, at=at)
        if a.pk != par.pk:
            courriers.dire_confie(self, par=par, a=a, mot=mot, at=at or timezone.now())

    @transaction.atomic
    def rendre_au_panier(
        self: Any, *, par: "Utilisateur", vu: "int | str | None" = "", at: dt.datetime | None = None
    ) -> None:
        """Back to nobody's. Raises PermissionDenied, ActionRefusee."""
        ligne = self._ouvrir_le_panier(par, vu)
        if ligne.mediateur_id is not None:
            self._suivre(ligne, None, "rendre_panier", "Remis au panier commun", par=par, at=at)

    @transaction.atomic
    def demander_aide(
        self: Any, *, par: "Utilisateur", mot: str = "", at: dt.datetime | None = None
    ) -> None:
        """Shown to the whole cellule, which is told, until somebody else takes it. Asking twice changes nothing."""
        ligne = self._ouvrir_le_panier(par, "")
        if ligne.aide_demandee_le is not None:
            return
        at = at or timezone.now()
        self._ecrire(ligne, ligne.mediateur or par, at)
        libelle = "Aide demandée" + (f" : {mot}" if mot else "")
        noter(self.dispositif_id, self.sujet_du_guichet, "demander_aide", libelle, par=par, at=at)
        courriers.dire_l_aide(self, par=par, mot=mot, at=at)

    @transaction.atomic
    def finir_l_aide(self: Any, *, par: "Utilisateur", at: dt.datetime | None = None) -> None:
        """No help needed any more. Raises PermissionDenied, ActionRefusee."""
        ligne = self._ouvrir_le_panier(par, "")
        if ligne.aide_demandee_le is None:
            return
        self._ecrire(ligne, ligne.mediateur, None)
        courriers.taire_l_aide(self)
        noter(
            self.dispositif_id, self.sujet_du_guichet, "finir_aide", "Aide plus nécessaire",
            par=par, at=at,
        )  # fmt: skip

    def _ouvrir_le_panier(self: Any, par: "Utilisateur", vu: "int | str | None") -> Any:
        """The row, locked and read afresh into this one."""
        if not tient_le_guichet(par, self.dispositif):
            raise PermissionDenied
        modele = type(self)._default_manager
        ligne: Any = modele.select_for_update(of=("self",)).get(pk=self.pk)
        self._recopier(ligne)
        if ligne.etat in FINIES:
            raise ActionRefusee("C'est terminé : il n'y a plus rien à suivre.")
        if vu != "" and vu != ligne.mediateur_id and ligne.mediateur_id != par.pk:
            qui = ligne.mediateur or "personne"
            raise ActionRefusee(
                f"Cela a changé entre-temps : c'est maintenant suivi par {qui}. Rien n'a été modifié."
            )
        return ligne

    def _suivre(
        self: Any,
        ligne: Any,
        qui: "Utilisateur | None",
        action: str,
        libelle: str,
        *,
        par: "Utilisateur | None",
        at: dt.datetime | None,
    ) -> None:
        """Set who follows it, end the asking for help, write the line."""
        self._ecrire(ligne, qui, None)
        courriers.taire_l_aide(self)
        noter(self.dispositif_id, self.sujet_du_guichet, action, libelle, par=par, at=at)

    def _ecrire(
        self: Any, ligne: Any, qui: "Utilisateur | None", aide_le: dt.datetime | None
    ) -> None:
        ligne.mediateur, ligne.aide_demandee_le = qui, aide_le
        ligne.save(update_fields=["mediateur", "aide_demandee_le"])
        self._recopier(ligne)

    def _recopier(self, ligne: Any) -> None:
        """This row says what the locked one says."""
        for champ in ("etat", "mediateur_id", "aide_demandee_le"):
            setattr(self, champ, getattr(ligne, champ))
