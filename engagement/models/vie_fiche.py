"""How a call is written down: what happened decides what the sheet becomes."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.historique import noter
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee
from rappels.calendrier import jour_ouvre

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Appel, FicheAppel, Personne

# After so many calls without an answer, nobody insists.
ESSAIS = 3
OUVERTES = ("a_appeler", "a_rappeler")
PLUS_LA = "Cette fiche n'est plus dans votre liste."


class AppelDejaNote(Exception):
    """The same call was written down a moment ago: a second click."""


class VieDeLaFiche(models.Model):
    """What FicheAppel is made of. The only place that assigns its ``etat``."""

    class Meta:
        abstract = True

    @transaction.atomic
    def noter_appel(  # type: ignore[misc]
        self: "FicheAppel",
        appel: "Appel",
        *,
        vus: int,
        appelant: "Personne | None" = None,
        par: "Utilisateur | None" = None,
        delicate: bool = False,
        at: dt.datetime | None = None,
    ) -> "Appel":
        """Keep a call as it went. ``vus``: how many calls the page showed, so that a second click is not another.

        By the volunteer who has the sheet, or by the cellule. Raises PermissionDenied, ActionRefusee, AppelDejaNote.
        """
        at = at or timezone.now()
        self._relire()
        if par is not None and not tient_le_guichet(par, self.liste.dispositif):
            raise PermissionDenied
        if par is None and (appelant is None or self.appelant_id != appelant.pk):
            raise AppelDejaNote if self.appels.count() > vus else ActionRefusee(PLUS_LA)
        if obstacle := self.liste.obstacle(at):
            raise ActionRefusee(obstacle)
        if self.appels.count() != vus:
            raise AppelDejaNote
        if self.etat not in OUVERTES:
            raise ActionRefusee("Cette fiche est déjà finie.")
        if appel.rappeler_le and not jour_de(at) <= appel.rappeler_le < self.liste.effacer_le:
            raise ActionRefusee("Ce jour est passé, ou vient après l'effacement de la liste.")
        appel.fiche, appel.appelant, appel.le = self, appelant, at
        self._avancer(appel, vus + 1, at)
        appel.rappeler_le = self.rappeler_le
        appel.save()
        if delicate:
            self.difficulte = self.Difficulte.DELICATE
        self.save(update_fields=["etat", "rappeler_le", "difficulte"])
        libelle = f"Appel noté : {appel.get_resultat_display()}"
        noter(
            self.liste.dispositif_id, f"fiche_appel:{self.pk}", "appeler", libelle, par=par, at=at
        )
        return appel

    def _avancer(self: "FicheAppel", appel: "Appel", essais: int, at: dt.datetime) -> None:  # type: ignore[misc]
        """What the sheet becomes. Called again on a day: that day, or the next working one."""
        demain = jour_ouvre(jour_de(at) + dt.timedelta(days=1))
        fins = {"refus": self.Etat.REFUS, "erreur": self.Etat.INJOIGNABLE, "parle": self.Etat.FAITE}
        self.rappeler_le = appel.rappeler_le
        if appel.resultat in ("refus", "erreur"):
            self.rappeler_le = None
        elif appel.resultat == "absent" and essais >= ESSAIS and not appel.rappeler_le:
            self.etat = self.Etat.INJOIGNABLE
            return
        elif appel.resultat in ("absent", "rappeler") and not appel.rappeler_le:
            self.rappeler_le = min(demain, self.liste.effacer_le - dt.timedelta(days=1))
        self.etat = self.Etat.A_RAPPELER if self.rappeler_le else fins[appel.resultat]

    def _relire(self: "FicheAppel") -> None:  # type: ignore[misc]
        """Lock this row and read it afresh."""
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db()
