"""Opening a cahier and noting a rencontre: once, however many times the form is sent."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from comptes.models import Utilisateur
from pistes.models import Cahier, Rencontre


@transaction.atomic
def ouvrir_un_cahier(cahier: Cahier, *, par: Utilisateur) -> tuple[Cahier, bool]:
    """Write it, or find the same one; whether it is new. Raises PermissionDenied."""
    Utilisateur.objects.select_for_update(no_key=True).get(pk=par.pk)
    if not par.has_perm("pistes.modifier_cahier", cahier):
        raise PermissionDenied
    siens = Cahier.objects.filter(cree_par=par, organisation=cahier.organisation_id)
    deja = siens.filter(titre=cahier.titre, contexte=cahier.contexte).first()
    if deja is not None:
        return deja, False
    cahier.cree_par = par
    cahier.save()
    cahier.noter("creer", "Cahier ouvert", par)
    return cahier, True


@transaction.atomic
def ajouter_une_rencontre(rencontre: Rencontre, *, par: Utilisateur) -> tuple[Rencontre, bool]:
    """Write it, or find the same one; whether it is new. Raises PermissionDenied."""
    cahier = Cahier.objects.select_for_update(of=("self",)).get(pk=rencontre.cahier_id)
    if not par.has_perm("pistes.modifier_cahier", cahier):
        raise PermissionDenied
    champs = ("type", "fonction", "le", *Rencontre.FACETTES)
    dites = {nom: getattr(rencontre, nom) for nom in champs}
    deja = cahier.rencontres.filter(**dites).first()
    if deja is not None:
        return deja, False
    rencontre.save()
    return rencontre, True
