"""Workers: rings of the bell in a loop, as Celery's are, in processes that may be killed at any instant.

``python -m tests.rappels.epreuves.ouvrier NOMBRE``: prepares Django once, then keeps NOMBRE forked workers alive
and prints the pid of each. ``ARRET`` names a step at which the workers say « arret » and wait: for a signal
that kills them, or for SIGUSR1, which lets them go on. ``HORLOGE`` sets
their clock. Pauses after a failure are a fraction of a second.
"""

import datetime as dt
import os
import signal
import smtplib
import sys
import time

import django
import time_machine

PAUSE = float(os.environ.get("PAUSE", "0.5"))


def preparer():
    if horloge := os.environ.get("HORLOGE"):
        time_machine.travel(dt.datetime.fromisoformat(horloge)).start()
    django.setup()
    from django.conf import settings

    import tests.rappels.redacteur_essai  # noqa: F401
    from rappels import envoi, patience, prise

    patience.PAUSES = (dt.timedelta(seconds=PAUSE),)
    patience.PAUSE_SANS_SERVEUR = dt.timedelta(seconds=PAUSE)
    settings.EMAIL_TIMEOUT = float(os.environ.get("DELAI", settings.EMAIL_TIMEOUT))
    arret = os.environ.get("ARRET")
    if arret == "avant_la_prise":
        envoi.prise.prendre = _apres_un_arret(prise.prendre)
    elif arret == "apres_la_prise":
        envoi.prise.garder = _apres_un_arret(prise.garder)
    elif arret == "apres_data":
        smtplib.SMTP.data = _data_sans_attendre
    elif arret == "avant_la_marque":
        envoi._marquer_parti = _apres_un_arret(envoi._marquer_parti)
    elif arret:
        raise SystemExit(f"unknown step {arret}")


def _s_arreter():
    """SIGUSR1 is blocked (see ``travailler``), so that it is not lost if it comes before the wait."""
    print("arret", flush=True)
    signal.sigwait({signal.SIGUSR1})


def _apres_un_arret(fonction):
    def arretee(*args, **options):
        _s_arreter()
        return fonction(*args, **options)

    return arretee


def _data_sans_attendre(self, msg):
    """smtplib's own, stopped between the last byte it writes and the answer it reads."""
    self.putcmd("data")
    code, texte = self.getreply()
    if code != 354:
        raise smtplib.SMTPDataError(code, texte)
    corps = smtplib._quote_periods(smtplib._fix_eols(msg).encode() if isinstance(msg, str) else msg)
    self.send(corps if corps.endswith(b"\r\n") else corps + b"\r\n")
    self.send(b".\r\n")
    _s_arreter()
    return self.getreply()


def travailler():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    from django.db import DatabaseError, close_old_connections, connection

    from rappels.envoi import envoyer_les_messages_dus

    while True:
        close_old_connections()  # what Celery does between two tasks
        try:
            envoyer_les_messages_dus(budget=60)
        except DatabaseError as erreur:  # the database is away: the task fails, the next ring comes
            print(f"base {type(erreur).__name__}", flush=True)
            connection.close()
        time.sleep(0.1)


def main(nombre):
    preparer()
    vivants = set()
    while True:
        while len(vivants) < nombre:
            pid = os.fork()
            if not pid:
                travailler()
            vivants.add(pid)
            print(f"pid {pid}", flush=True)
        mort, _ = os.wait()
        vivants.discard(mort)


if __name__ == "__main__":
    main(int(sys.argv[1]))
