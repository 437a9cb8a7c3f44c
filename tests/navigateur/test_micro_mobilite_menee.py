"""A micro-mobilité led through the screens, for an inhabitant who has no e-mail.

An agent offers time, never on week-ends; the cellule writes the need of somebody it had on the phone, proposes,
calls, fixes a meeting, asks the accords: two come from mails, one is told by phone. Three half-days, the return,
both sides' words, an attestation (CARNET p. 66; DOMAIN, « what binds us »).
"""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail

from config.jours import instant_de, jour_de
from engagement.models import Besoin, Bilan, MiseEnRelation, Offre
from engagement.tasks import ramener_les_missions
from rappels.envoi import envoyer_les_messages_dus
from tests.fabriques_engagement import DispositifFactory, un_mediateur
from tests.navigateur.test_creche import Ecran
from tests.territoires_engagement import un_coin_de_pays


class Bureau(Ecran):
    """A screen whose forms are filled by the names of their fields, and sent by the button one names."""

    def envoyer(self, bouton: str, **champs: Any) -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        formulaire = self.page.locator(f"main form:has({bouton})").first
        for nom, valeur in champs.items():
            self._remplir(formulaire, nom, valeur)
        with self.page.expect_navigation():
            formulaire.locator(bouton).first.click()

    def _remplir(self, formulaire: Any, nom: str, valeur: Any) -> None:
        choix = f"[name='{nom}'], [name$='-{nom}']"
        premier = formulaire.locator(choix).first
        sorte = premier.evaluate("e => e.tagName + ' ' + e.type")
        if valeur is True:
            premier.check()
        elif sorte.startswith("SELECT"):
            premier.select_option(valeur)
        elif sorte.endswith(("radio", "checkbox")):
            for une in valeur if isinstance(valeur, list) else [valeur]:
                formulaire.locator(choix).and_(formulaire.locator(f"[value='{une}']")).check()
        else:
            premier.fill(valeur)


def lien(a: str, chemin: str) -> str:
    """The personal address in the last mail to somebody."""
    envoyer_les_messages_dus()
    for courriel in reversed(mail.outbox):
        if courriel.to == [a] and (
            trouve := re.search(rf"(/engagement/{chemin}/\S+/)", courriel.body)
        ):
            return trouve.group(1)
    raise AssertionError((a, chemin, [(m.to, m.subject) for m in mail.outbox]))


def le(jour: dt.date, heure: int = 10) -> dt.datetime:
    return instant_de(jour, heure)


def prochain_lundi() -> dt.date:
    jour = jour_de() + dt.timedelta(days=14)
    return jour + dt.timedelta(days=-jour.weekday() % 7)


@pytest.fixture
def dispositif():
    pays = un_coin_de_pays()
    return DispositifFactory(territoire=pays["epci"], nom="Micro-mobilité", par_semaine=3)


