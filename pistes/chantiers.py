"""Making a chantier: once, however many times the form is sent."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from comptes.models import Utilisateur
from pistes.models import Chantier


@transaction.atomic
def creer(chantier: Chantier, *, par: Utilisateur) -> tuple[Chantier, bool]:
    """Write it, or find the same one; whether it is new. Raises PermissionDenied."""
    Utilisateur.objects.select_for_update(no_key=True).get(pk=par.pk)
    if not par.has_perm("pistes.modifier_chantier", chantier):
        raise PermissionDenied
    siens = Chantier.objects.filter(cree_par=par, organisation=chantier.organisation_id)
    deja = siens.filter(titre=chantier.titre, intentions=chantier.intentions).first()
    if deja is not None:
        return deja, False
    chantier.cree_par = par
    chantier.save()
    chantier.noter("creer", "Chantier noté", par)
    return chantier, True
