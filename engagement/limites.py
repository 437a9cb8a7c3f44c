"""Hard limits: what somebody refuses, and what a need asks for. One vocabulary, so that they can be compared.

DOMAIN: « a stated constraint is never overridden » (CARNET p. 66: an agent had asked not to work on
week-ends, and was not heard).
"""

from django.db import models


class Limite(models.TextChoices):
    """What a person may refuse. The same code in a need says that it asks for this."""

    WEEK_END = "week_end", "Pas le week-end"
    PORT_DE_CHARGE = "port_de_charge", "Pas de port de charge"
    CONDUITE = "conduite", "Pas de conduite"
    PUBLIC = "public", "Pas de contact avec le public"
    DEBOUT = "debout", "Pas de station debout prolongée"
    ESCALIERS = "escaliers", "Pas d'escaliers"
    DEHORS = "dehors", "Pas de travail dehors"
    ECRAN = "ecran", "Pas de travail sur écran"
    SEUL = "seul", "Pas de travail sans collègue"


# The same, said of a need.
DEMANDE = {
    Limite.WEEK_END: "uniquement le week-end",
    Limite.PORT_DE_CHARGE: "port de charge",
    Limite.CONDUITE: "conduite",
    Limite.PUBLIC: "contact avec le public",
    Limite.DEBOUT: "station debout prolongée",
    Limite.ESCALIERS: "escaliers",
    Limite.DEHORS: "travail dehors",
    Limite.ECRAN: "travail sur écran",
    Limite.SEUL: "travail sans collègue",
}
# A need says these of itself; the week-end is read from its slots.
A_COCHER_DANS_UN_BESOIN = [
    (limite.value, mots[0].upper() + mots[1:])
    for limite, mots in DEMANDE.items()
    if limite != Limite.WEEK_END
]
