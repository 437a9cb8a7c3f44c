"""Whom to tell when a message of the desk cannot reach its recipient: the cellule, who may call."""

from django.urls import reverse

from engagement.destinataires import de_la_cellule, du_mediateur
from rappels.echecs import Suite, suit_les_echecs
from rappels.redaction import lien

CONSEIL = (
    "Appelez la personne si vous avez son téléphone, puis corrigez son adresse sur sa page. Sans adresse, tout peut "
    "se faire par la cellule."
)

CONSEIL_DE_MISE = (
    "Appelez la personne, puis corrigez son adresse : la sienne et celle de son manager sont sur sa page, celle de "
    "l'accueil est dans le besoin. Les prochains messages partiront à la bonne."
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


@suit_les_echecs("mise_en_relation", "accord_mission")
def suite_d_une_mise_en_relation(sujet: str) -> Suite | None:
    """Who follows it, else its whole cellule: somebody calls."""
    from engagement.models import MiseEnRelation

    famille, _, numero = sujet.partition(":")
    cle = {"mise_en_relation": "pk", "accord_mission": "accords__pk"}[famille]
    mise = MiseEnRelation.objects.avec_tout().filter(**{cle: int(numero)}).first()
    if mise is None:
        return None
    return Suite(
        destinataires=tuple(du_mediateur(mise)),
        recours=tuple(de_la_cellule(mise.dispositif)),
        titre=mise.besoin.titre,
        lien=lien(mise.get_absolute_url()),
        conseil=CONSEIL_DE_MISE,
    )
