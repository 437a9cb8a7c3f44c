"""Rows the shipped corpus brings, and may correct later as long as nobody has edited them."""

import datetime as dt
import hashlib
import json
from typing import Any, ClassVar

from django.db import models


def empreinte_de(contenu: object) -> str:
    """SHA-256 of some plain data, whatever the order of its keys."""
    texte = json.dumps(contenu, ensure_ascii=False, sort_keys=True, default=_en_texte)
    return hashlib.sha256(texte.encode()).hexdigest()


def _en_texte(valeur: object) -> str:
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    raise TypeError(f"Not plain data: {valeur!r}")


class Livrable(models.Model):
    """A row that keeps the fingerprint of what the corpus last wrote in it."""

    # Fields the corpus did not bring at first: still blank, they are in no fingerprint of that time.
    CHAMPS_TARDIFS: ClassVar[frozenset[str]] = frozenset()

    empreinte_livree = models.CharField(
        "empreinte du texte livré", max_length=64, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def est_tel_que_livre(self, champs: dict[str, Any]) -> bool:
        """Whether these fields still hold what the corpus wrote: nobody has edited them since."""
        actuels = {nom: getattr(self, nom) for nom in champs}
        anciens = {n: v for n, v in actuels.items() if v or n not in self.CHAMPS_TARDIFS}
        return self.empreinte_livree in {empreinte_de(actuels), empreinte_de(anciens)}
