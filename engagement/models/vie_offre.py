"""How an offer comes, is confirmed, and ends."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from engagement.historique import noter
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import GenreMission, Offre

# What a person or the cellule may change of an offer that is there.
MODIFIABLES = (
    "titre", "envies", "etiquettes", "territoire_id", "rayon", "debut", "fin", "semaine", "refuse",
    "contraintes", "lieu", "conditions", "etat_connu",
)  # fmt: skip
FINIE = "Cette offre est terminée : elle ne se change plus. Vous pouvez en faire une nouvelle."
FERME = "Ce dispositif ne prend plus d'offres pour le moment."


class ChangeeEntreTemps(Exception):
    """Somebody else changed the offer since the page was read."""


class VieDeLOffre(models.Model):
    """What Offre is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def deposer(  # type: ignore[misc]
        self: "Offre",
        *,
        genres: Iterable["GenreMission"] = (),
        a_confirmer: bool = False,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> "tuple[Offre, bool]":
        """Write it, once: the offer kept, and whether it was there already. Raises ActionRefusee.

        The person is locked: two clicks are one offer.
        """
        from engagement import relances_offres
        from engagement.models import Personne

        self.dispositif.refresh_from_db()
        if not self.dispositif.est_ouvert(at):
            raise ActionRefusee(FERME)
        Personne.objects.select_for_update(of=("self",)).get(pk=self.personne_id)
        if connue := self.la_meme():
            if connue.etat == self.Etat.A_CONFIRMER and not a_confirmer:
                connue.confirmer(par=par, at=at)
            return connue, True
        self.etat = self.Etat.A_CONFIRMER if a_confirmer else self.Etat.ACTIVE
        self.cree_le = at or timezone.now()
        self.save()
        self.genres.set(genres)
        self._noter("deposer", "Offre reçue", par, at, vers=self.etat)
        relances_offres.planifier(self, at=at)
        return self, False

    def la_meme(self: "Offre") -> "Offre | None":  # type: ignore[misc]
        """The same offer of the same person, when it is there already. One query."""
        self.situer()
        semblables = type(self).objects.filter(
            personne=self.personne_id,
            nature=self.nature,
            titre__iexact=self.titre,
            envies=self.envies,
            territoire=self.territoire_id,
            semaine=self.semaine,
        )
        trouvee: Offre | None = semblables.exclude(etat=self.Etat.TERMINEE).first()
        return trouvee

    def version(self: "Offre") -> str:  # type: ignore[misc]
        """A mark that changes with the offer."""
        dit = repr([str(getattr(self, nom)) for nom in (*MODIFIABLES, "etat")])
        return hashlib.sha256(dit.encode()).hexdigest()[:16]

    @transaction.atomic
    def modifier(  # type: ignore[misc]
        self: "Offre",
        champs: dict[str, Any],
        *,
        vue: str,
        genres: "Iterable[GenreMission] | None" = None,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Say it otherwise. ``vue``: the version that was read. Raises ChangeeEntreTemps, ActionRefusee."""
        self._relire()
        if self.etat == self.Etat.TERMINEE:
            raise ActionRefusee(FINIE)
        if self.version() != vue:
            raise ChangeeEntreTemps
        avant = self.version()
        for nom, valeur in champs.items():
            setattr(self, nom, valeur)
        self.save()
        if genres is not None:
            self.genres.set(genres)
        if self.version() != avant or genres is not None:
            self._noter("modifier", "Offre changée", par, at)

    @transaction.atomic
    def confirmer(  # type: ignore[misc]
        self: "Offre", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
    ) -> None:
        """Whoever made it says that it is theirs: it may be proposed from now on."""
        from engagement import relances_offres

        self.personne.confirmer(at=at)
        self._relire()
        if self.etat != self.Etat.A_CONFIRMER:
            return
        self.etat = self.Etat.ACTIVE
        self.save(update_fields=["etat"])
        self._noter("confirmer", "Offre confirmée", par, at, de="a_confirmer", vers=self.etat)
        relances_offres.planifier(self, at=at)

    @transaction.atomic
    def terminer(  # type: ignore[misc]
        self: "Offre", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
    ) -> None:
        """Not proposed any more. What was only proposed is declined; a mission under way goes on to its return."""
        from engagement import effacement, relances_offres

        effacement.decliner_ce_qui_attend(
            self.mises_en_relation.all(), cote="cellule" if par else "personne", par=par, at=at
        )
        self._relire()
        if self.etat == self.Etat.TERMINEE:
            return
        avant, self.etat = self.etat, self.Etat.TERMINEE
        self.terminee_le = at or timezone.now()
        self.save(update_fields=["etat", "terminee_le"])
        relances_offres.annuler(self)
        self._noter("terminer", "Offre terminée", par, at, de=avant, vers=self.etat)

    def _relire(self: "Offre") -> None:  # type: ignore[misc]
        """Lock this row and read it afresh; the person it knows stays."""
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        personne = self.personne
        self.refresh_from_db()
        self.personne = personne

    def _noter(  # type: ignore[misc]
        self: "Offre",
        action: str,
        libelle: str,
        par: "Utilisateur | None",
        at: dt.datetime | None,
        *,
        de: str = "",
        vers: str = "",
    ) -> None:
        sujet = f"offre:{self.pk}"
        noter(self.dispositif_id, sujet, action, libelle, de=de, vers=vers, par=par, at=at)
