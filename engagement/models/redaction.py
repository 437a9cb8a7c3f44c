"""Writing the lettre de mission. Once accords are asked, a change voids them and asks again."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from engagement.models.pas import PasDeMiseEnRelation
from engagement.perms import cotes_de
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comptes.models import Utilisateur
    from engagement.models import Creneau, MiseEnRelation

DE_LA_LETTRE = (
    "mission", "conditions", "retour_prevu_le", "retour_avec", "pret_debut", "pret_fin",
)  # fmt: skip
CHANGEE_ENTRE_TEMPS = (
    "Quelqu'un d'autre a changé cette lettre pendant que vous écriviez. Ce que vous avez saisi est gardé "
    "ci-dessous : comparez avec le texte d'aujourd'hui, puis enregistrez."
)


class RedactionDeLaLettre(PasDeMiseEnRelation):
    """What VieDeLaMiseEnRelation is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def rediger(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur",
        creneaux: "Iterable[Creneau] | None" = None,
        version: str = "",
        at: dt.datetime | None = None,
        **champs: Any,
    ) -> None:
        """Write the letter. ``version``: the fingerprint of the text one began from, when it is known.

        Accords asked on the older text lapse; they are asked again at once when nothing is missing. Raises
        PermissionDenied, ActionRefusee.
        """
        from engagement.accords import annuler_les_accords
        from engagement.lettre import empreinte, texte_de
        from engagement.manques_lettre import manques_pour_demander

        self._verrouiller()
        if "cellule" not in cotes_de(par, self):
            raise PermissionDenied
        if self.etat != "rencontree":
            raise ActionRefusee(
                "La lettre s'écrit après la rencontre, et avant que la mission commence."
            )
        avant = texte_de(self)
        if version and version != empreinte(avant):
            raise ActionRefusee(CHANGEE_ENTRE_TEMPS)
        ecrits = [nom for nom in champs if nom in DE_LA_LETTRE]
        for nom in ecrits:
            setattr(self, nom, champs[nom])
        self.save(update_fields=ecrits)
        if creneaux is not None:
            self.creneaux.set(self.besoin.creneaux.filter(pk__in=[c.pk for c in creneaux]))
        if texte_de(self) == avant:
            return
        self._noter("rediger", "Lettre écrite ou changée", par=par, at=at)
        if self.accords.filter(etat__in=["demande", "donne", "refuse"]).exists():
            annuler_les_accords(self)
            if not manques_pour_demander(self, at):
                self.demander_accords(par=par, at=at)
