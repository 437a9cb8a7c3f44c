"""When nobody may be asked (again) whether they want to be in the annuaire."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac

from pistes.delais import CONSERVATION_DU_REFUS

if TYPE_CHECKING:
    from pistes.models.vie_de_fiche import VieDeLaFiche

SEL = "pistes.annuaire"
# By one organisation, in 24 hours; and requests one address may have waiting: nobody is flooded.
PAR_JOUR = 30
PAR_ADRESSE = 5


def empreinte_de_l_adresse(email: str) -> str:
    """What is kept of an address that said no: enough to know it again, not to write to it."""
    return salted_hmac(SEL, email.strip().lower(), algorithm="sha256").hexdigest()


def obstacle_a_la_demande(
    fiche: "VieDeLaFiche", deja: "VieDeLaFiche | None", at: dt.datetime
) -> str:
    """Why nobody may be asked now, in words; "" when they may."""
    toutes: Any = type(fiche)._default_manager.all()
    if deja is not None:
        return "Une autre organisation a déjà proposé cet acteur sur ce territoire."
    refus = toutes.filter(
        empreinte_adresse=empreinte_de_l_adresse(fiche.email),
        repondu_le__gt=at - CONSERVATION_DU_REFUS,
    )
    if refus.exists():
        return (
            "Cette personne a dit non il y a moins de douze mois : on ne le lui redemande pas. "
            "Si elle change d'avis, le lien qu'elle a reçu lui permet de le dire."
        )
    en_attente = toutes.filter(email__iexact=fiche.email, etat=fiche.Etat.DEMANDE)
    if en_attente.count() >= PAR_ADRESSE:
        return "Cette adresse a déjà plusieurs demandes sans réponse : attendez ses réponses."
    du_jour = toutes.filter(
        organisation=fiche.organisation, demande_le__gt=at - dt.timedelta(days=1)
    )
    if du_jour.count() >= PAR_JOUR:
        return (
            f"Votre organisation a déjà proposé {PAR_JOUR} fiches en 24 heures : "
            "gardez votre texte, et proposez celle-ci demain."
        )
    return ""
