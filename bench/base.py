"""A database of its own: made for one run, dropped after it. The real data is never touched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

NOM = "bench_reflexes"


@contextmanager
def base_de_mesure() -> Iterator[None]:
    """Django set up on an empty, migrated database of the server of DATABASE_URL."""
    from config import moteurs

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # As in production: no debug, cached templates; mails go nowhere.
    os.environ["ENVIRONNEMENT"] = "test"
    moteurs.assurer()
    url = urlsplit(os.environ["DATABASE_URL"])
    _recreer()
    try:
        chemin = f"{url.path.rpartition('/')[0]}/{NOM}"
        # A socket's directory makes a path of two slashes, which urlunsplit would lose.
        os.environ["DATABASE_URL"] = urlunsplit(url._replace(path="")) + chemin
        _preparer_django()
        yield
        from django.db import connections

        connections.close_all()
    finally:
        os.environ["DATABASE_URL"] = urlunsplit(url._replace(path="")) + url.path
        _executer(f"DROP DATABASE IF EXISTS {NOM} WITH (FORCE)")


def _preparer_django() -> None:
    import django
    from django.core.management import call_command

    from config.chargement import charger

    django.setup()
    call_command("migrate", verbosity=0)
    charger()  # as in production


def _recreer() -> None:
    """A run that was killed may have left its database."""
    _executer(f"DROP DATABASE IF EXISTS {NOM} WITH (FORCE)")
    _executer(f"CREATE DATABASE {NOM}")


def _executer(sql: str) -> None:
    import environ
    import psycopg2

    config = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    connexion = psycopg2.connect(
        host=config["HOST"] or None,
        port=config["PORT"] or None,
        user=config["USER"] or None,
        password=config["PASSWORD"] or None,
        dbname=config["NAME"],
    )
    connexion.autocommit = True
    try:
        with connexion.cursor() as curseur:
            curseur.execute(sql)
    finally:
        connexion.close()
