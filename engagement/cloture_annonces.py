"""Who is told that a dispositif closes: one mail an address, whose key says so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from rappels.en_masse import Prevision

if TYPE_CHECKING:
    from engagement.models import Dispositif, Personne

MAIL = "dispositif_clos"


def joignables(dispositif: "Dispositif") -> "QuerySet[Personne]":
    """Those a mail may leave to (agrees with ``Personne.joignable``)."""
    from engagement.models import Personne

    siennes = Personne.objects.filter(dispositif=dispositif.pk, effacee_le=None).exclude(email="")
    return siennes.exclude(confirmee_le=None, utilisateur=None)


def annonces(dispositif: "Dispositif") -> Iterator[Prevision]:
    """One mail an address: whoever gave or asked; who welcomed and who manages."""
    dites: set[str] = set()
    for pk, email in joignables(dispositif).order_by("pk").values_list("pk", "email").iterator():
        yield from _annonce(dispositif, email, {"personne": pk}, dites)
    mises = dispositif.mises_en_relation.order_by("pk")
    arretees = Q(terminee_le__gte=dispositif.clos_le)
    en_mission = Q(etat__in=["en_mission", "retour"]) | Q(arretees, etat="interrompue")
    accueils = mises.filter(en_mission | Q(arretees, etat="declinee"))
    managers = mises.filter(en_mission)
    for lignes, champ in (
        (accueils, "besoin__accueil_email"),
        (managers, "personne__manager_email"),
    ):
        for pk, email in lignes.exclude(**{champ: ""}).values_list("pk", champ).iterator():
            yield from _annonce(dispositif, email, {"mise_en_relation": pk}, dites)


def _annonce(
    dispositif: "Dispositif", email: str, donnees: dict[str, int], dites: set[str]
) -> Iterator[Prevision]:
    adresse = email.lower()
    if adresse not in dites:
        dites.add(adresse)
        yield Prevision(
            genre=MAIL,
            sujet=f"dispositif:{dispositif.pk}",
            destinataire=adresse,
            cle=f"{MAIL}:{dispositif.pk}:{adresse}",
            donnees=donnees,
        )
