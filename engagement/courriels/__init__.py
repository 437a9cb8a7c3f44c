"""The mails of the desk: one file a subject, one writer a kind, run at the moment the mail leaves."""

from engagement.courriels import (  # noqa: F401
    accords,
    appels,
    attentes,
    besoins,
    dispositifs,
    guichet,
    missions,
    offres,
    prets,
    relations,
    rencontres,
    retours,
)
