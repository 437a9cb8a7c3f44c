"""A mail server in a process of its own that writes down every message it takes.

``python -m tests.rappels.epreuves.puits PORT REGISTRE``: one line « Message-ID recipient » a message, written
before the answer, in one write. Behaves by the recipient's local part: ``refuse-`` 550 at RCPT, ``spam-`` 554
after DATA, and once each: ``tard-`` 451, ``muet-`` no answer, ``coupe-`` takes the message and hangs up.
"""

import asyncio
import os
import re
import sys
import threading

from aiosmtpd.controller import Controller

IDENTIFIANT = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.I | re.M)


class Puits:
    """Takes, writes down, answers."""

    def __init__(self, registre: str) -> None:
        self.fichier = os.open(registre, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.vus: set[str] = set()

    def _premiere_fois(self, adresse: str) -> bool:
        nouvelle = adresse not in self.vus
        self.vus.add(adresse)
        return nouvelle

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse-"):
            return "550 5.1.1 Boite inconnue"
        if address.startswith("tard-") and self._premiere_fois(address):
            return "451 4.7.1 Revenez plus tard"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        adresse = envelope.rcpt_tos[0]
        if adresse.startswith("spam-"):
            return "554 5.7.1 Contenu refuse"
        if adresse.startswith("muet-") and self._premiere_fois(adresse):
            await asyncio.sleep(60)
            return "451 4.4.2 Trop tard"
        trouve = IDENTIFIANT.search(envelope.content)
        identifiant = trouve[1].decode() if trouve else "-"
        os.write(self.fichier, f"{identifiant} {adresse}\n".encode())
        if adresse.startswith("coupe-") and self._premiere_fois(adresse):
            server.transport.abort()
        return "250 OK"


if __name__ == "__main__":
    Controller(Puits(sys.argv[2]), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    print("pret", flush=True)
    threading.Event().wait()
