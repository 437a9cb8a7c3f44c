"""The private reason: written here, read on the cellule's page of the mise en relation and nowhere else."""

import datetime as dt
from typing import TYPE_CHECKING

from config.saisie import LONGUEUR_TEXTE

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation


def confier(mise: "MiseEnRelation", cote: str, texte: str, at: dt.datetime) -> None:
    """Keep what one side tells the cellule alone; a second word goes under the first. Nothing when empty."""
    from engagement.models import Cote, MotifPrive

    texte = texte.strip()
    if not texte:
        return
    motif, nouveau = MotifPrive.objects.get_or_create(
        mise_en_relation=mise, defaults={"cote": cote, "texte": texte, "le": at}
    )
    if not nouveau and texte not in motif.texte:
        motif.texte = f"{motif.texte}\n\n{Cote(cote).label} : {texte}"[:LONGUEUR_TEXTE]
        motif.save(update_fields=["texte"])
