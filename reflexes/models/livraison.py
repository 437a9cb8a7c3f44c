"""Rows the shipped corpus brings, and may correct later as long as nobody has edited them."""

import datetime as dt
import hashlib
import json
from typing import Any

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

    empreinte_livree = models.CharField(
        "empreinte du texte livré", max_length=64, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def est_tel_que_livre(self, champs: dict[str, Any]) -> bool:
        """Whether these fields still hold what the corpus wrote: nobody has edited them since."""
        actuels = {nom: getattr(self, nom) for nom in champs}
        return self.empreinte_livree == empreinte_de(actuels)
