"""What the database refused, in words: the last net, when two people act at the same instant."""

from django.db import IntegrityError
from django.db.models import Model

EN_MOTS = {
    "engagement_demi_journee_places": "Toutes les places de cette demi-journée viennent d'être prises.",
    "engagement_demi_journee_week_end": "Cette personne a dit : pas le week-end.",
    "engagement_demi_journee_semaine": "Cette personne aurait trop de demi-journées dans la même semaine, "
    "pour ce dispositif.",
    "engagement_demi_journee_mois": "Cette personne aurait trop de demi-journées dans le même mois, pour ce "
    "dispositif.",
}


def contrainte_de(erreur: IntegrityError) -> str:
    """The name of the constraint that refused; "" when the driver does not say."""
    diagnostic = getattr(erreur.__cause__, "diag", None)
    return getattr(diagnostic, "constraint_name", None) or ""


def en_mots(erreur: IntegrityError, *modeles: type[Model]) -> str:
    """What to tell the person: our words, or those of the constraint of one of these models.

    Raises the error again when it is none of ours: it is a fault, not a refusal.
    """
    nom = contrainte_de(erreur)
    if nom in EN_MOTS:
        return EN_MOTS[nom]
    for modele in modeles:
        for contrainte in modele._meta.constraints:
            if contrainte.name == nom:
                return str(contrainte.violation_error_message)
    raise erreur
