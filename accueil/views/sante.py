"""``/sante/``: whether reminders can leave, for people and for monitors. Public, and without a secret."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import TypeVar

import psycopg2
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from rappels.models import Battement

logger = logging.getLogger(__name__)

DELAI = 2  # seconds given to each service
SILENCE_PERMIS = dt.timedelta(minutes=3)

T = TypeVar("T")

# The same as rappels.mesures, in SQL: this page asks on a connection of its own.
FILE = (
    "SELECT count(*), coalesce(extract(epoch FROM now() - min(attendu_le)), 0)::int FROM ("
    "SELECT CASE WHEN tentatives = 0 THEN a_partir_de ELSE prevu_le END AS attendu_le"
    " FROM rappels_message WHERE etat IN ('prevu', 'en_envoi')) AS file WHERE attendu_le <= now()"
)

# When this process first saw a service fail; what it knows best, since the service itself cannot say.
_en_panne_depuis: dict[str, dt.datetime] = {}


@never_cache
@login_not_required
@require_safe
def sante(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and beat are well, else 503, with what is not and since when."""
    vu, base = _verifier("base", _regarder_la_base)
    battement, file = vu or (None, None)
    _, courtier = _verifier("courtier", _saluer_le_courtier)
    services = {
        "base": _etat("base", base, "La base de données"),
        "courtier": _etat("courtier", courtier, "La file des tâches"),
        "battement": _etat_du_battement(battement, base),
    }
    pannes = [str(service["message"]) for service in services.values() if not service["bien"]]
    corps = {
        "bien": not pannes,
        "message": " ".join(pannes) or "Tout va bien.",
        "services": services,
        "file": file,
    }
    return JsonResponse(
        corps, status=503 if pannes else 200, json_dumps_params={"ensure_ascii": False}
    )


def _verifier(nom: str, question: Callable[[], T]) -> tuple[T | None, bool]:
    """The answer, and whether there was one. The reason of a failure goes to the log, not to the public."""
    try:
        reponse = question()
    except (psycopg2.Error, redis.RedisError, OSError) as erreur:
        logger.warning("/sante/: %s does not answer: %s", nom, erreur)
        _en_panne_depuis.setdefault(nom, timezone.now())
        return None, False
    _en_panne_depuis.pop(nom, None)
    return reponse, True


def _regarder_la_base() -> tuple[dt.datetime | None, dict[str, int]]:
    """The last beat, and the queue: how many messages are due, and how late the oldest is.

    Asked on a connection of its own, whose every wait is bounded.
    """
    parametres = connection.get_connection_params()
    options = {"connect_timeout": DELAI, "options": f"-c statement_timeout={DELAI * 1000}"}
    for cle in ("cursor_factory", "context"):
        parametres.pop(cle, None)
    liaison = psycopg2.connect(**{**parametres, **options, "tcp_user_timeout": DELAI * 1000})
    try:
        with liaison.cursor() as curseur:
            table = connection.ops.quote_name(Battement._meta.db_table)
            curseur.execute(f"SELECT le FROM {table} WHERE nom = %s", ["sonner"])  # noqa: S608
            ligne = curseur.fetchone()
            curseur.execute(FILE)
            dus, age = curseur.fetchone() or (0, 0)
            return ligne[0] if ligne else None, {"en_attente": dus, "plus_ancien_secondes": age}
    finally:
        liaison.close()


def _saluer_le_courtier() -> None:
    # Celery's address of a Redis socket, as redis-py writes it.
    url = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://").replace(
        "virtual_host=", "db="
    )
    client = redis.Redis.from_url(
        url, socket_connect_timeout=DELAI, socket_timeout=DELAI, retry=Retry(NoBackoff(), 0)
    )
    try:
        client.ping()
    finally:
        client.close()


def _etat(nom: str, bien: bool, sujet: str) -> dict[str, object]:
    depuis = _en_panne_depuis.get(nom)
    message = f"{sujet} répond." if bien else f"{sujet} ne répond pas (constaté {_quand(depuis)})."
    return _service(bien, message, depuis)


def _etat_du_battement(battement: dt.datetime | None, base: bool) -> dict[str, object]:
    if not base:
        return _service(False, "Sans la base, on ne sait pas si les rappels partent.", None)
    if battement is None:
        return _service(False, "La cloche des rappels n'a encore jamais sonné.", None)
    bien = timezone.now() - battement < SILENCE_PERMIS
    verbe = "a sonné" if bien else "ne sonne plus : dernière fois"
    return _service(bien, f"La cloche des rappels {verbe} {_quand(battement)}.", battement)


def _service(bien: bool, message: str, depuis: dt.datetime | None) -> dict[str, object]:
    return {
        "bien": bien,
        "message": message,
        "depuis": depuis and depuis.isoformat(timespec="seconds"),
    }


def _quand(instant: dt.datetime | None) -> str:
    return (
        f"le {date_format(timezone.localtime(instant), 'j F à H:i:s')}"
        if instant
        else "à l'instant"
    )
