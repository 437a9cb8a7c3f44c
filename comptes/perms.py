"""Who may do what with accounts and organisations. Views, templates, API and admin ask here."""

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Organisation, Utilisateur


@rules.predicate
def est_administrateur(user: "Utilisateur | AnonymousUser") -> bool:
    """Who looks after accounts and organisations."""
    return bool(getattr(user, "est_administrateur", False))


@rules.predicate
def est_membre(
    user: "Utilisateur | AnonymousUser", organisation: "Organisation | None" = None
) -> bool:
    """An active member of the organisation. One query."""
    if organisation is None or not user.is_authenticated:
        return False
    return user.adhesions.actives().filter(organisation=organisation.pk).exists()


@rules.predicate
def est_referent(
    user: "Utilisateur | AnonymousUser", organisation: "Organisation | None" = None
) -> bool:
    """An active référent·e of the organisation. One query."""
    if organisation is None or not user.is_authenticated:
        return False
    return user.adhesions.referents().filter(organisation=organisation.pk).exists()


@rules.predicate
def peut_demander(
    user: "Utilisateur | AnonymousUser", organisation: "Organisation | None" = None
) -> bool:
    """Somebody signed in who is neither in it nor waiting for an answer. One query."""
    if organisation is None or not user.is_authenticated:
        return False
    dedans = user.adhesions.filter(organisation=organisation.pk, etat__in=["active", "demandee"])
    return not dedans.exists()


# Invite, answer requests, change roles, end memberships.
rules.add_perm("comptes.gerer_organisation", est_administrateur | est_referent)
# See who is in it.
rules.add_perm("comptes.voir_membres", est_administrateur | est_membre)
rules.add_perm("comptes.rejoindre_organisation", peut_demander)
rules.add_perm("comptes.valider_organisation", est_administrateur)
