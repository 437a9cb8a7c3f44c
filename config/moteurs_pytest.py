"""Pytest plugin, loaded before Django's settings: gives the tests their servers."""

import os

import pytest

from config import moteurs

# The browser tests talk to the database from the thread of Playwright's event loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ["ENVIRONNEMENT"] = "test"
moteurs.assurer()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With INTERDIRE_SAUTS set (CI), a skipped test fails the run: it would hide a missing piece."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("INTERDIRE_SAUTS") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("A test was skipped, and INTERDIRE_SAUTS forbids it.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
