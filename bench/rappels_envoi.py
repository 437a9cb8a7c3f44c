"""One worker that empties the outbox, against a bare loop over one open SMTP connection."""

import os
import smtplib
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.registre import Resultat, chronometrer, mesure
from rappels import boite
from rappels.en_masse import Prevision
from rappels.enveloppe import enveloppe
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from rappels.redaction import rediger
from rappels.registre import Courriel, redige

FOIS = 5


def _courriel(message: Message) -> Courriel:
    """A mail of usual weight, text and HTML, rendered when it leaves."""
    adhesion = SimpleNamespace(organisation="Ville d'Essai", get_role_display="Agent·e")
    return rediger(
        message,
        objet="Vous avez rejoint Ville d'Essai",
        gabarit="comptes/courriels/adhesion_acceptee",
        contexte={"adhesion": adhesion, "lien_espace": "https://reflexes.exemple.fr/mon-espace/"},
    )


redige("bench", libelle="Message de mesure", indispensable=True)(_courriel)


@mesure("rappels_envoi", taille=2000)
def rappels_envoi(taille: int) -> Resultat:
    """``taille`` messages in turns. Ours claims, renders, sends, marks, in two processes as docker-compose.yml
    starts them; the floor has its messages ready as bytes. One process alone is printed too."""
    part = taille // FOIS
    temps: list[tuple[float, float, float, float]] = []
    with _puits() as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        for tour in range(FOIS + 1):
            _planifier(part, f"seul:{tour}")
            prets = [_pret(m) for m in Message.objects.dus()]
            plancher = chronometrer(partial(_boucle_nue, port, prets))
            redigee = chronometrer(partial(_boucle_qui_redige, port))
            seul = chronometrer(envoyer_les_messages_dus)
            _planifier(part, f"deux:{tour}")
            temps.append((plancher, redigee, seul, chronometrer(_a_deux)))
    if Message.objects.exclude(etat="envoye").exists():
        raise RuntimeError("Some messages did not leave.")
    # The first turn warms templates and connections up.
    plancher, redigee, seul, deux = (statistics.median(t[n] for t in temps[1:]) for n in range(4))
    print(
        f"rappels_envoi floor={part / plancher:.0f}/s"
        f" a loop that renders={part / redigee:.0f}/s ({plancher / redigee:.2f} of the floor)"
        f" one process={part / seul:.0f}/s"
        f" ({plancher / seul:.2f} of the floor) two={part / deux:.0f}/s ({plancher / deux:.2f})"
    )
    return Resultat(deux, plancher)


def _pret(message: Message) -> tuple[str, bytes]:
    octets = enveloppe(message, _courriel(message)).message().as_bytes()
    return message.destinataire, octets.replace(b"\n", b"\r\n")


def _boucle_qui_redige(port: int) -> None:
    """What nobody avoids who writes each mail as it leaves: no claim, no lease, no mark."""
    with smtplib.SMTP("127.0.0.1", port) as connexion:
        for message in Message.objects.dus():
            adresse, octets = _pret(message)
            connexion.sendmail("ne-pas-repondre@localhost", [adresse], octets)


def _a_deux() -> None:
    """Two workers: this process, and its copy."""
    connection.close()  # a copy must not share it
    pid = os.fork()
    if not pid:
        try:
            envoyer_les_messages_dus()
        finally:
            os._exit(0)
    envoyer_les_messages_dus()
    os.waitpid(pid, 0)


def _planifier(nombre: int, tour: str) -> None:
    at = timezone.now()
    boite.planifier_en_masse(
        Prevision("bench", f"bench:{n}", f"p{n}@exemple.fr", f"bench:{tour}:{n}", at)
        for n in range(nombre)
    )


def _boucle_nue(port: int, prets: list[tuple[str, bytes]]) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connexion:
        for adresse, octets in prets:
            connexion.sendmail("ne-pas-repondre@localhost", [adresse], octets)


@contextmanager
def _puits() -> Iterator[int]:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = int(prise.getsockname()[1])
    puits = subprocess.Popen(
        [sys.executable, "-m", "bench.puits", str(port)], stdout=subprocess.PIPE, text=True
    )
    try:
        if puits.stdout is None or puits.stdout.readline() != "pret\n":
            raise RuntimeError("The mail server did not start.")
        yield port
    finally:
        puits.kill()
        puits.communicate()
