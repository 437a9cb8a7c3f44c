"""Planning many messages in few statements: what ``boite.planifier`` says, row by row, for a batch."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg2.extras import Json, execute_values

from rappels.models import Message

LOT = 1000  # rows a statement; what is in memory at once


@dataclasses.dataclass(frozen=True, slots=True)
class Prevision:
    """One message to plan; the same arguments as ``boite.planifier``."""

    genre: str
    sujet: str
    destinataire: str
    cle: str
    prevu_le: dt.datetime | None = None
    donnees: dict[str, Any] | None = None


# A waiting row takes the new values, a cancelled one is revived afresh, any other stays as it is.
_CONFLIT = """
ON CONFLICT (cle) DO UPDATE SET
  genre = excluded.genre, sujet = excluded.sujet, destinataire = excluded.destinataire,
  donnees = excluded.donnees, etat = 'prevu',
  prevu_le = CASE WHEN m.etat = 'annule' OR {instant} THEN excluded.prevu_le ELSE m.prevu_le END
  {a_neuf}
WHERE m.etat IN ('prevu', 'annule')
"""
_DONNES = ("cle", "genre", "sujet", "destinataire", "donnees", "prevu_le")


def ecrire(
    previsions: Iterable[Prevision], *, a_neuf: dict[str, Any]
) -> tuple[int, dt.datetime | None]:
    """Write them in one transaction; return how many were given and the earliest instant among them.

    ``a_neuf`` are the values a revived row begins again with.

    The iterable is read batch by batch: memory does not grow with it.
    """
    nombre, plus_tot = 0, None
    with transaction.atomic():
        for lot in _lots(previsions):
            at = timezone.now()
            nombre += len(lot)
            instants = [p.prevu_le or at for p in lot]
            plus_tot = min([*instants, *([plus_tot] if plus_tot else [])])
            uniques = _sans_repetition(lot)
            _inserer([p for p in uniques if p.prevu_le], at, a_neuf, instant="true")
            # Said again without an instant, a waiting message keeps its first one.
            _inserer([p for p in uniques if not p.prevu_le], at, a_neuf, instant="false")
    return nombre, plus_tot


def _lots(previsions: Iterable[Prevision]) -> Iterator[list[Prevision]]:
    suite = iter(previsions)
    while lot := list(islice(suite, LOT)):
        yield lot


def _sans_repetition(lot: list[Prevision]) -> Iterable[Prevision]:
    """The last word on each key, since one statement may touch a row once only."""
    par_cle: dict[str, Prevision] = {}
    for prevision in lot:
        avant = par_cle.get(prevision.cle)
        if avant and avant.prevu_le and not prevision.prevu_le:
            prevision = dataclasses.replace(prevision, prevu_le=avant.prevu_le)
        par_cle[prevision.cle] = prevision
    # Always in the same order: two planners that meet wait for each other, and never in a circle.
    return sorted(par_cle.values(), key=lambda p: p.cle)


def _inserer(
    previsions: list[Prevision], at: dt.datetime, a_neuf: dict[str, Any], *, instant: str
) -> None:
    if not previsions:
        return
    champs = [f for f in Message._meta.concrete_fields if not f.generated and not f.primary_key]
    autres = [f for f in champs if f.name not in _DONNES]
    # The same for every row: said once, in the template.
    constantes = [at if f.name == "cree_le" else f.get_default() for f in autres]
    quote = connection.ops.quote_name
    colonnes = ", ".join(quote(c) for c in [*_DONNES, *(str(f.column) for f in autres)])
    table = quote(Message._meta.db_table)
    with connection.cursor() as curseur:
        modele = (
            f"({', '.join(['%s'] * len(_DONNES))}, {', '.join(_litteraux(curseur, constantes))})"
        )
        repris = [f for f in champs if f.name in a_neuf]
        debuts = zip(repris, _litteraux(curseur, [a_neuf[f.name] for f in repris]), strict=True)
        revenir = "".join(
            f", {f.column} = CASE WHEN m.etat = 'annule' THEN {debut} ELSE m.{f.column} END"
            for f, debut in debuts
        )
        sql = f"INSERT INTO {table} AS m ({colonnes}) VALUES %s"  # noqa: S608 - our own names
        execute_values(
            curseur.cursor,
            sql + _CONFLIT.format(instant=instant, a_neuf=revenir),
            [
                (p.cle, p.genre, p.sujet, p.destinataire, Json(p.donnees or {}), p.prevu_le or at)
                for p in previsions
            ],
            template=modele,
            page_size=LOT,
        )


def _litteraux(curseur: Any, valeurs: list[Any]) -> list[str]:
    """Our own default values as SQL text; a per cent sign would be read as a place for a parameter."""
    textes = [
        curseur.cursor.mogrify("%s", [Json(v) if isinstance(v, (dict, list)) else v]).decode()
        for v in valeurs
    ]
    return [texte.replace("%", "%%") for texte in textes]
