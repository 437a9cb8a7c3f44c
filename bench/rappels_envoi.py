"""One worker that empties the outbox, against a bare loop over one open SMTP connection."""

import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from django.conf import settings
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


redige("bench", indispensable=True)(_courriel)


@mesure("rappels_envoi", taille=2000)
def rappels_envoi(taille: int) -> Resultat:
    """``taille`` messages in turns: ours claims, renders, sends, marks; the floor has them ready as bytes."""
    part = taille // FOIS
    with _puits() as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        nous, plancher = [], []
        for tour in range(FOIS + 1):
            _planifier(part, tour)
            prets = [
                (
                    m.destinataire,
                    enveloppe(m, _courriel(m)).message().as_bytes().replace(b"\n", b"\r\n"),
                )
                for m in Message.objects.dus()
            ]
            plancher.append(chronometrer(lambda prets=prets: _boucle_nue(port, prets)))  # type: ignore[misc]
            nous.append(chronometrer(envoyer_les_messages_dus))
    if Message.objects.exclude(etat="envoye").exists():
        raise RuntimeError("Some messages did not leave.")
    # The first turn warms templates and connections up.
    resultat = Resultat(sorted(nous[1:])[FOIS // 2], sorted(plancher[1:])[FOIS // 2])
    print(
        f"rappels_envoi ours={part / resultat.nous:.0f}/s floor={part / resultat.plancher:.0f}/s"
        f" speed={resultat.plancher / resultat.nous:.2f} of the floor"
    )
    return resultat


def _planifier(nombre: int, tour: int) -> None:
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
