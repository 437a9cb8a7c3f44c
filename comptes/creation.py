"""Making an organisation: it waits for an administrateur·rice, and its creator for a role in it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from comptes.models import Adhesion, Organisation, Territoire, Utilisateur
from rappels import boite


@transaction.atomic
def creer_organisation(
    organisation: Organisation, *, par: Utilisateur, at: dt.datetime | None = None
) -> Organisation:
    """Save a new organisation, not validated, with its creator's request to be its référent·e.

    The administrateur·rices are told of both in one mail.
    """
    at = at or timezone.now()
    organisation.validee = False
    if organisation.territoire is None and organisation.siren:
        organisation.territoire = Territoire.objects.filter(siren=organisation.siren).first()
    organisation.save()
    Adhesion.objects.create(
        utilisateur=par, organisation=organisation, role=Adhesion.Role.REFERENT, cree_le=at
    )
    for administrateur in organisation.decideurs():
        boite.planifier(
            genre="organisation_a_valider",
            sujet=f"organisation:{organisation.pk}",
            destinataire=administrateur.email,
            cle=f"organisation_a_valider:{organisation.pk}:{administrateur.pk}",
        )
    return organisation
