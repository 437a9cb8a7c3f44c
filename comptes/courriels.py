"""The mails about organisations: one writer a kind, run at the moment the mail leaves.

Each returns None when its reason is gone: the request was answered, the invitation used.
"""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from config.jours import jour_de
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from comptes.models import Adhesion
    from rappels.models import Message

GABARITS = "comptes/courriels"


def _adhesion(message: "Message", etat: str) -> "Adhesion | None":
    from comptes.models import Adhesion

    adhesions = Adhesion.objects.select_related("organisation", "utilisateur")
    return adhesions.filter(pk=message.numero, etat=etat, utilisateur__is_active=True).first()


@redige("adhesion_demandee", libelle="Demande à rejoindre une organisation")
def adhesion_demandee(message: "Message") -> Courriel | None:
    """Tells those who decide that somebody asks to join."""
    adhesion = _adhesion(message, "demandee")
    if adhesion is None:
        return None
    decideurs = {user.email.lower() for user in adhesion.organisation.decideurs()}
    if message.destinataire.lower() not in decideurs:
        return None
    contexte = {
        "adhesion": adhesion,
        "lien": lien(reverse("comptes:membres", args=[adhesion.organisation_id])),
    }
    return rediger(
        message,
        objet=f"Une demande pour rejoindre {en_bref(adhesion.organisation.nom)}",
        gabarit=f"{GABARITS}/adhesion_demandee",
        contexte=contexte,
    )


def _a_la_personne(message: "Message", etat: str, objet: str, gabarit: str) -> Courriel | None:
    adhesion = _adhesion(message, etat)
    if adhesion is None or adhesion.utilisateur.email.lower() != message.destinataire.lower():
        return None
    return rediger(
        message,
        objet=objet.format(organisation=en_bref(adhesion.organisation.nom)),
        gabarit=f"{GABARITS}/{gabarit}",
        contexte={
            "adhesion": adhesion,
            "lien": lien(adhesion.organisation.get_absolute_url()),
            "lien_espace": lien(reverse("accueil:mon_espace")),
        },
    )


@redige("adhesion_acceptee", libelle="Adhésion acceptée")
def adhesion_acceptee(message: "Message") -> Courriel | None:
    """Tells somebody that they are in."""
    return _a_la_personne(
        message, "active", "Vous avez rejoint {organisation}", "adhesion_acceptee"
    )


@redige("adhesion_refusee", libelle="Adhésion refusée")
def adhesion_refusee(message: "Message") -> Courriel | None:
    """Tells somebody that they are not."""
    return _a_la_personne(
        message, "refusee", "Votre demande pour {organisation}", "adhesion_refusee"
    )


@redige("adhesion_role", libelle="Nouveau rôle dans une organisation")
def adhesion_role(message: "Message") -> Courriel | None:
    """Tells a member what their role now is."""
    return _a_la_personne(
        message, "active", "Votre rôle à {organisation} a changé", "adhesion_role"
    )


@redige("adhesion_terminee", libelle="Fin d'une adhésion")
def adhesion_terminee(message: "Message") -> Courriel | None:
    """Tells somebody that they no longer belong to an organisation."""
    return _a_la_personne(
        message, "terminee", "Vous n'êtes plus membre de {organisation}", "adhesion_terminee"
    )


@redige("organisation_a_valider", libelle="Organisation à valider")
def organisation_a_valider(message: "Message") -> Courriel | None:
    """Tells an administrateur·rice that a new organisation waits."""
    from comptes.models import Organisation, Utilisateur

    organisation = Organisation.objects.filter(pk=message.numero, validee=False).first()
    admis = Utilisateur.objects.filter(
        email=message.destinataire, is_active=True, role=Utilisateur.Role.ADMINISTRATEUR
    )
    if organisation is None or not admis.exists():
        return None
    contexte: dict[str, Any] = {
        "organisation": organisation,
        "demandes": organisation.adhesions.demandees().select_related("utilisateur"),
        "lien": lien(organisation.get_absolute_url()),
    }
    return rediger(
        message,
        objet=f"Une organisation à valider : {en_bref(organisation.nom)}",
        gabarit=f"{GABARITS}/organisation_a_valider",
        contexte=contexte,
    )


@redige("invitation", libelle="Invitation à rejoindre une organisation", indispensable=True)
def invitation(message: "Message") -> Courriel | None:
    """Invites an address by a personal link."""
    from comptes.models import Invitation
    from comptes.models.invitation import VALIDITE

    invitations = Invitation.objects.select_related("organisation", "par")
    invitation = invitations.filter(pk=message.numero).first()
    if invitation is None or not invitation.est_valide() or not invitation.auteur_peut_inviter():
        return None
    contexte = {
        "invitation": invitation,
        "auteur": invitation.par,
        "fin": jour_en_mots(jour_de(invitation.cree_le + VALIDITE)),
        "lien": lien(reverse("comptes:invitation", args=[invitation.jeton])),
    }
    return rediger(
        message,
        objet=f"Invitation à rejoindre {en_bref(invitation.organisation.nom)}",
        gabarit=f"{GABARITS}/invitation",
        contexte=contexte,
    )
