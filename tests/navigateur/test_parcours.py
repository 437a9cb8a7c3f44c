"""The journey "sign in, log a test, ask accords, start it": by keyboard alone, and without JavaScript."""

import datetime as dt
import re
from typing import Any, Protocol

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page

from config.jours import jour_de
from tests.fabriques import MOT_DE_PASSE, PisteFactory
from tests_programme.models import Test


class Mains(Protocol):
    """How somebody uses a page."""

    page: Page

    def remplir(self, champ: str, texte: str) -> None: ...
    def choisir(self, champ: str, rang: int) -> None: ...
    def activer(self, cible: str) -> None: ...


class Souris:
    """A mouse and a keyboard; here with JavaScript off."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def remplir(self, champ: str, texte: str) -> None:
        self.page.locator(champ).fill(texte)

    def choisir(self, champ: str, rang: int) -> None:
        self.page.locator(champ).select_option(index=rang)

    def activer(self, cible: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(cible).first.click()


class Clavier:
    """The keyboard alone: what Tab does not reach does not exist."""

    TABULATIONS = 200

    def __init__(self, page: Page) -> None:
        self.page = page

    def _aller(self, cible: str) -> None:
        voulu = self.page.locator(cible).first
        for _ in range(self.TABULATIONS):
            self.page.keyboard.press("Tab")
            if voulu.evaluate("e => e === document.activeElement"):
                contour = voulu.evaluate("e => getComputedStyle(e).outlineStyle")
                assert contour != "none", f"{cible} does not show that it has the focus"
                return
        raise AssertionError(f"Tab never reaches {cible}")

    def remplir(self, champ: str, texte: str) -> None:
        self._aller(champ)
        if self.page.locator(champ).get_attribute("type") == "date":
            annee, mois, jour = texte.split("-")
            assert mois == jour, "the picker's order of day and month is the browser's"
            texte = jour + mois + annee
        self.page.keyboard.type(texte)

    def choisir(self, champ: str, rang: int) -> None:
        self._aller(champ)
        for _ in range(rang):
            self.page.keyboard.press("ArrowDown")

    def activer(self, cible: str) -> None:
        self._aller(cible)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def _date_lisible_partout() -> str:
    """A coming date whose day and month are the same number, within the twelve months a test may last."""
    jour = jour_de() + dt.timedelta(days=20)
    while jour.day != jour.month:
        jour += dt.timedelta(days=1)
    return jour.isoformat()


def _se_connecter(mains: Mains, adresse: str, email: str) -> None:
    mains.page.goto(adresse + "/compte/login/")
    mains.remplir("#id_login", email)
    mains.remplir("#id_password", MOT_DE_PASSE)
    mains.activer("main form button[type=submit]")


CONTINUER = "main button[value=continuer]"


def _preparer(mains: Mains, adresse: str) -> None:
    mains.page.goto(adresse + "/tests/nouveau/")
    mains.remplir("#id_titre", "Un coup de fil avant la relance")
    mains.choisir("#id_organisation", 1)
    mains.choisir("#id_piste", 1)
    mains.activer(CONTINUER)
    mains.remplir("#id_nous", "appelons avant de relancer")
    mains.remplir("#id_alors", "les dossiers se complètent")
    mains.remplir("#id_parce_que", "une voix rassure")
    mains.activer(CONTINUER)
    mains.remplir("#id_retour_arriere", "Nous reprenons les courriers.")
    mains.remplir("#id_date_peremption", _date_lisible_partout())
    mains.remplir("#id_signe_provisoire", "Une affiche « en test ».")
    mains.activer(CONTINUER)
    mains.remplir("#id_ecoute_qui", "Des familles")
    mains.remplir("#id_ecoute_prevue", "Trois entretiens.")
    mains.remplir("#id_ecoute_quand", "À la fin")
    mains.remplir("[id$='0-libelle']", "Dossiers complets")
    mains.activer(CONTINUER)
    mains.choisir("[id$='0-role']", 1)
    mains.remplir("[id$='0-fonction']", "responsable de l'accueil")
    mains.remplir("[id$='0-email']", "responsable@example.org")
    mains.activer(CONTINUER)


def _lien_recu() -> str:
    """The path of the personal link in the one mail that left."""
    call_command("envoyer_rappels")
    assert [message.to for message in mail.outbox] == [["responsable@example.org"]]
    trouve = re.search(r"https?://[^/\s]+(/accords/\S+)", str(mail.outbox[0].body))
    assert trouve, mail.outbox[0].body
    return trouve[1]


@pytest.mark.parametrize("mains_", [Clavier, Souris], ids=["clavier", "sans-javascript"])
@pytest.mark.parametrize("largeur", ["telephone", "bureau"])
def test_an_agent_logs_a_test_asks_for_accords_and_starts_it(
    mains_: Any, largeur: str, contexte: Any, agent_a: Any
):
    PisteFactory()
    avec_javascript = mains_ is Clavier
    visite = contexte(largeur, javascript=avec_javascript)
    mains = mains_(visite.page)
    adresse = visite.adresse
    _se_connecter(mains, adresse, agent_a.email)
    _preparer(mains, adresse)
    test = Test.objects.get()
    assert visite.page.url.endswith(f"/tests/{test.pk}/preparer/verification/")
    mains.activer("form[action$='demarrer/'] button")
    assert "accord" in visite.page.locator("main").inner_text().lower()
    test.refresh_from_db()
    assert test.etat == "preparation", "it must not start without the accord"

    mains.activer("form[action$='demander-accords/'] button")
    invite = contexte(largeur, javascript=avec_javascript)
    invite.ouvrir(_lien_recu())
    mains_(invite.page).activer("button[value=oui]")
    assert "Vous avez donné votre accord" in invite.page.locator("main").inner_text()

    visite.page.goto(f"{adresse}/tests/{test.pk}/preparer/verification/")
    mains.activer("form[action$='demarrer/'] button")
    test.refresh_from_db()
    assert test.etat == "en_cours"
    assert "en test jusqu'au" in visite.page.locator("body").inner_text().lower()
    # The refused start answered 409, which Chromium notes; nothing else may be there.
    assert [erreur for erreur in visite.erreurs if "409" not in erreur] == []
