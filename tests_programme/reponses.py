"""A refusal or a change of mind, written into the history and told to those who bear the test."""

from typing import TYPE_CHECKING

from rappels import boite
from tests_programme.destinataires import porteurs

if TYPE_CHECKING:
    from tests_programme.models import Accord

# What the history and the mail call it. A yes is seen on the page, and tells nobody.
DITES = {
    "refuse": ("accord_refuse", "Accord refusé"),
    "retire": ("accord_retire", "Accord retiré"),
}


def dire_la_reponse(accord: "Accord") -> None:
    """One line of history, one mail to each person who bears the test. Call inside the transaction.

    The reason stays with the accord, where it is erased with the person; a line of history never is. A new
    answer cancels the mail that has not left, by its subject.
    """
    if accord.etat not in DITES:
        return
    genre, dit = DITES[accord.etat]
    test, le = accord.partie.test, accord.repondu_le
    assert le is not None
    test._noter(genre, f"{dit} : {accord.partie.fonction}"[:160], par=None, at=le)
    for adresse in porteurs(test):
        if adresse == accord.partie.email.lower():
            continue
        boite.planifier(
            genre=genre,
            sujet=f"accord:{accord.pk}",
            destinataire=adresse,
            cle=f"{genre}:{accord.pk}:{adresse}:{le.timestamp():.0f}",
        )
