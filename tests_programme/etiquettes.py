"""Tags: short words a team puts on what it was told, to find its own way through many answers."""

import re
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from tests_programme.models.reponse import Etiquetable

NOMBRE_MAXIMAL = 6
SIGNES_MAXIMUM = 40


def lire(saisie: str) -> list[str]:
    """The tags of a line typed with commas, each once, in small letters."""
    mots = (re.sub(r"\s+", " ", mot).strip().lower() for mot in saisie.split(","))
    return list(dict.fromkeys(mot for mot in mots if mot))


@transaction.atomic
def etiqueter(parole: "Etiquetable", *, avant: list[str], apres: list[str]) -> list[str]:
    """Put and take off what the person changed between ``avant`` (what they were shown) and ``apres``.

    Two people who tag the same words at once both keep theirs. Returns the tags that found no room.
    """
    courante = type(parole)._default_manager.select_for_update(of=("self",)).get(pk=parole.pk)
    gardees = [mot for mot in courante.etiquettes if mot in apres or mot not in avant]
    voulues = [*gardees, *(mot for mot in apres if mot not in gardees and mot not in avant)]
    parole.etiquettes = voulues[:NOMBRE_MAXIMAL]
    parole.save(update_fields=["etiquettes"])
    return voulues[NOMBRE_MAXIMAL:]
