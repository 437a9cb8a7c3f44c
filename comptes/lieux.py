"""Where an organisation's days off differ from the rest of France's.

The codes on the left are those of the official code (départements, and régions overseas); those on the
right are the subdivisions of the package ``holidays``.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comptes.models import Territoire

# Law of 17 October 1919 and Code du travail, L. 3134-13: Alsace-Moselle. Code du travail, L. 3422-2 and
# the collectivities' own texts: overseas.
PAR_DEPARTEMENT = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
REGIONS_D_OUTRE_MER = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}


def lieu_du_territoire(territoire: "Territoire | None") -> str:
    """The place of a territory, for the calendar of reminders; empty where nothing is particular."""
    if territoire is None:
        return ""
    if territoire.niveau == "region":
        code = REGIONS_D_OUTRE_MER.get(territoire.code, territoire.code)
        return PAR_DEPARTEMENT.get(code, "") if len(code) == 3 else ""
    departement = territoire if territoire.niveau == "departement" else territoire.departement
    return PAR_DEPARTEMENT.get(departement.code, "") if departement else ""
