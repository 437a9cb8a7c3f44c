"""Who may do what with the catalogue."""

from typing import TYPE_CHECKING

import rules
from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur
    from pistes.models.textes import Edition


def curateurs(sauf: int | None = None) -> "QuerySet[Utilisateur]":
    """The active curateur·rices, one person (by number) set aside."""
    from comptes.models import Utilisateur

    actifs = Utilisateur.objects.filter(role=Utilisateur.Role.CURATEUR, is_active=True)
    return actifs.exclude(Q(pk=sauf) if sauf else Q(pk__in=[]))


@rules.predicate
def peut_publier(user: "Utilisateur | AnonymousUser") -> bool:
    """Only curateur·rices write texts of the catalogue, read drafts and decide on proposals."""
    return bool(getattr(user, "est_curateur", False))


@rules.predicate
def peut_relire(user: "Utilisateur | AnonymousUser") -> bool:
    """Who may be asked to publish: curateur·rices; administrateur·rices while there is one or none.

    Two people see every text before it is public. With one curateur·rice alone, an
    administrateur·rice is the second (see docs/decisions, 8). One query for an administrateur·rice.
    """
    if getattr(user, "est_administrateur", False):
        return len(curateurs()[:2]) < 2
    return bool(peut_publier(user))


def obstacle_a_la_relecture(edition: "Edition", par: "Utilisateur") -> str | None:
    """Why this person may not publish this text nor send it back: words; "" when they may.

    None when they have no say in the catalogue at all. One query at most.
    """
    if par.est_curateur and edition.auteur_id != par.pk:
        return ""
    if par.est_curateur:
        if curateurs(sauf=par.pk).exists():
            return "Vous avez écrit ce texte : une autre personne de la curation le relit et le publie."
        return (
            "Vous avez écrit ce texte et personne d'autre n'est à la curation : "
            "un·e administrateur·rice peut le publier."
        )
    if not par.est_administrateur:
        return None
    if edition.auteur_id == par.pk or curateurs(sauf=edition.auteur_id).exists():
        return None
    return ""


rules.add_perm("pistes.publier_edition", peut_publier)
rules.add_perm("pistes.relire_edition", peut_relire)
