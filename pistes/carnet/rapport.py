"""What the import command prints: counts, tree, doubts."""

from collections import Counter
from collections.abc import Iterator

from pistes.carnet.modele import Carnet, PisteLue


def rendre(carnet: Carnet) -> str:
    """The whole report, in French, one trailing newline."""
    parties = (_nombres(carnet), _controverses(carnet), _arbre(carnet), _doutes(carnet))
    return "\n\n".join("\n".join(partie) for partie in parties) + "\n"


def compter(carnet: Carnet) -> dict[str, int]:
    """How many of each were read, under the names the report prints."""
    resolus = sum(renvoi.vers is not None for renvoi in carnet.renvois)
    return {
        "controverses": len(carnet.controverses),
        "terrains": sum(len(lue.terrains) for lue in carnet.controverses),
        "orientations": len(carnet.orientations),
        "pistes": len(carnet.pistes),
        "détails": sum(len(lue.details) for lue in carnet.pistes),
        "inspirations": sum(len(lue.inspirations) for lue in carnet.pistes),
        "renvois résolus": resolus,
        "renvois sans piste": len(carnet.renvois) - resolus,
        "doutes": len(carnet.doutes),
    }


def _nombres(carnet: Carnet) -> Iterator[str]:
    yield "CE QUI A ÉTÉ LU"
    for nom, nombre in compter(carnet).items():
        yield f"{nombre:6} {nom}"


def _controverses(carnet: Carnet) -> Iterator[str]:
    yield "CONTROVERSES"
    for lue in carnet.controverses:
        yield f"{lue.numero}. {lue.theme} : {lue.pole_a} ↔ {lue.pole_b}"
        for terrain in lue.terrains:
            yield f"     {terrain.numero} {terrain.titre}"
    if not carnet.controverses:
        yield "Aucune."


def _arbre(carnet: Carnet) -> Iterator[str]:
    yield "ORIENTATIONS ET PISTES"
    connues = {lue.numero for lue in carnet.orientations}
    for lue in carnet.orientations:
        aussi = f", aussi p. {', '.join(map(str, lue.aussi))}" if lue.aussi else ""
        yield f"{lue.numero}. {lue.titre} (#{lue.mot_cle}{aussi})"
        yield from (_piste(piste) for piste in carnet.pistes if piste.orientation == lue.numero)
    isolees = [piste for piste in carnet.pistes if piste.orientation not in connues]
    if isolees:
        yield "Sans orientation"
        yield from map(_piste, isolees)


def _piste(lue: PisteLue) -> str:
    page = f"p. {lue.page:>3}" if lue.page is not None else "p.   ?"
    nombres = f"{len(lue.details)} dét., {len(lue.inspirations)} insp., {len(lue.renvois)} renv."
    return f"   {page}  {lue.titre or '(sans titre)'} — {nombres}"


def _doutes(carnet: Carnet) -> Iterator[str]:
    yield f"DOUTES ({len(carnet.doutes)})"
    if not carnet.doutes:
        yield "Aucun."
        return
    for genre, nombre in sorted(Counter(doute.genre for doute in carnet.doutes).items()):
        yield f"{nombre:6} {genre}"
    yield ""
    for doute in carnet.doutes:
        yield f"ligne {doute.ligne} [{doute.genre}] {doute.message}"
