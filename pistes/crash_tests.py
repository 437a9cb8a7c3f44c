"""Writing a crash test: once, however many times the form is sent."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from comptes.models import Utilisateur
from pistes.models import CrashTest


@transaction.atomic
def creer(fait: CrashTest, *, par: Utilisateur) -> tuple[CrashTest, bool]:
    """Write it, or find the same one; whether it is new. Raises PermissionDenied."""
    Utilisateur.objects.select_for_update(no_key=True).get(pk=par.pk)
    if not par.has_perm("pistes.modifier_crash_test", fait):
        raise PermissionDenied
    siens = CrashTest.objects.filter(auteur=par, scenario=fait.scenario)
    siens = siens.filter(piste=fait.piste, chantier=fait.chantier, fait_le=fait.fait_le)
    deja = siens.filter(**{nom: getattr(fait, nom) for nom in CrashTest.QUESTIONS}).first()
    if deja is not None:
        return deja, False
    fait.auteur = par
    fait.save()
    return fait, True
