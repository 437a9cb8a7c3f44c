from comptes.views.adhesions import accepter, changer_role, refuser, rejoindre, terminer
from comptes.views.compte import choisir_les_rappels, mon_compte, supprimer_compte
from comptes.views.invitations import annuler, invitation, inviter, renvoyer
from comptes.views.jetons import couper_jeton, jetons
from comptes.views.membres import membres
from comptes.views.organisations import nouvelle, organisation, organisations, valider

__all__ = [
    "accepter",
    "annuler",
    "changer_role",
    "choisir_les_rappels",
    "couper_jeton",
    "invitation",
    "inviter",
    "jetons",
    "membres",
    "mon_compte",
    "nouvelle",
    "organisation",
    "organisations",
    "refuser",
    "rejoindre",
    "renvoyer",
    "supprimer_compte",
    "terminer",
    "valider",
]
