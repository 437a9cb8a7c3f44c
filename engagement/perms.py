"""Who may do what at the desk. Views, templates, API and admin ask here."""

from typing import TYPE_CHECKING

import rules

from engagement.querysets import cellules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Organisation, Utilisateur
    from engagement.models import Dispositif, MiseEnRelation, Pret
    from engagement.transitions import Qui


@rules.predicate
def tient_le_guichet(user: "Utilisateur", dispositif: "Dispositif | None" = None) -> bool:
    """Of its cellule today, and nobody else. One query."""
    if dispositif is None or not user.is_authenticated or not user.is_active:
        return False
    return cellules(user).filter(dispositif=dispositif.pk).exists()


@rules.predicate
def peut_ouvrir(user: "Utilisateur", organisation: "Organisation | None" = None) -> bool:
    """Open a dispositif for an organisation: its référent·es, and the administrateurs. One query."""
    if organisation is None or not user.is_authenticated or not user.is_active:
        return False
    if user.est_administrateur:
        return True
    return user.adhesions.referents().filter(organisation=organisation.pk).exists()


def est_referent(user: "Utilisateur | AnonymousUser") -> bool:
    """Whether they could open a dispositif somewhere. One query."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.est_administrateur or user.adhesions.referents().exists()


@rules.predicate
def peut_regler(user: "Utilisateur", dispositif: "Dispositif | None" = None) -> bool:
    """Change its rules and its cellule: who keeps the desk, or could open it. Two queries."""
    if dispositif is None:
        return False
    return bool(tient_le_guichet(user, dispositif) or peut_ouvrir(user, dispositif.organisation))


def cotes_de(user: "Utilisateur | None", mise: "MiseEnRelation") -> set["Qui"]:
    """In which names somebody signed in acts on a mise en relation. One query at most."""
    if user is None or not user.is_authenticated:
        return set()
    cotes: set[Qui] = set()
    if tient_le_guichet(user, mise.dispositif):
        cotes.add("cellule")
    if mise.personne.utilisateur_id == user.pk:
        cotes.add("personne")
    if mise.besoin.demandeur.utilisateur_id == user.pk:
        cotes.add("accueil")
    return cotes


def tient_le_pret(user: "Utilisateur | None", pret: "Pret") -> bool:
    """Note that a thing leaves or comes back: the cellule, or whoever lends it. One query."""
    if user is None or not user.is_authenticated:
        return False
    proprietaire = pret.mise_en_relation.personne.utilisateur_id == user.pk and user.is_active
    return bool(proprietaire or tient_le_guichet(user, pret.mise_en_relation.dispositif))


rules.add_perm("engagement.tenir_guichet", tient_le_guichet)
rules.add_perm("engagement.ouvrir_dispositif", peut_ouvrir)
rules.add_perm("engagement.regler_dispositif", peut_regler)
