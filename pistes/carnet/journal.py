"""What the reading notes on its way: doubts and references."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pistes.carnet.modele import Doute, Genre, RenvoiLu


@dataclass
class Journal:
    """Handed from one reader to the next; the only thing they change in common."""

    doutes: list[Doute] = field(default_factory=list)
    renvois: list[RenvoiLu] = field(default_factory=list)

    def douter(self, ligne: int, genre: Genre, message: str, *, fin: int | None = None) -> None:
        """Note a doubt; ``message`` is one or more whole French sentences."""
        self.doutes.append(Doute(ligne, genre, message, fin))

    def doutes_en_ordre(self, autres: Iterable[Doute] = ()) -> tuple[Doute, ...]:
        """All doubts once, by line."""
        return tuple(
            sorted(
                {*self.doutes, *autres},
                key=lambda doute: (doute.ligne, doute.genre, doute.message),
            )
        )
