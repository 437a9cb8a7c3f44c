"""``make run``: servers, data, web, worker and beat, until Ctrl-C."""

import os
import secrets
import socket
import sys

from config import moteurs

PORT = int(os.environ.get("PORT", "8000"))


def main() -> None:
    """Prepare what is missing, say where everything is, run until stopped."""
    if not _port_libre():
        sys.exit(f"Port {PORT} is taken. Stop what uses it, or choose another: PORT=8001 make run")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ.setdefault("ADRESSE_PUBLIQUE", f"http://localhost:{PORT}")
    moteurs.assurer()
    import django

    django.setup()
    mot_de_passe = _mot_de_passe()
    _preparer(mot_de_passe)
    _annoncer(mot_de_passe)
    sys.exit(_lancer())


def _port_libre() -> bool:
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind(("127.0.0.1", PORT))
        except OSError:
            return False
    return True


def _mot_de_passe() -> str:
    """The demo accounts' password, made once on this machine."""
    path = moteurs.DOSSIER / "mot_de_passe_demo"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(12))
        path.chmod(0o600)
    return path.read_text().strip()


def _preparer(mot_de_passe: str) -> None:
    """Migrate and load. Every step sees what is done already and does not do it again."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
    call_command("charger_territoires")
    call_command("charger_corpus")
    call_command("charger_programmes")
    call_command("charger_demonstration", mot_de_passe=mot_de_passe)


def _annoncer(mot_de_passe: str) -> None:
    from comptes.demonstration import COMPTES

    adresse = f"http://localhost:{PORT}"
    lignes = [
        "",
        f"  Réflexes publics   {adresse}/",
        f"  Sent mails         {adresse}/_dev/courriers/",
        "  Demo accounts      password: " + mot_de_passe,
        *[f"    {adresse_:<32} {mots}" for adresse_, *_, mots in COMPTES],
        "",
        "  Ctrl-C stops everything.",
        "",
    ]
    sys.stdout.write("\n".join(lignes) + "\n")
    sys.stdout.flush()


def _lancer() -> int:
    from honcho.manager import Manager

    python = sys.executable
    manager = Manager()
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    manager.add_process(
        "web", f"{python} manage.py runserver {PORT}", cwd=str(moteurs.RACINE), env=env
    )
    manager.add_process(
        "worker",
        f"{python} -m celery -A config worker --beat --concurrency 1 --loglevel warning",
        cwd=str(moteurs.RACINE),
        env=env,
    )
    manager.loop()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    main()
