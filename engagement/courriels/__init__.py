"""The mails of the desk: one file a subject, one writer a kind, run at the moment the mail leaves."""

from engagement.courriels import (  # noqa: F401
    appels,
    besoins,
    dispositifs,
    guichet,
    missions,
    offres,
    prets,
    relations,
)
