"""A real web server on this machine, and a network on which it is the whole world.

The check itself is never weakened: names are given public addresses (TEST-NET would be refused), which are judged
as any other; only the last step, opening the socket, leads here.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pistes.liens.reseau import Reseau

PUBLIQUE = "93.184.215.14"


@dataclass
class Serveur:
    """What it answers by path, and what it was asked."""

    port: int = 0
    reponses: dict[str, Any] = field(default_factory=dict)
    demandes: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    noms: dict[str, list[str]] = field(default_factory=dict)
    connexions: list[tuple[str, int]] = field(default_factory=list)

    @property
    def reseau(self) -> Reseau:
        """Names as ``noms`` says, PUBLIQUE for the others; every connection comes here."""

        def resoudre(hote: str, port: int) -> list[str]:
            adresses = self.noms.get(hote, [PUBLIQUE])
            if not adresses:
                raise socket.gaierror(socket.EAI_NONAME, "unknown")
            return adresses

        def connecter(adresse: str, port: int, delai: float) -> socket.socket:
            self.connexions.append((adresse, port))
            return socket.create_connection(("127.0.0.1", self.port), delai)

        return Reseau(resoudre, connecter)


@contextmanager
def servir() -> Iterator[Serveur]:
    """The server for the time of a test. An answer is a status, or a function of the handler."""
    serveur = Serveur()

    class Poignee(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._repondre()

        def do_GET(self) -> None:
            self._repondre()

        def _repondre(self) -> None:
            serveur.demandes.append((self.command, self.path, dict(self.headers)))
            reponse = serveur.reponses.get(self.path, 404)
            if callable(reponse):
                reponse(self)
                return
            self.send_response(reponse)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Poignee)
    http.daemon_threads = True
    serveur.port = http.server_address[1]
    fil = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    fil.start()
    try:
        yield serveur
    finally:
        http.shutdown()
        http.server_close()


def vers(adresse: str, statut: int = 302) -> Any:
    """A redirect."""

    def repondre(poignee: BaseHTTPRequestHandler) -> None:
        poignee.send_response(statut)
        poignee.send_header("Location", adresse)
        poignee.end_headers()

    return repondre
