"""The terrains a piste answers: our own reading, shipped with the corpus, then edited by the curateur·rices."""

from collections.abc import Iterable

from django.db import transaction

from pistes.corpus_lu import RecueilLivre
from pistes.models import Piste
from reflexes.corpus_enquete import EnqueteLivree
from reflexes.lecture import CorpusIllisible
from reflexes.livraison import Bilan
from reflexes.models import Terrain, TerrainFige, empreinte_de


class RattachementChange(Exception):
    """Somebody changed the terrains of this piste meanwhile."""


def terrains_en_vigueur() -> list[TerrainFige]:
    """Every terrain of today's cartographies, as the maps order them. One query."""
    figes = TerrainFige.objects.en_vigueur().select_related("terrain", "controverse__version")
    return sorted(
        figes, key=lambda t: (t.controverse.version_id, t.controverse.numero, t.ordre, t.pk)
    )


def empreinte(terrains: Iterable[int]) -> str:
    """What a screen saw, to know later whether it still holds."""
    return empreinte_de(sorted(terrains))


def rattacher(piste: Piste, terrains: Iterable[int], *, vue: str) -> bool:
    """Replace the terrains that are on today's maps; return whether anything changed.

    Those no map shows any more stay: nobody could see them to judge. Raises RattachementChange when
    ``vue`` is not what is there.
    """
    with transaction.atomic():
        Piste.objects.select_for_update().get(pk=piste.pk)
        actuels = set(piste.terrains.values_list("pk", flat=True))
        if empreinte(actuels) != vue:
            raise RattachementChange
        affiches = {fige.terrain_id for fige in terrains_en_vigueur()}
        voulus = (set(terrains) & affiches) | (actuels - affiches)
        piste.terrains.set(voulus)
        return voulus != actuels


def verifier(recueils: Iterable[RecueilLivre], enquete: EnqueteLivree) -> None:
    """Raises CorpusIllisible when a piste of the corpus names a terrain its enquête does not have."""
    for recueil in recueils:
        connus = set(enquete.terrains) if recueil.enquete == enquete.cle else set()
        for piste in recueil.pistes:
            if inconnus := sorted(set(piste.terrains) - connus):
                raise CorpusIllisible(
                    f"Recueil « {recueil.cle} », piste {piste.rang} : "
                    f"le terrain « {inconnus[0]} » n'existe pas."
                )


def charger(livre: RecueilLivre, bilan: Bilan) -> None:
    """Tie the pistes of a recueil to their terrains, those whose terrains were edited here apart."""
    nommes = {p.rang: sorted(set(p.terrains)) for p in livre.pistes if p.terrains}
    if not nommes:
        return
    terrains = {
        t.cle: t.pk for t in Terrain.objects.filter(controverse__enquete__cle=livre.enquete)
    }
    pistes = Piste.objects.filter(recueil__cle=livre.cle, rang__in=nommes)
    for piste in pistes.select_for_update().prefetch_related("terrains"):
        cles = nommes[piste.rang]
        livres = empreinte_de(cles)
        if piste.empreinte_terrains == livres:
            continue
        actuels = sorted(terrain.cle for terrain in piste.terrains.all())
        intacts = piste.empreinte_terrains == (empreinte_de(actuels) if actuels else "")
        if not intacts and actuels != cles:
            bilan.gardes.append(
                f"Les terrains de « {piste} » ont été choisis ici : les terrains livrés n'y sont "
                "pas repris."
            )
            continue
        piste.terrains.set([terrains[cle] for cle in cles])
        piste.empreinte_terrains = livres
        piste.save(update_fields=["empreinte_terrains"])
        bilan.mis_a_jour += 1
