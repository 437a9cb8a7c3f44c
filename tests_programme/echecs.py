"""Whom to tell when a message about a test cannot reach its recipient."""

from rappels.echecs import Suite, suit_les_echecs
from rappels.redaction import lien
from tests_programme.destinataires import referents

CONSEIL = (
    "Vérifiez l'adresse avec la personne, puis prévenez-la vous-même. Avant le démarrage, vous pouvez corriger "
    "l'adresse d'une partie prenante sur la page du test ; si c'est celle d'un compte, la personne la change "
    "dans « Mon compte »."
)


@suit_les_echecs("test", "accord", "echange")
def suite_d_un_echec(sujet: str) -> Suite | None:
    """The organisation's référent·es, else the administrateur·rices."""
    from comptes.models import Utilisateur
    from tests_programme.models import Test

    famille, _, numero = sujet.partition(":")
    cle = {"test": "pk", "accord": "parties__accords__pk", "echange": "echanges__pk"}[famille]
    test = Test.objects.select_related("organisation").filter(**{cle: int(numero)}).first()
    if test is None:
        return None
    admis = Utilisateur.objects.filter(role=Utilisateur.Role.ADMINISTRATEUR, is_active=True)
    return Suite(
        destinataires=tuple(referents(test)),
        recours=tuple(admis.order_by("pk").values_list("email", flat=True)),
        titre=test.titre,
        lien=lien(test.get_absolute_url()),
        conseil=CONSEIL,
    )
