"""The cache, when Redis is there and when it is not."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

journal = logging.getLogger(__name__)
PATIENCE = 1  # seconds a page may wait for Redis, each time it asks
UNE_LIGNE_PAR = 30  # seconds: a long breakdown must not fill the log
BASES = 16  # what a Redis has unless it was told otherwise


def base_suivante(adresse: str) -> str:
    """The same Redis, its next database: emptying the cache must not empty the queue of tasks.

    ``redis://host:6379/0`` and ``unix:///a.sock?db=0`` are both understood.
    """
    if adresse.startswith("unix:"):
        if trouve := re.search(r"(?<=[?&]db=)\d+", adresse):
            suivante = (int(trouve.group()) + 1) % BASES
            return f"{adresse[: trouve.start()]}{suivante}{adresse[trouve.end() :]}"
        return f"{adresse}{'&' if '?' in adresse else '?'}db=1"
    debut, point, options = adresse.partition("?")
    serveur, _, base = debut.partition("://")[2].partition("/")
    suivante = (int(base) + 1) % BASES if base.isdecimal() else 1
    return f"{debut.partition('://')[0]}://{serveur}/{suivante}{point}{options}"


class ClientPatient(RedisCacheClient):
    """Answers like an empty cache while Redis is down. What counts in it (rate limits) then lets pass."""

    def __init__(self, servers: Any, **options: Any) -> None:
        delais = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
        # redis-py would try four times, seconds apart, while the reader waits.
        super().__init__(servers, **{**delais, "retry": Retry(NoBackoff(), 0), **options})
        self._dit_le = float("-inf")

    def _sinon(self, defaut: Any, demande: Callable[..., Any], *args: Any) -> Any:
        try:
            return demande(*args)
        except RedisError as erreur:
            if time.monotonic() - self._dit_le > UNE_LIGNE_PAR:
                self._dit_le = time.monotonic()
                journal.error("Redis does not answer, pages do without the cache: %s", erreur)
            return defaut

    def add(self, key: Any, value: Any, timeout: Any) -> Any:
        return self._sinon(True, super().add, key, value, timeout)

    def get(self, key: Any, default: Any) -> Any:
        return self._sinon(default, super().get, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> Any:
        return self._sinon(None, super().set, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> Any:
        return self._sinon(False, super().touch, key, timeout)

    def delete(self, key: Any) -> Any:
        return self._sinon(False, super().delete, key)

    def get_many(self, keys: Any) -> Any:
        return self._sinon({}, super().get_many, keys)

    def has_key(self, key: Any) -> Any:
        return self._sinon(False, super().has_key, key)

    def incr(self, key: Any, delta: Any) -> Any:
        return self._sinon(delta, super().incr, key, delta)

    def set_many(self, data: Any, timeout: Any) -> Any:
        return self._sinon(None, super().set_many, data, timeout)

    def delete_many(self, keys: Any) -> Any:
        return self._sinon(None, super().delete_many, keys)

    def clear(self) -> Any:
        return self._sinon(False, super().clear)


class CachePatient(RedisCache):
    """Django's Redis cache without which pages live on."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ClientPatient
