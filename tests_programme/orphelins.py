"""The folders of this room whose files nobody names any more (config/orphelins.py)."""

import datetime as dt

from django.db import models

from config import orphelins
from tests_programme.models import DocumentSeance, PieceJointe

DOSSIERS: dict[str, type[models.Model]] = {"journal": PieceJointe, "seances": DocumentSeance}


def effacer_les_orphelins(at: dt.datetime | None = None) -> int:
    """Delete them; return how many."""
    return orphelins.effacer_les_orphelins(DOSSIERS, at)
