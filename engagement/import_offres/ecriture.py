"""Writing the good lines: some seconds for thousands, all or nothing, and a second click writes nothing more."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from engagement import relances_offres
from engagement.historique import noter
from engagement.import_offres.apercu import Apercu, apercevoir
from engagement.models import Dispositif, Ligne, Offre, Personne
from engagement.models.personne import cle_de
from engagement.models.vie_offre import FERME
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur

LOT = 1_000


@transaction.atomic
def importer(
    dispositif: Dispositif,
    contenu: bytes,
    *,
    par: "Utilisateur",
    consentement: str,
    precision: str,
    prevenir: bool = True,
    at: dt.datetime | None = None,
) -> Apercu:
    """Write them; return what the file brought. ``precision``: where and when these people said yes.

    The dispositif is locked: two imports at once are read one after the other. Raises TableurRefuse, ActionRefusee.
    """
    at = at or timezone.now()
    verrou = Dispositif.objects.select_for_update(of=("self",), no_key=True)
    if not verrou.get(pk=dispositif.pk).est_ouvert(at):
        raise ActionRefusee(FERME)
    apercu = apercevoir(dispositif, contenu, at)
    _ecrire_les_personnes(dispositif, apercu, par, consentement, at)
    offres = _ecrire_les_offres(dispositif, apercu, at)
    Ligne.objects.bulk_create(
        [
            Ligne(
                dispositif=dispositif, sujet=f"offre:{offre.pk}", action="importer", vers="active",
                libelle="Offre importée d'un tableau", par=par, le=at,
            )
            for offre in offres
        ],
        batch_size=LOT,
    )  # fmt: skip
    if offres:
        dit = f"{len(offres)} offres importées ; accord : {precision}"
        noter(dispositif.pk, f"dispositif:{dispositif.pk}", "importer", dit, par=par, at=at)
    if prevenir:
        relances_offres.planifier_toutes(offres, at=at)
    return apercu


def _ecrire_les_personnes(
    dispositif: Dispositif, apercu: Apercu, par: "Utilisateur", consentement: str, at: dt.datetime
) -> None:
    """Those who are not there yet join ``apercu.connues``."""
    nouvelles: dict[tuple[str, ...], Personne] = {}
    for ligne in apercu.bonnes:
        if ligne.qui not in apercu.connues and ligne.qui not in nouvelles:
            email = ligne.personne["email"]
            nouvelles[ligne.qui] = Personne(
                dispositif=dispositif,
                consentement=consentement,
                consenti_le=at,
                recueilli_par=par,
                confirmee_le=at if email else None,
                cree_le=at,
                cle=cle_de(email),
                **ligne.personne,
            )
    Personne.objects.bulk_create(nouvelles.values(), batch_size=LOT)
    apercu.connues |= nouvelles


def _ecrire_les_offres(dispositif: Dispositif, apercu: Apercu, at: dt.datetime) -> list[Offre]:
    offres = [
        Offre(
            dispositif=dispositif,
            personne=apercu.connues[ligne.qui],
            territoire_id=ligne.commune.pk,
            epci_id=ligne.commune.epci,
            departement_id=ligne.commune.departement,
            etat=Offre.Etat.ACTIVE,
            cree_le=at,
            regardee_le=at,
            **ligne.offre,
        )
        for ligne in apercu.bonnes
    ]
    Offre.objects.bulk_create(offres, batch_size=LOT)
    liens = Offre.genres.through
    couples = zip(offres, apercu.bonnes, strict=True)
    liens.objects.bulk_create(
        [
            liens(offre_id=offre.pk, genremission_id=genre.pk)
            for offre, ligne in couples
            for genre in ligne.genres
        ],
        batch_size=LOT,
        ignore_conflicts=True,
    )
    return offres
