"""The lasting identities that documents bring: a piste and an orientation exist before their first public text."""

from collections.abc import Iterable

from pistes.carnet.modele import OrientationLue
from pistes.models import Orientation, Piste, Recueil
from pistes.redaction import adresse_libre, cle_de

# (page or number, title, number of its orientation)
Place = tuple[int, str, int | None]


def identites_des_orientations(
    recueil: Recueil, lues: Iterable[OrientationLue]
) -> tuple[dict[int, Orientation], list[OrientationLue]]:
    """The orientations by number, and those this import has just made."""
    existantes = {orientation.numero: orientation for orientation in recueil.orientations.all()}
    neuves = []
    for lue in lues:
        if lue.numero not in existantes:
            existantes[lue.numero] = Orientation.objects.create(
                recueil=recueil,
                numero=lue.numero,
                mot_cle=lue.mot_cle or str(lue.numero),
                slug=adresse_libre(Orientation, lue.titre, lue.numero),
            )
            neuves.append(lue)
    return existantes, neuves


def identites_des_pistes(
    recueil: Recueil, places: Iterable[Place], orientations: dict[int, Orientation]
) -> dict[int, Piste]:
    """The pistes of the recueil by page or number, those the document adds included."""
    existantes = {piste.rang: piste for piste in recueil.pistes.all()}
    for rang, titre, orientation in places:
        if rang not in existantes:
            existantes[rang] = Piste.objects.create(
                recueil=recueil,
                cle=cle_de(recueil.cle, rang),
                slug=adresse_libre(Piste, titre, rang),
                rang=rang,
                page=rang if recueil.cle == "carnet" else None,
                orientation=orientations.get(orientation or 0),
            )
    return existantes
