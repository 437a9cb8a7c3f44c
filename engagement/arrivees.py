"""Who arrives: the same person comes back as themselves, known by their account, their address, or their phone."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from engagement.historique import noter

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif, Personne


@dataclasses.dataclass(frozen=True)
class Arrivee:
    """The person; whether they are new; whether what they typed still waits for their address."""

    personne: "Personne"
    nouvelle: bool
    a_confirmer: bool


@transaction.atomic
def accueillir(
    dispositif: "Dispositif",
    champs: dict[str, Any],
    *,
    utilisateur: "Utilisateur | None" = None,
    par: "Utilisateur | None" = None,
    at: dt.datetime | None = None,
) -> Arrivee:
    """The person these words are about, made when nobody knows them.

    ``champs``: fields of Personne. ``utilisateur``: they are signed in, and it is them. ``par``: the cellule
    writes for them, with their consent. Neither: whoever typed an address proves it by the link sent there;
    until then nothing of a known person changes.
    """
    at = at or timezone.now()
    sure = utilisateur is not None or par is not None
    connue = _connue(dispositif, champs, utilisateur)
    if connue is None:
        personne = _creer(dispositif, champs, utilisateur=utilisateur, par=par, at=at)
        if personne is not None:
            return Arrivee(personne, True, not sure)
        connue = _connue(dispositif, champs, utilisateur)  # somebody came in at the same instant
        assert connue is not None
    if sure:
        _mettre_a_jour(connue, champs, utilisateur)
    return Arrivee(connue, False, not sure)


def _connue(
    dispositif: "Dispositif", champs: dict[str, Any], utilisateur: "Utilisateur | None"
) -> "Personne | None":
    """By account, else by address; without an address, by name and phone."""
    from engagement.models import Personne

    connues = Personne.objects.filter(dispositif=dispositif, effacee_le=None)
    trouvee: Personne | None = None
    if utilisateur is not None:
        trouvee = connues.filter(utilisateur=utilisateur).first()
    email = champs.get("email", "")
    if trouvee is None and email:
        trouvee = connues.filter(email__iexact=email).first()
    elif trouvee is None and champs.get("telephone"):
        memes = connues.filter(
            nom__iexact=champs.get("nom", ""), telephone=champs["telephone"], email=""
        )
        trouvee = memes.first()
    return trouvee


def _creer(
    dispositif: "Dispositif",
    champs: dict[str, Any],
    *,
    utilisateur: "Utilisateur | None",
    par: "Utilisateur | None",
    at: dt.datetime,
) -> "Personne | None":
    """None when the same address was written at the same instant."""
    from engagement.models import Personne

    # What the cellule writes down was said to it: the consent is to be written to, too.
    sure = utilisateur is not None or par is not None
    nouvelle = Personne(
        dispositif=dispositif,
        utilisateur=utilisateur,
        recueilli_par=par,
        confirmee_le=at if sure and champs.get("email") else None,
        cree_le=at,
        **{"consentement": Personne.Consentement.EN_LIGNE, "consenti_le": at, **champs},
    )
    try:
        with transaction.atomic():
            nouvelle.save()
    except IntegrityError:
        return None
    libelle = "Personne notée par la cellule, avec son accord" if par else "Personne arrivée"
    noter(dispositif.pk, f"personne:{nouvelle.pk}", "accueillir", libelle, par=par, at=at)
    return nouvelle


def _mettre_a_jour(
    personne: "Personne", champs: dict[str, Any], utilisateur: "Utilisateur | None"
) -> None:
    """What is said today replaces what was; a blank erases nothing."""
    ecrits = [nom for nom, valeur in champs.items() if valeur and nom != "email"]
    if utilisateur is None:
        # The cellule completes; how they first consented stays true.
        ecrits = [nom for nom in ecrits if not getattr(personne, nom)]
    for nom in ecrits:
        setattr(personne, nom, champs[nom])
    if utilisateur is not None and personne.utilisateur_id is None:
        personne.utilisateur = utilisateur
        ecrits.append("utilisateur")
        if personne.confirmee_le is None:
            personne.confirmee_le = timezone.now()
            ecrits.append("confirmee_le")
    if ecrits:
        personne.save(update_fields=ecrits)
