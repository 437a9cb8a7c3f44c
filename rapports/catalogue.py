"""Every export there is, by its name in the address."""

from typing import TYPE_CHECKING

from rapports.export_chantiers import CHANTIERS
from rapports.export_comptes import COMPTES, ORGANISATIONS
from rapports.export_controverses import CONTROVERSES
from rapports.export_des_tests import CRITERES, EVALUATIONS, VOIX
from rapports.export_enseignements import ENSEIGNEMENTS
from rapports.export_pistes import PISTES
from rapports.export_temoignages import TEMOIGNAGES
from rapports.export_tests import TESTS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur
    from rapports.exports import Export

EXPORTS: "dict[str, Export]" = {
    export.cle: export
    for export in (
        *(TESTS, EVALUATIONS, CRITERES, VOIX, ENSEIGNEMENTS),
        *(PISTES, CONTROVERSES, TEMOIGNAGES, CHANTIERS),
        *(ORGANISATIONS, COMPTES),
    )
}


def exports_de(user: "Utilisateur | AnonymousUser") -> "list[Export]":
    """Those this person may take, with the columns they may read."""
    return [export.pour(user) for export in EXPORTS.values() if export.ouvert_a(user)]
