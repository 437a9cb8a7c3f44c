"""What somebody followed when they leave the cellule: nobody's again, and said so to those who stay."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from engagement.destinataires import de_la_cellule
from engagement.models import Besoin, Ligne, MiseEnRelation
from engagement.querysets_guichet import EN_COURS
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif

GENRE = "guichet_depart"


@transaction.atomic
def rendre(
    dispositif: "Dispositif",
    utilisateur: "Utilisateur",
    *,
    par: "Utilisateur | None" = None,
    at: dt.datetime | None = None,
) -> int:
    """Empty the basket of somebody who has left; return how many lines it held. Twice changes nothing.

    The desk shows these lines as nobody's from the day they left, whether or not this has run.
    """
    at = at or timezone.now()
    nombre = 0
    for suivies in (
        Besoin.objects.filter(etat__in=["a_qualifier", "ouvert"]),
        MiseEnRelation.objects.filter(etat__in=EN_COURS),
    ):
        siennes: Any = suivies.filter(dispositif=dispositif, mediateur=utilisateur)
        lignes = list(siennes.select_for_update(of=("self",)).order_by("pk"))
        siennes.update(mediateur=None)
        Ligne.objects.bulk_create(
            Ligne(
                dispositif=dispositif,
                sujet=ligne.sujet_du_guichet,
                action="rendre_panier",
                libelle=f"Revient au panier commun : {utilisateur} n'est plus dans la cellule"[
                    :200
                ],
                par=par,
                le=at,
            )
            for ligne in lignes
        )
        nombre += len(lignes)
    if nombre:
        _dire(dispositif, utilisateur, nombre, at)
    return nombre


def rendre_ceux_des_partis(dispositif: "Dispositif", at: dt.datetime | None = None) -> int:
    """The baskets of everybody who is no longer of the cellule; return how many lines came back."""
    from comptes.models import Utilisateur

    presents = dispositif.mediations.filter(jusqu_au=None, utilisateur__is_active=True)
    suivis = Besoin.objects.filter(dispositif=dispositif, etat__in=["a_qualifier", "ouvert"])
    menees = MiseEnRelation.objects.filter(dispositif=dispositif, etat__in=EN_COURS)
    suivent = set(suivis.order_by().values_list("mediateur", flat=True).distinct())
    suivent |= set(menees.order_by().values_list("mediateur", flat=True).distinct())
    partis = suivent - set(presents.values_list("utilisateur", flat=True)) - {None}
    qui = Utilisateur.objects.filter(pk__in=partis).order_by("pk")
    return sum(rendre(dispositif, parti, at=at) for parti in qui)


def _dire(
    dispositif: "Dispositif", utilisateur: "Utilisateur", nombre: int, at: dt.datetime
) -> None:
    for adresse in de_la_cellule(dispositif):
        boite.planifier(
            genre=GENRE,
            sujet=f"guichet:{dispositif.pk}",
            destinataire=adresse,
            cle=f"{GENRE}:{dispositif.pk}:{utilisateur.pk}:{adresse}:{at.timestamp():.0f}",
            donnees={
                "nom": str(utilisateur),
                "nombre": nombre,
                "lieu": dispositif.organisation.lieu,
            },
        )
