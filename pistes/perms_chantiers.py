"""Who may do what with chantiers, crash tests, scenarios, cahiers and the annuaire."""

from typing import TYPE_CHECKING, Any

import rules

from pistes.perms import peut_publier

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


@rules.predicate
def est_d_une_organisation(user: "Utilisateur | AnonymousUser") -> bool:
    """An active member of some organisation. One query."""
    return bool(user.is_authenticated and user.is_active and user.adhesions.actives().exists())


@rules.predicate
def est_de_la_maison(user: "Utilisateur | AnonymousUser", objet: Any = None) -> bool:
    """An active member of the organisation this belongs to. One query at most."""
    if objet is None or objet.organisation_id is None:
        return False
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.adhesions.actives().filter(organisation=objet.organisation_id).exists())


@rules.predicate
def est_sans_organisation(user: "Utilisateur | AnonymousUser", objet: Any = None) -> bool:
    """What belongs to no organisation is looked after by the curation."""
    return objet is not None and objet.organisation_id is None


# What its organisation made is theirs to open; the curation may take it off the site, not put it there.
peut_ouvrir_au_public = est_de_la_maison | (peut_publier & est_sans_organisation)
peut_fermer_au_public = est_de_la_maison | peut_publier

rules.add_perm("pistes.creer_chantier", peut_publier | est_d_une_organisation)
rules.add_perm("pistes.modifier_chantier", peut_publier | est_de_la_maison)
rules.add_perm("pistes.ouvrir_au_public", peut_ouvrir_au_public)
rules.add_perm("pistes.fermer_au_public", peut_fermer_au_public)
rules.add_perm("pistes.faire_crash_test", peut_publier | est_d_une_organisation)
rules.add_perm("pistes.modifier_crash_test", peut_publier | est_de_la_maison)
rules.add_perm("pistes.modifier_scenario", peut_publier)
# People confide in an organisation: the curation reads a cahier once it is open, and never writes in it.
rules.add_perm("pistes.creer_cahier", est_d_une_organisation)
rules.add_perm("pistes.modifier_cahier", est_de_la_maison)
# The owner of an entry decides on it by their link, without an account; who proposed it may take it back.
rules.add_perm("pistes.proposer_fiche", est_d_une_organisation)
rules.add_perm("pistes.retirer_fiche", est_de_la_maison)
