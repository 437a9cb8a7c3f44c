"""The mails that ask somebody whether they want to be in the annuaire, and whom to tell when none arrives."""

from typing import TYPE_CHECKING

from django.urls import reverse

from pistes.delais import SANS_REPONSE
from rappels.echecs import Suite, suit_les_echecs
from rappels.redaction import en_bref, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from pistes.models import FicheActeur
    from rappels.models import Message

GABARITS = "pistes/courriels"


def _fiche(message: "Message") -> "FicheActeur | None":
    """The entry that still waits for this very person's answer."""
    from pistes.models import FicheActeur

    fiches = FicheActeur.objects.select_related("organisation", "territoire")
    fiche: FicheActeur | None = fiches.filter(pk=message.numero, etat="demande").first()
    if fiche is None or fiche.email.lower() != message.destinataire.lower():
        return None
    return fiche


def _demande(message: "Message", objet: str) -> Courriel | None:
    fiche = _fiche(message)
    if fiche is None:
        return None
    return rediger(
        message,
        objet=f"{objet} : {en_bref(fiche.nom)}",
        gabarit=f"{GABARITS}/annuaire_accord",
        contexte={
            "fiche": fiche,
            "relance": message.genre == "annuaire_relance",
            "jours": SANS_REPONSE.days,
            "lien": lien(reverse("pistes:accord_annuaire", args=[fiche.jeton_signe])),
        },
    )


@redige("annuaire_accord", libelle="Accord pour l'annuaire", indispensable=True)
def annuaire_accord(message: "Message") -> Courriel | None:
    """Asks, with the very words that would be shown."""
    return _demande(message, "Voulez-vous figurer dans l'annuaire")


@redige("annuaire_relance", libelle="Relance pour l'annuaire", aux_heures_ouvrees=True)
def annuaire_relance(message: "Message") -> Courriel | None:
    """Asks once more, and says that silence means no."""
    return _demande(message, "Sans réponse de votre part, nous effacerons cette fiche")


@suit_les_echecs("fiche_acteur")
def suite_d_un_echec(sujet: str) -> Suite | None:
    """The référent·es of the organisation that proposed, else the administrateur·rices."""
    from comptes.models import Utilisateur
    from pistes.models import FicheActeur

    numero = int(sujet.partition(":")[2])
    fiche = FicheActeur.objects.select_related("organisation").filter(pk=numero).first()
    if fiche is None or not fiche.nom:
        return None
    admis = Utilisateur.objects.filter(role=Utilisateur.Role.ADMINISTRATEUR, is_active=True)
    return Suite(
        destinataires=tuple(fiche.organisation.decideurs().values_list("email", flat=True)),
        recours=tuple(admis.order_by("pk").values_list("email", flat=True)),
        titre=fiche.nom,
        lien=lien(reverse("pistes:fiches_proposees")),
        conseil="Vérifiez l'adresse avec la personne, retirez la fiche, puis proposez-la de nouveau.",
    )