def test_from_an_offer_without_week_ends_to_its_attestation(contexte, dispositif, agent_a):
    mediateur = un_mediateur(dispositif, email="mediation@example.org")
    lundi = prochain_lundi()
    guichet = f"/engagement/{dispositif.pk}"

    agent = Bureau(contexte("telephone", user=agent_a))
    agent.ouvrir(f"{guichet}/offrir/")
    agent.activer("main a:has-text('Du temps')")
    agent.envoyer(
        "button.bouton[type=submit]", envies="J'aime lire à voix haute, faire les courses.",
        commune="Lambersart", refuse="week_end", statut="agent", fonction="agente d'accueil",
        manager_nom="Une responsable", manager_email="manager@example.org", rayon="epci",
        raccourcis="matins", consent=True,
    )  # fmt: skip
    offre = Offre.objects.get()
    assert (offre.etat, offre.refuse) == ("active", ["week_end"])

    bureau = Bureau(contexte("bureau", user=mediateur))
    bureau.ouvrir(f"{guichet}/demander/pour-quelqu-un/")
    jours = [lundi + dt.timedelta(days=n) for n in (0, 1, 3)]
    bureau.envoyer(
        "button.bouton[type=submit]", titre="Des courses et un peu de lecture",
        description="Faire les courses, lire le courrier.", commune="Lambersart", quand="jours",
        jours="\n".join(f"{jour:%d/%m/%Y}" for jour in jours), moments=["0"],
        accueil_fonction="habitante", accueil_nom="Une voisine", binome="une aide à domicile",
        genre=str(dispositif.genres.first().pk), statut="habitant", nom="Une voisine",
        telephone="0600000009", consentement="telephone", nature="temps", urgence="3", consent=True,
    )  # fmt: skip
    besoin = Besoin.objects.get()
    assert besoin.demandeur.email == ""
    bureau.ouvrir(f"/engagement/besoins/{besoin.pk}/qualifier/")
    bureau.envoyer("button.bouton[type=submit]", lieu="12 rue des Lilas")
    besoin.refresh_from_db()
    assert besoin.etat == "ouvert", bureau.texte

    bureau.ouvrir(f"/engagement/besoins/{besoin.pk}/suggestions/")
    assert "même commune" in bureau.texte
    bureau.activer(f"main a[href*='/{offre.pk}/']:has-text('Proposer')")
    bureau.envoyer("button.bouton[type=submit]", mot="Une voisine aimerait de l'aide.")
    mise = MiseEnRelation.objects.get()
    assert mise.etat == "proposee"

    reponse = Bureau(contexte("telephone"))
    reponse.ouvrir(lien(agent_a.email, "conversation"))
    reponse.envoyer("button[value=repondre]", texte="Avec plaisir, le matin.")
    bureau.ouvrir(mise.get_absolute_url())
    bureau.envoyer("button[value=ecrire]", canal="appel", avec="accueil", texte="Elle est ravie.")
    bureau.envoyer(
        "button[value=fixer_rencontre]", lieu="Chez elle",
        jour=f"{jour_de() + dt.timedelta(days=1):%Y-%m-%d}", heure="14:30",
    )  # fmt: skip
    envoyer_les_messages_dus()
    assert any("rencontre" in m.subject.lower() and m.attachments for m in mail.outbox)

    with time_machine.travel(le(jour_de() + dt.timedelta(days=2)), tick=True):
        bureau = Bureau(contexte("bureau", user=mediateur))
        bureau.ouvrir(mise.get_absolute_url())
        bureau.envoyer("button[value=noter_rencontre]", notes="Le courant passe.")
        bureau.ouvrir(f"/engagement/mises-en-relation/{mise.pk}/lettre/")
        bureau.envoyer(
            "button[value=demander]", mission="Faire les courses, lire le courrier.",
            creneaux=[str(c.pk) for c in besoin.creneaux.all()],
            retour_prevu_le=f"{lundi + dt.timedelta(days=10):%Y-%m-%d}", retour_avec="sa responsable",
        )  # fmt: skip
        for adresse in (agent_a.email, "manager@example.org"):
            signataire = Bureau(contexte("telephone"))
            signataire.ouvrir(lien(adresse, "accord"))
            assert "Faire les courses" in signataire.texte
            signataire.activer("main button[value=oui]")
        bureau.ouvrir(mise.get_absolute_url())
        bureau.envoyer(
            "button[value=recueillir]",
            cote="accueil",
            reponse="oui",
            comment="Au téléphone, ce matin",
        )
        mise.refresh_from_db()
        assert mise.etat == "en_mission", bureau.texte
        assert mise.demi_journees.filter(etat="prevue").count() == 3

    with time_machine.travel(le(lundi + dt.timedelta(days=4)), tick=True):
        assert ramener_les_missions() == 1  # its last half-day is past
    with time_machine.travel(le(lundi + dt.timedelta(days=11)), tick=True):
        bureau = Bureau(contexte("bureau", user=mediateur))
        for _ in range(3):
            bureau.ouvrir(f"/engagement/missions/{mise.pk}/")
            bureau.envoyer("button[value=faite]")
        assert mise.demi_journees.filter(etat="faite").count() == 3
        bureau.ouvrir(f"/engagement/missions/{mise.pk}/retour/")
        bureau.envoyer(
            "button.bouton[type=submit]", entretien_le=f"{lundi + dt.timedelta(days=10):%Y-%m-%d}",
            appris="Prendre le temps.", suite="Elle recommencerait.",
        )  # fmt: skip

    # What is asked of both sides waits for a working morning.
    with time_machine.travel(le(lundi + dt.timedelta(days=15)), tick=True):
        bureau = Bureau(contexte("bureau", user=mediateur))
        personne = Bureau(contexte("telephone"))
        personne.ouvrir(lien(agent_a.email, "ma-mission").split("bilan/")[0] + "bilan/")
        personne.envoyer("button.bouton[type=submit]", content="oui", texte="Un beau moment.")
        assert Bilan.objects.filter(mise_en_relation=mise, cote="personne").exists()
        bureau.ouvrir(f"/engagement/missions/{mise.pk}/")
        bureau.envoyer("button[value=clore]")
        mise.refresh_from_db()
        assert mise.etat == "close"
        pdf = bureau.page.request.get(
            f"{bureau.adresse}/engagement/missions/{mise.pk}/attestation.pdf"
        )
        assert pdf.status == 200
        assert pdf.body()[:5] == b"%PDF-"
