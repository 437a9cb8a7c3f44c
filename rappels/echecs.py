"""A message that will never leave is told to somebody who can mend it. The rooms say who.

A room registers, for what its messages are about (« test » of « test:12 »), a function that says whom to tell.
What tells of a failure is itself a message, of one kind; its own failure tells nobody.
"""

import dataclasses
import hashlib
from collections.abc import Callable

from rappels import boite
from rappels.choix import RECAPITULATIF
from rappels.models import Message
from rappels.redaction import en_bref, rediger
from rappels.registre import Courriel, redige

GENRE = "envoi_echoue"


@dataclasses.dataclass(frozen=True)
class Suite:
    """Whom to tell of a failure, about what, and where they mend it."""

    destinataires: tuple[str, ...]  # the first group that has somebody
    recours: tuple[str, ...]  # when the address that fails is the only one of the first
    titre: str
    lien: str
    conseil: str

    def a_prevenir(self, en_echec: str) -> list[str]:
        """The addresses to tell: never the one that does not receive."""
        for groupe in (self.destinataires, self.recours):
            if restent := sorted({a.lower() for a in groupe} - {en_echec.lower()}):
                return restent
        return []


# Given the subject of a message; None when it is gone, or tells nobody.
Suivi = Callable[[str], Suite | None]
_suivis: dict[str, Suivi] = {}


def suit_les_echecs(*familles: str) -> Callable[[Suivi], Suivi]:
    """Decorator: the function says whom to tell about subjects that begin so. ValueError when taken."""

    def enregistrer(suivi: Suivi) -> Suivi:
        for famille in familles:
            if famille in _suivis:
                raise ValueError(f"Two follow-ups for subjects of {famille!r}.")
            _suivis[famille] = suivi
        return suivi

    return enregistrer


def _suite(sujet: str) -> Suite | None:
    suivi = _suivis.get(sujet.partition(":")[0])
    return suivi(sujet) if suivi else None


def dire_l_echec(message: Message, raison: str) -> int:
    """Plan what tells of it, in the transaction that records it; return how many are told.

    Once for each subject and address: six reminders to one wrong address tell it once.
    """
    if message.genre == GENRE:
        return 0
    # A digest fails for all it brings: it tells what each of them would have told.
    rassembles = message.rassembles.filter(etat=Message.Etat.RASSEMBLE)
    if message.genre == RECAPITULATIF:
        return sum(dire_l_echec(rassemble, raison) for rassemble in rassembles)
    suite = _suite(message.sujet)
    if suite is None:
        return 0
    empreinte = hashlib.sha256(message.destinataire.lower().encode()).hexdigest()[:16]
    adresses = suite.a_prevenir(message.destinataire)
    for adresse in adresses:
        boite.planifier(
            genre=GENRE,
            sujet=message.sujet,
            destinataire=adresse,
            cle=f"{GENRE}:{message.sujet}:{empreinte}:{adresse}",
            donnees={"adresse": masquer(message.destinataire), "raison": raison[:300]},
        )
    return len(adresses)


def masquer(adresse: str) -> str:
    """Enough of an address to know whose it is, for who knows the person: « ca…e@exemple.fr »."""
    local, _, domaine = adresse.rpartition("@")
    if len(local) < 5:
        return f"{local[:1]}…@{domaine}"
    return f"{local[:2]}…{local[-1]}@{domaine}"


@redige(GENRE, libelle="Adresse qui ne reçoit pas nos messages", indispensable=True)
def envoi_echoue(message: Message) -> Courriel | None:
    """Names the address and says what to do."""
    suite = _suite(message.sujet)
    adresses = {*suite.destinataires, *suite.recours} if suite else set()
    if suite is None or message.destinataire.lower() not in {a.lower() for a in adresses}:
        return None
    return rediger(
        message,
        objet=f"Une adresse ne reçoit pas nos messages : {en_bref(suite.titre)}",
        gabarit="rappels/courriels/envoi_echoue",
        contexte={
            "suite": suite,
            "adresse": message.donnees.get("adresse", ""),
            "raison": message.donnees.get("raison", ""),
        },
    )
