"""A real SMTP server on this machine, that behaves as it is told by the recipient's address."""

import asyncio
import email
import email.policy
import socket
import threading
from collections import Counter
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Comportement:
    """Answers by the local part: refuse@ 550, plus-tard@ 451, coupe@ drops after DATA, spam@ 554.

    An address is misbehaved with ``pannes[local]`` times, then well; without a count, for ever.
    """

    def __init__(self):
        self.recus: list[EmailMessage] = []
        self.pannes: dict[str, int] = {}
        self.lenteur = 0.0
        self.verrou = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        local = address.partition("@")[0]
        if local == "refuse" and self._encore(local):
            return "550 5.1.1 Boite inconnue"
        if local == "plus-tard" and self._encore(local):
            return "451 4.7.1 Revenez plus tard"
        if local == "au-revoir" and self._encore(local):
            return "421 4.3.2 Fermeture"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        local = envelope.rcpt_tos[0].partition("@")[0]
        if local == "spam" and self._encore(local):
            return "554 5.7.1 Contenu refuse"
        if local == "coupe" and self._encore(local):
            server.transport.abort()
            return "250 OK"
        with self.verrou:
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.recus.append(message)
        await asyncio.sleep(self.lenteur)
        return "250 OK"

    def _encore(self, local: str) -> bool:
        if local not in self.pannes:
            return True
        self.pannes[local] -= 1
        return self.pannes[local] >= 0

    def destinataires(self) -> Counter[str]:
        with self.verrou:
            return Counter(str(message["To"]) for message in self.recus)

    def identifiants(self) -> Counter[str]:
        with self.verrou:
            return Counter(str(message["Message-ID"]) for message in self.recus)


class Serveur(Controller):
    """The server in its thread; ``comportement`` says what it received."""

    def __init__(self):
        self.comportement = Comportement()
        super().__init__(self.comportement, hostname="127.0.0.1", port=_port_libre())


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])
