"""Where a visit may go: addresses of the public internet, each looked at before it is called.

A name is looked up once and the connection goes to the address that was judged: a name that answers
something else a moment later (DNS rebinding) gains nothing by it.
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from config.liens import est_publique, obstacle_au_lien

PORTS = {"http": 80, "https": 443}
ESSAIS = 3  # addresses of one name tried at most


class Refuse(Exception):
    """A place one does not go to; the message says why, in French."""


def _resoudre(hote: str, port: int) -> list[str]:
    """The addresses of a name. Waits as long as the system's resolver does. Raises OSError."""
    reponses = socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(reponse[4][0]) for reponse in reponses))


def _connecter(adresse: str, port: int, delai: float) -> socket.socket:
    return socket.create_connection((adresse, port), delai)


@dataclass(frozen=True)
class Reseau:
    """How names are looked up and connections opened.

    Both may be replaced by a caller (a test has its own server); what is judged in between may not.
    """

    resoudre: Callable[[str, int], list[str]] = _resoudre
    connecter: Callable[[str, int, float], socket.socket] = _connecter

    def ouvrir(self, lieu: SplitResult, delai: float) -> socket.socket:
        """A connection to one judged address of that place. Raises Refuse, OSError."""
        hote, port = lieu.hostname or "", lieu.port or PORTS[lieu.scheme]
        try:
            adresses = self.resoudre(hote, port)
        except UnicodeError as erreur:  # a name no resolver takes
            raise Refuse("Ce nom de site n'est pas valable.") from erreur
        for adresse in adresses:
            _juger(adresse)
        derniere: OSError = OSError("no address")
        for adresse in adresses[:ESSAIS]:
            try:
                return self.connecter(adresse, port, delai)
            except OSError as erreur:
                derniere = erreur
        raise derniere


def lieu_permis(adresse: str) -> SplitResult:
    """The parts of an address one may visit. Raises Refuse."""
    if obstacle := obstacle_au_lien(adresse):
        raise Refuse(obstacle)
    lieu = urlsplit(adresse.strip())
    if lieu.port not in {None, *PORTS.values()}:
        raise Refuse("Ce lien demande un port inhabituel : seuls 80 et 443 sont visités.")
    return lieu


def _juger(adresse: str) -> None:
    try:
        publique = est_publique(ipaddress.ip_address(adresse.partition("%")[0]))
    except ValueError:
        publique = False
    if not publique:
        raise Refuse("Ce nom mène à un réseau privé : nous n'y allons pas.")
