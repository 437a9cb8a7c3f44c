"""What changed in the letter since a party last answered: shown to whoever is asked again."""

import dataclasses
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from config.differences import Morceau, differences, morceaux

if TYPE_CHECKING:
    from engagement.models import AccordMission


@dataclasses.dataclass(frozen=True)
class Ecart:
    """What changed for one party since ``depuis``, in words; false when there is nothing to tell."""

    avant: str = ""
    apres: str = ""
    depuis: str = ""
    a_repondu: bool = False

    def __bool__(self) -> bool:
        return bool(self.avant) and self.avant != self.apres

    @property
    def paragraphes(self) -> tuple[str, str]:
        """Those of each text that the other does not have."""
        avant, apres = self.avant.split("\n\n"), self.apres.split("\n\n")
        return (
            "\n\n".join(p for p in avant if p not in apres),
            "\n\n".join(p for p in apres if p not in avant),
        )

    @property
    def html(self) -> SafeString:
        """For a page."""
        return differences(*self.paragraphes)

    @property
    def morceaux(self) -> list[Morceau]:
        """For a mail in plain text."""
        return morceaux(*self.paragraphes)


def ecart_pour(accord: "AccordMission") -> Ecart:
    """Since the text this party last answered, else was last asked about. Two queries at most."""
    siens = accord.mise_en_relation.accords.filter(cote=accord.cote)
    autres = siens.filter(demande_le__lte=accord.demande_le).exclude(empreinte=accord.empreinte)
    repondu = autres.filter(repondu_le__isnull=False).order_by("-repondu_le").first()
    avant = repondu or autres.order_by("-demande_le", "-pk").first()
    if avant is None:
        return Ecart()
    depuis = "votre dernière réponse" if repondu else "notre dernier message"
    return Ecart(avant.texte, accord.texte, depuis, repondu is not None)
