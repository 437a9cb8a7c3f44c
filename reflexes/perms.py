"""Who may do what with the cartographie."""

from typing import TYPE_CHECKING

import rules

from comptes.perms import est_membre

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur
    from reflexes.models import Enquete


@rules.predicate
def peut_publier(user: "Utilisateur | AnonymousUser") -> bool:
    """Only curateur·rices publish a version, and read it before it is."""
    return bool(getattr(user, "est_curateur", False))


@rules.predicate
def peut_lire_les_temoignages(user: "Utilisateur | AnonymousUser") -> bool:
    """Curateur·rices read what nobody has read yet; who brought it is not shown to them either."""
    return bool(peut_publier(user))


@rules.predicate
def participe(user: "Utilisateur | AnonymousUser", enquete: "Enquete | None" = None) -> bool:
    """An active member of an organisation that takes part in the enquête. One query."""
    if enquete is None or not user.is_authenticated:
        return False
    siennes = enquete.organisations.all().values("pk")
    return bool(user.adhesions.actives().filter(organisation__in=siennes).exists())


rules.add_perm("reflexes.publier_version", peut_publier)
# Create an enquête, tell its étapes, choose who takes part.
rules.add_perm("reflexes.mener_enquete", peut_publier)
# Read a témoignage before everybody does, and decide.
rules.add_perm("reflexes.lire_temoignages", peut_lire_les_temoignages)
# Bring a témoignage, fill in the autodiagnostic of one's organisation.
rules.add_perm("reflexes.participer", participe)
# See and fill in the autodiagnostic of this organisation.
rules.add_perm("reflexes.repondre_pour", est_membre)
# See the aggregate of an enquête without having answered.
rules.add_perm("reflexes.lire_agregat", peut_publier)
