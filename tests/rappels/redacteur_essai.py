"""A kind of message for these tests: its words and its accidents are in the message's data."""

from rappels.models import Message
from rappels.redaction import phrase_de_retard
from rappels.registre import Courriel, PieceJointe, redige


@redige("essai", libelle="Message d'essai")
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
        texte=f"Bonjour à toutes et tous.\n{phrase_de_retard(message) if donnees.get('retard') else ''}\n",
        html="<p>Bonjour à toutes et tous.</p>",
        pieces=pieces,
    )
