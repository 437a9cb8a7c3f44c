"""A kind of message for these tests: its words and its accidents are in the message's data."""

from rappels.models import Message
from rappels.registre import Courriel, PieceJointe, redige


@redige("essai")
def essai(message: Message) -> Courriel | None:
    donnees = message.donnees
    if donnees.get("sans_objet"):
        return None
    if donnees.get("leve"):
        raise RuntimeError("le rédacteur est tombé")
    pieces = (
        (PieceJointe("jour.ics", b"BEGIN:VCALENDAR", "text/calendar"),)
        if donnees.get("piece")
        else ()
    )
    return Courriel(
        objet=donnees.get("objet", "Essai"),
        texte="Bonjour à toutes et tous.\n",
        html="<p>Bonjour à toutes et tous.</p>",
        pieces=pieces,
    )
