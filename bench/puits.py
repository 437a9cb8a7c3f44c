"""A mail server that takes everything, in a process of its own: ``python -m bench.puits PORT``."""

import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Puits:
    """Says yes."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The one answer."""
        return "250 OK"


if __name__ == "__main__":
    Controller(Puits(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    print("pret", flush=True)
    threading.Event().wait()
