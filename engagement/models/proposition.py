"""The first step: a human proposes one need to one person (DOMAIN: nothing is ever assigned automatically)."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from engagement.historique import noter
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Besoin, MiseEnRelation, Offre
    from engagement.suggestions import Rapprochement

HORS_DES_PREMIERES = (
    "Cette offre n'est pas parmi les premières suggestions : dites pourquoi vous la choisissez."
)


class PropositionDeMiseEnRelation(models.Model):
    """What MiseEnRelation is made of: how it begins."""

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def proposer(
        cls,
        *,
        besoin: "Besoin",
        offre: "Offre",
        par: "Utilisateur",
        pourquoi: str = "",
        mot: str = "",
        at: dt.datetime | None = None,
    ) -> "MiseEnRelation":
        """Propose a need to whoever made an offer; ``mot``: the first words of the mail, by the médiateur.

        The need, then the person are locked: two clicks never exceed what one person may be asked. Raises
        PermissionDenied, ActionRefusee with every obstacle in words.
        """
        from engagement import annonces
        from engagement.models import MiseEnRelation

        at = at or timezone.now()
        besoin, offre = _verrouiller(besoin.pk, offre.pk)
        if not tient_le_guichet(par, besoin.dispositif):
            raise PermissionDenied
        vu = _verifier(besoin, offre, pourquoi, at)
        mise = MiseEnRelation.objects.create(
            dispositif=besoin.dispositif,
            besoin=besoin,
            offre=offre,
            personne=offre.personne,
            mediateur=par,
            raisons=vu.convient,
            pourquoi=pourquoi.strip()[:300],
            proposee_le=at,
            attend_depuis=at,
            # Somebody without e-mail is called: the cellule has to act.
            attend="personne" if offre.personne.joignable else "cellule",
        )
        offre.personne.derniere_sollicitation_le = at
        offre.personne.save(update_fields=["derniere_sollicitation_le"])
        sujet = f"mise_en_relation:{mise.pk}"
        noter(besoin.dispositif_id, sujet, "proposer", "Proposée", vers=mise.etat, par=par, at=at)
        if mot.strip():
            mise._dire(mot, "courriel", "cellule", "personne", par, at)
        annonces.proposition(mise)
        return mise


def _verrouiller(besoin: int, offre: int) -> "tuple[Besoin, Offre]":
    """The need, then the person, always in this order; both read afresh."""
    from engagement.models import Besoin, Offre, Personne

    besoins = Besoin.objects.select_for_update(of=("self",))
    le_besoin = besoins.select_related("dispositif", "territoire", "genre").get(pk=besoin)
    personne = Offre.objects.values("personne").filter(pk=offre)
    Personne.objects.select_for_update(of=("self",), no_key=True).get(pk__in=personne)
    lues = Offre.objects.select_related("personne", "territoire", "dispositif")
    return le_besoin, lues.get(pk=offre)


def _verifier(besoin: "Besoin", offre: "Offre", pourquoi: str, at: dt.datetime) -> "Rapprochement":
    """Why these two; raises ActionRefusee with all that forbids it."""
    from engagement import suggestions

    obstacles = []
    if not besoin.dispositif.est_ouvert(at):
        obstacles.append("Ce dispositif n'est pas ouvert.")
    if besoin.etat != "ouvert":
        obstacles.append("Ce besoin n'est pas ouvert : on n'y propose personne.")
    if offre.dispositif_id != besoin.dispositif_id or offre.nature != besoin.nature:
        raise ActionRefusee(*obstacles, "Cette offre ne répond pas à ce besoin.")
    vu = suggestions.entre(besoin, [offre], at)[offre.pk]
    if vu.obstacles:
        obstacles.append(f"Cette offre ne peut pas être proposée : {' ; '.join(vu.obstacles)}.")
    if obstacles:
        raise ActionRefusee(*obstacles)
    if not pourquoi.strip():
        premieres = {suggestion.offre.pk for suggestion in suggestions.pour_besoin(besoin, at)}
        if offre.pk not in premieres:
            raise ActionRefusee(HORS_DES_PREMIERES)
    return vu
