"""The folders of this room whose files nobody names any more (config/orphelins.py)."""

import datetime as dt

from django.db import models

from config import orphelins
from engagement.models import PhotoOffre, PhotoPret

DOSSIERS: dict[str, type[models.Model]] = {"offres": PhotoOffre, "prets": PhotoPret}


def effacer_les_orphelins(at: dt.datetime | None = None) -> int:
    """Delete them; return how many."""
    return orphelins.effacer_les_orphelins(DOSSIERS, at)
