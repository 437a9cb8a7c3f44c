"""A real Chromium for the tests that need eyes and a keyboard."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium")
LARGEURS = {"telephone": (375, 740), "bureau": (1280, 900)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser, on one worker: two Chromiums on two cores time out."""
    for item in items:
        if "/navigateur/" in str(item.path):
            item.add_marker(pytest.mark.navigateur)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(
                        reason="Debian's chromium is not installed: apt-get install chromium"
                    )
                )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's own Chromium; as root it needs --no-sandbox, and it must not call home."""
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
        ],
    }


class Visite:
    """A page of the browser that notes what must never happen: console errors, foreign requests."""

    def __init__(self, page: Page, adresse: str) -> None:
        self.page = page
        self.adresse = adresse
        self.erreurs: list[str] = []
        self.requetes: list[str] = []
        page.on("console", lambda m: self.erreurs.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.erreurs.append(str(e)))
        page.on("request", lambda r: self.requetes.append(r.url))

    def ouvrir(self, chemin: str) -> int:
        """Open an address of the site; return the HTTP status. Forgets what was noted before."""
        self.erreurs.clear()
        self.requetes.clear()
        reponse = self.page.goto(self.adresse + chemin)
        self.page.wait_for_load_state("networkidle")
        assert reponse is not None
        return reponse.status

    def requetes_etrangeres(self) -> list[str]:
        """Requests that left for another host."""
        return [url for url in self.requetes if not url.startswith((self.adresse, "data:"))]


@pytest.fixture
def contexte(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Open browser contexts: ``contexte(largeur, user=…, javascript=…)`` gives a Visite."""
    ouverts: list[BrowserContext] = []

    def ouvrir(largeur: str = "bureau", user: Any = None, javascript: bool = True) -> Visite:
        width, height = LARGEURS[largeur]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="fr-FR",
            timezone_id="Europe/Paris",
        )
        ouverts.append(context)
        if user is not None:
            context.add_cookies([_session(user, live_server.url)])
        return Visite(context.new_page(), live_server.url)

    yield ouvrir
    for context in ouverts:
        context.close()


def _session(user: Any, url: str) -> Any:
    client = Client()
    client.force_login(
        get_user_model().objects.get(pk=user.pk),
        "comptes.identification.Identification",
    )
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}
