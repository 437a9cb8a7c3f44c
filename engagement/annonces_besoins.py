"""Who is told of what happens to a need: planned here, written in courriels/besoins.py when it leaves."""

import datetime as dt
from typing import TYPE_CHECKING

from engagement.destinataires import de_l_accueil, de_la_personne
from rappels import boite

if TYPE_CHECKING:
    from engagement.models import Besoin, MiseEnRelation


def a_confirmer(besoin: "Besoin", at: dt.datetime) -> None:
    """To the address that was typed: the need is only theirs if they say so. Once an hour at most."""
    if besoin.demandeur.email:
        adresse = besoin.demandeur.email.lower()
        _planifier(besoin, "besoin_a_confirmer", adresse, reste=f":{at:%Y%m%d%H}")


def recu(besoin: "Besoin") -> None:
    """We have it, and here is where it is followed."""
    _dire(besoin, "besoin_recu")


def ouvert(besoin: "Besoin") -> None:
    """The cellule is looking for somebody."""
    _dire(besoin, "besoin_ouvert")


def ecarte(besoin: "Besoin") -> None:
    """It will not open, and why."""
    boite.annuler(sujet=f"besoin:{besoin.pk}")
    _dire(besoin, "besoin_ecarte")


def clos(besoin: "Besoin") -> None:
    """Nobody is looked for any more, and why."""
    boite.annuler(sujet=f"besoin:{besoin.pk}")
    _dire(besoin, "besoin_clos")


def trouve(mise: "MiseEnRelation") -> None:
    """Somebody comes: to who asked, once for each person, unless they hear it already as the host."""
    for adresse in set(de_la_personne(mise.besoin.demandeur)) - set(de_l_accueil(mise)):
        _planifier(mise.besoin, "besoin_trouve", adresse, reste=f":{mise.pk}")


def creneau_retire(mise: "MiseEnRelation", demi_journee: str, motif: str) -> None:
    """A half-day they had is no more: to the person who was coming."""
    for adresse in de_la_personne(mise.personne):
        boite.planifier(
            genre="creneau_retire",
            sujet=f"mise_en_relation:{mise.pk}",
            destinataire=adresse,
            cle=f"creneau_retire:{mise.pk}:{adresse}:{demi_journee}",
            donnees={"demi_journee": demi_journee, "motif": motif},
        )


def _dire(besoin: "Besoin", genre: str) -> None:
    for adresse in de_la_personne(besoin.demandeur):
        _planifier(besoin, genre, adresse)


def _planifier(besoin: "Besoin", genre: str, adresse: str, *, reste: str = "") -> None:
    boite.planifier(
        genre=genre,
        sujet=f"besoin:{besoin.pk}",
        destinataire=adresse,
        cle=f"{genre}:{besoin.pk}:{adresse}{reste}",
    )
