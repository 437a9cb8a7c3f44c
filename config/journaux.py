"""Logs without personal links: whoever reads a log must not be able to answer in somebody's place."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

_BARRE = r"(?:/|%2F)"  # in a ``?next=`` the bar is written %2F
_DEBUTS = [
    "accords",
    "invitations",
    "miroir",
    "agendas",
    f"annuaire{_BARRE}accord",
    f"rappels{_BARRE}choix",
    "v",
    f"compte{_BARRE}password{_BARRE}reset{_BARRE}key",
    f"compte{_BARRE}confirm-email",
    # The desk: people without an account act by these.
    f"engagement{_BARRE}(?:accord|appeler|attente|conversation|ma-mission|moi|mon-pret)",
    f"engagement{_BARRE}besoins{_BARRE}(?:confirmer|suivre)",
]
LIEN_PERSONNEL = re.compile(
    rf"({_BARRE}(?:{'|'.join(_DEBUTS)}){_BARRE})[^\s\"'<>?&#]+", re.IGNORECASE
)
ADRESSE = re.compile(r"([?&](?:email|login)=)[^\s\"'<>&#]+", re.IGNORECASE)


def sans_jeton(texte: str) -> str:
    """The text, what follows the beginning of a personal link replaced by […]."""
    return ADRESSE.sub(r"\1[…]", LIEN_PERSONNEL.sub(r"\1[…]", texte))


class SansJeton(logging.Filter):
    """Rewrites a record before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        propre = sans_jeton(message)
        if propre != message:
            record.msg, record.args = propre, None
        return True


_FILTRE = SansJeton()


class JournalGunicorn(Logger):  # type: ignore[misc]
    """gunicorn's two logs (accesses, errors), through the same filter."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for journal in (self.access_log, self.error_log):
            journal.addFilter(_FILTRE)
