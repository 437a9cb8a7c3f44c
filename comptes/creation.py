"""Making an organisation: it waits for an administrateur·rice, and its creator for a role in it."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from comptes.models import Adhesion, Organisation, Territoire, Utilisateur
from rappels import boite


@transaction.atomic
def creer_organisation(
    organisation: Organisation, *, par: Utilisateur, at: dt.datetime | None = None
) -> tuple[Organisation, bool]:
    """Save a new organisation, not validated, with its creator's request to be its référent·e.

    Returns it and True; or the one that is there already (a second click, somebody who was faster) and
    False. The administrateur·rices are told of both in one mail.
    """
    at = at or timezone.now()
    # One click after the other. No key: rows that point to this person need not wait.
    Utilisateur.objects.select_for_update(no_key=True).get(pk=par.pk)
    organisation.validee = False
    if organisation.territoire is None and organisation.siren:
        organisation.territoire = Territoire.objects.filter(siren=organisation.siren).first()
    if deja_la := _la_meme(organisation, par):
        return deja_la, False
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:  # somebody else created it since
        if deja_la := _la_meme(organisation, par):
            return deja_la, False
        raise
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
    return organisation, True


def _la_meme(organisation: Organisation, par: Utilisateur) -> Organisation | None:
    """The organisation already there for this territoire or SIREN, or which this person waits for."""
    memes = Q(
        nom__iexact=organisation.nom,
        type=organisation.type,
        siren=organisation.siren,
        territoire=organisation.territoire,
        validee=False,
        pk__in=par.adhesions.demandees().values("organisation"),
    )
    collectivites = {"commune", "epci", "departement", "region"}
    if organisation.territoire is not None and organisation.type in collectivites:
        memes |= Q(territoire=organisation.territoire, type=organisation.type)
    if organisation.siren:
        memes |= Q(siren=organisation.siren)
    return Organisation.objects.filter(memes).order_by("pk").first()
