"""One visit: does this address answer? HEAD first, then the first bytes; redirects followed one by one."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlunsplit

from django.conf import settings

from pistes.liens.reseau import Refuse, Reseau, lieu_permis

DELAI_CONNEXION = 5.0  # seconds
DELAI_LECTURE = 10.0
BUDGET = 25.0  # for the whole visit, redirects included
REDIRECTIONS = 5
OCTETS = 1024
# The page is there, behind a door that robots do not pass.
GARDEES = frozenset({401, 402, 403, 405, 406, 416, 429, 451, 999})


@dataclass(frozen=True)
class Constat:
    """What a visit saw: the last HTTP status (None without any answer), and why in words."""

    repond: bool
    statut: int | None = None
    raison: str = ""


class _Connexion(http.client.HTTPConnection):
    """HTTP or HTTPS over a socket opened by ``Reseau``, which can be cut from another thread."""

    def __init__(self, lieu: SplitResult, reseau: Reseau) -> None:
        super().__init__(lieu.hostname or "", lieu.port or 80)
        self.lieu, self.reseau, self.coupee = lieu, reseau, False

    def connect(self) -> None:
        self.sock = self.reseau.ouvrir(self.lieu, DELAI_CONNEXION)
        self.sock.settimeout(DELAI_LECTURE)
        if self.lieu.scheme == "https":
            contexte = ssl.create_default_context()
            nom = self.lieu.hostname
            # The handshake comes once the socket is ours to cut.
            self.sock = contexte.wrap_socket(
                self.sock, server_hostname=nom, do_handshake_on_connect=False
            )
            self.sock.do_handshake()
        if self.coupee:
            raise TimeoutError

    def couper(self) -> None:
        """End whatever waits on the socket."""
        self.coupee = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def visiter(adresse: str, reseau: Reseau | None = None) -> Constat:
    """Whether the address answers today. Never raises: what went wrong is in the ``raison``."""
    reseau, fin = reseau or Reseau(), time.monotonic() + BUDGET
    try:
        for _ in range(REDIRECTIONS + 1):
            lieu = lieu_permis(adresse)
            statut, suite = _interroger(lieu, reseau, fin)
            if not (300 <= statut < 400 and suite):
                return _constat(statut)
            adresse = urljoin(urlunsplit(lieu), suite)
        return Constat(False, statut, "Le site renvoie d'adresse en adresse, sans fin.")
    except Refuse as refus:
        return Constat(False, None, str(refus))
    except ssl.SSLCertVerificationError:
        return Constat(False, None, "Le certificat du site n'est pas valable.")
    except socket.gaierror:
        return Constat(False, None, "Ce nom de site n'existe plus.")
    except TimeoutError:
        return Constat(False, None, "Le site n'a pas répondu à temps.")
    except (OSError, http.client.HTTPException, ValueError):
        return Constat(False, None, "La connexion au site a échoué.")


def _interroger(lieu: SplitResult, reseau: Reseau, fin: float) -> tuple[int, str]:
    """HEAD; then GET, for the servers that refuse HEAD in one way or another."""
    try:
        statut, suite = _demander(lieu, "HEAD", reseau, fin)
    except (http.client.HTTPException, ConnectionError):
        statut, suite = 400, ""
    return (statut, suite) if statut < 400 else _demander(lieu, "GET", reseau, fin)


def _demander(lieu: SplitResult, methode: str, reseau: Reseau, fin: float) -> tuple[int, str]:
    """One request: its status, and where it sends on. Raises what goes wrong; late is TimeoutError."""
    reste = fin - time.monotonic()
    if reste <= 0:
        raise TimeoutError
    connexion = _Connexion(lieu, reseau)
    minuterie = threading.Timer(reste, connexion.couper)
    minuterie.daemon = True
    minuterie.start()
    try:
        connexion.request(methode, _chemin(lieu), headers=_entetes(methode))
        with connexion.getresponse() as reponse:
            if methode == "GET":
                reponse.read(OCTETS)
            if connexion.coupee:
                raise TimeoutError
            return reponse.status, reponse.headers.get("Location", "")
    except (OSError, http.client.HTTPException, ValueError) as erreur:
        if connexion.coupee:
            raise TimeoutError from erreur
        raise
    finally:
        minuterie.cancel()
        connexion.close()


def _chemin(lieu: SplitResult) -> str:
    """The path as it travels: nothing but ASCII, nothing encoded twice."""
    chemin = urlunsplit(("", "", lieu.path or "/", lieu.query, ""))
    return quote(chemin, safe="/?&=%:@+,;~!$'()*[]#-._|")


def _entetes(methode: str) -> dict[str, str]:
    entetes = {
        "User-Agent": f"ReflexesPublics-liens/1.0 (+{settings.ADRESSE_PUBLIQUE}/)",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    return entetes | ({"Range": f"bytes=0-{OCTETS - 1}"} if methode == "GET" else {})


def _constat(statut: int) -> Constat:
    if 200 <= statut < 300:
        return Constat(True, statut)
    if statut in GARDEES:
        return Constat(True, statut, "Le site répond, mais n'ouvre pas sa page aux robots.")
    if statut in {404, 410}:
        return Constat(False, statut, "La page n'existe plus.")
    if statut >= 500:
        return Constat(False, statut, "Le site est en panne.")
    return Constat(False, statut, "Le site répond autre chose qu'une page.")
