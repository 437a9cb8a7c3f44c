"""Whom to tell when a message about an offer or its person cannot reach them: the cellule, who may call."""

from django.urls import reverse

from engagement.destinataires import de_la_cellule
from rappels.echecs import Suite, suit_les_echecs
from rappels.redaction import lien

CONSEIL = (
    "Appelez la personne si vous avez son téléphone, puis corrigez son adresse sur sa page. Sans adresse, tout peut "
    "se faire par la cellule."
)


@suit_les_echecs("offre", "personne")
def suite_d_un_echec(sujet: str) -> Suite | None:
    """The whole cellule; nobody for an address that nobody has confirmed: it was a slip, or a joke."""
    from engagement.models import Personne

    famille, _, numero = sujet.partition(":")
    cle = {"offre": "offres__pk", "personne": "pk"}[famille]
    personnes = Personne.objects.select_related("dispositif")
    personne = personnes.filter(**{cle: int(numero)}, effacee_le=None).first()
    if personne is None or not personne.joignable:
        return None
    return Suite(
        destinataires=tuple(de_la_cellule(personne.dispositif)),
        recours=(),
        titre=personne.dispositif.nom,
        lien=lien(reverse("engagement:personne", args=[personne.pk])),
        conseil=CONSEIL,
    )
