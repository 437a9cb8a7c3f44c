"""The working copy: the one draft of an enquête's cartographie that curateur·rices edit on screen.

Controverses and terrains keep their lasting identity from version to version; what is removed from the
copy and was never published leaves no identity behind.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from reflexes.models import (
    Controverse,
    ControverseFigee,
    Enquete,
    Terrain,
    TerrainFige,
    VersionCartographie,
    empreinte_de,
)
from reflexes.models.cartographie import CODE_COPIE

CHAMPS_CONTROVERSE = ControverseFigee.CHAMPS_DURABLES
CHAMPS_TERRAIN = ["numero", "titre", "texte"]


@transaction.atomic
def ouvrir(enquete: Enquete, *, vide: bool = False) -> tuple[VersionCartographie, bool]:
    """The working copy and whether it is new: what the latest published version says, or nothing.

    There is one at a time: asking twice gives the same.
    """
    Enquete.objects.select_for_update().get(pk=enquete.pk)
    deja = enquete.versions.brouillons().filter(code=CODE_COPIE).first()
    if deja is not None:
        return deja, False
    copie = VersionCartographie.objects.create(
        enquete=enquete,
        code=CODE_COPIE,
        rang=VersionCartographie.rang_suivant(enquete),
        titre="Copie de travail",
    )
    modele = None if vide else enquete.versions.publiees().first()
    if modele is not None:
        _recopier(modele, copie)
    return copie, True


def _recopier(modele: VersionCartographie, copie: VersionCartographie) -> None:
    figees = {
        ancienne.pk: ControverseFigee.objects.create(
            version=copie,
            controverse_id=ancienne.controverse_id,
            **{champ: getattr(ancienne, champ) for champ in CHAMPS_CONTROVERSE},
        )
        for ancienne in modele.controverses.all()
    }
    TerrainFige.objects.bulk_create(
        TerrainFige(
            version=copie,
            controverse=figees[ancien.controverse_id],
            terrain_id=ancien.terrain_id,
            **{champ: getattr(ancien, champ) for champ in CHAMPS_TERRAIN},
        )
        for ancien in modele.terrains.all()
    )


@transaction.atomic
def abandonner(copie: VersionCartographie) -> None:
    """Throw a draft away, with the identities that nothing else knows. Never a published version."""
    VersionCartographie.objects.brouillons().select_for_update().get(pk=copie.pk).delete()
    _oublier_les_inconnus(copie.enquete)


@transaction.atomic
def ajouter_controverse(copie: VersionCartographie, figee: ControverseFigee) -> ControverseFigee:
    """Write a controverse in the copy. The same one, sent twice, is there once."""
    champs = {champ: getattr(figee, champ) for champ in CHAMPS_CONTROVERSE}
    deja: ControverseFigee | None = copie.controverses.filter(**champs).first()
    if deja is not None:
        return deja
    controverse = Controverse.objects.create(
        enquete=copie.enquete,
        cle=_cle_libre(copie.enquete.controverses.all(), figee.theme),
        **champs,
    )
    return ControverseFigee.objects.create(version=copie, controverse=controverse, **champs)


@transaction.atomic
def ajouter_terrain(
    copie: VersionCartographie, fige: TerrainFige, identite: Terrain | None
) -> TerrainFige:
    """Write a terrain in the copy. ``identite`` when it comes back from an earlier version."""
    champs = {champ: getattr(fige, champ) for champ in CHAMPS_TERRAIN}
    deja: TerrainFige | None = copie.terrains.filter(controverse=fige.controverse, **champs).first()
    if deja is not None:
        return deja
    terrain = identite or Terrain.objects.create(
        controverse=fige.controverse.controverse,
        cle=_cle_libre(terrains_de(copie.enquete), fige.titre),
    )
    return TerrainFige.objects.create(
        version=copie, controverse=fige.controverse, terrain=terrain, **champs
    )


@transaction.atomic
def retirer(ligne: ControverseFigee | TerrainFige) -> None:
    """Take a controverse (with its terrains) or a terrain out of the copy."""
    enquete = ligne.version.enquete
    ligne.delete()
    _oublier_les_inconnus(enquete)


def absents(copie: VersionCartographie) -> "list[TerrainFige]":
    """Terrains of published versions that the copy no longer holds, in their latest words."""
    publies = TerrainFige.objects.publies().filter(version__enquete=copie.enquete_id)
    publies = publies.exclude(terrain__in=copie.terrains.values("terrain"))
    derniers = publies.order_by("terrain_id", "-version__rang").distinct("terrain_id")
    return sorted(derniers.select_related("version", "terrain"), key=lambda t: t.ordre)


def terrains_de(enquete: Enquete) -> "QuerySet[Terrain]":
    """The lasting identities of an enquête."""
    return Terrain.objects.filter(controverse__enquete=enquete)


def contenu_de(version: VersionCartographie) -> str:
    """The fingerprint of all that a version says: has anybody changed it since it was read?"""
    controverses = version.controverses.order_by("pk").values_list("pk", *CHAMPS_CONTROVERSE)
    terrains = version.terrains.order_by("pk").values_list("pk", "controverse", *CHAMPS_TERRAIN)
    return empreinte_de([list(controverses), list(terrains)])


def _cle_libre(voisins: "QuerySet[Terrain] | QuerySet[Controverse]", titre: str) -> str:
    """A key nobody bears yet in the enquête, made of the title."""
    base = slugify(titre)[:70].strip("-") or "sans-titre"
    prises = set(voisins.filter(cle__startswith=base).values_list("cle", flat=True))
    candidats = [base, *(f"{base}-{n}" for n in range(2, len(prises) + 3))]
    return next(cle for cle in candidats if cle not in prises)


def _oublier_les_inconnus(enquete: Enquete) -> None:
    """Identities that no version, no témoignage, no answer, no piste knows."""
    terrains_de(enquete).filter(figes=None, temoignages=None, reponses=None, pistes=None).delete()
    enquete.controverses.filter(figees=None, terrains=None, empreinte_livree="").delete()
