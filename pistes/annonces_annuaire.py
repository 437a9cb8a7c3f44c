"""The mails by which somebody is asked whether they want to be in the annuaire. Call inside the transaction."""

from typing import TYPE_CHECKING

from pistes.delais import RELANCE
from rappels import boite

if TYPE_CHECKING:
    from pistes.models.vie_de_fiche import VieDeLaFiche


def sujet_de(fiche: "VieDeLaFiche") -> str:
    """What its mails are planned and cancelled by."""
    return f"fiche_acteur:{fiche.pk}"


def demander(fiche: "VieDeLaFiche") -> None:
    """Ask at once, and once more after ``RELANCE``."""
    for genre, prevu_le in (
        ("annuaire_accord", fiche.demande_le),
        ("annuaire_relance", fiche.demande_le + RELANCE),
    ):
        boite.planifier(
            genre=genre,
            sujet=sujet_de(fiche),
            destinataire=fiche.email,
            cle=f"{genre}:{fiche.pk}:{fiche.demande_le:%Y%m%dT%H%M%S%f}",
            prevu_le=prevu_le,
        )


def ne_plus_demander(fiche: "VieDeLaFiche") -> None:
    """They have answered, or there is nothing left to ask."""
    boite.annuler(sujet=sujet_de(fiche))
