"""How long the annuaire waits, and how long it remembers a no."""

import datetime as dt

from dateutil.relativedelta import relativedelta

# One reminder, then silence means no.
RELANCE = dt.timedelta(days=15)
SANS_REPONSE = dt.timedelta(days=60)
# What is kept of a refusal (no word of the entry, no address): so that nobody asks again meanwhile.
CONSERVATION_DU_REFUS = relativedelta(months=12)
