"""Pytest plugin, loaded before Django's settings: gives the tests their servers."""

import os

from config import moteurs

# The browser tests talk to the database from the thread of Playwright's event loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ.setdefault("ENVIRONNEMENT", "test")
moteurs.assurer()
