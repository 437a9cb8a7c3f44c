"""The mails about one offer: asked to confirm, welcomed, and told when nobody has called for a month."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import instant_de, jour_de
from rappels import boite
from rappels.en_masse import Prevision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engagement.models import Offre

A_CONFIRMER, BIENVENUE, SANS_NOUVELLES = (
    "offre_a_confirmer",
    "offre_bienvenue",
    "offre_sans_nouvelles",
)
SILENCE = dt.timedelta(days=30)


def planifier(offre: "Offre", *, at: dt.datetime | None = None) -> None:
    """What its state calls for. Nobody without an address is written to."""
    planifier_toutes([offre], at=at)


def planifier_toutes(offres: "Iterable[Offre]", *, at: dt.datetime | None = None) -> None:
    """The same for many, in few statements. Inside the transaction that wrote them."""
    at = at or timezone.now()
    boite.planifier_en_masse(p for offre in offres for p in _previsions(offre, at))


def _previsions(offre: "Offre", at: dt.datetime) -> list[Prevision]:
    adresse, sujet = offre.personne.email, f"offre:{offre.pk}"
    if not adresse:
        return []
    if offre.etat == offre.Etat.A_CONFIRMER:
        genres: list[tuple[str, dt.datetime | None]] = [(A_CONFIRMER, None)]
    else:
        plus_tard = instant_de(jour_de(at + SILENCE), 9)
        genres = [(BIENVENUE, None), (SANS_NOUVELLES, plus_tard)]
    return [
        Prevision(
            genre=genre, sujet=sujet, destinataire=adresse, cle=f"{genre}:{sujet}:{adresse}", prevu_le=le
        )
        for genre, le in genres
    ]  # fmt: skip


def annuler(offre: "Offre") -> None:
    """Nothing more is said of it."""
    boite.annuler(sujet=f"offre:{offre.pk}")
