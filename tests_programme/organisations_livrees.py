"""The organisations the corpus brings: found again by their key or SIREN, never overwritten."""

from collections.abc import Iterable

from comptes.models import Organisation, Territoire
from reflexes.livraison import Bilan
from tests_programme.recits_lus import OrganisationLivree


def charger_organisations(
    livrees: Iterable[OrganisationLivree], bilan: Bilan, *, est_demo: bool = False
) -> dict[str, Organisation]:
    """The organisations by key. One that signed up by itself with the same SIREN is taken as it is.

    The territoire is filled when the territories are loaded and nobody has chosen one.
    """
    trouvees = {}
    for livree in livrees:
        organisation = _trouver(livree)
        if organisation is None:
            organisation = Organisation.objects.create(
                cle=livree.cle,
                nom=livree.nom,
                type=livree.type,
                siren=livree.siren,
                territoire=_territoire(livree),
                est_demo=est_demo,
            )
            bilan.crees += 1
        elif organisation.territoire_id is None and (territoire := _territoire(livree)):
            organisation.territoire = territoire
            organisation.save(update_fields=["territoire"])
            bilan.mis_a_jour += 1
        trouvees[livree.cle] = organisation
    return trouvees


def _trouver(livree: OrganisationLivree) -> Organisation | None:
    organisation = Organisation.objects.filter(cle=livree.cle).first()
    if organisation is None and livree.siren:
        organisation = Organisation.objects.filter(siren=livree.siren, cle=None).first()
        if organisation is not None:
            organisation.cle = livree.cle
            organisation.save(update_fields=["cle"])
    return organisation


def _territoire(livree: OrganisationLivree) -> Territoire | None:
    if livree.territoire is None:
        return None
    niveau, code = livree.territoire
    return Territoire.objects.filter(niveau=niveau, code=code).first()
