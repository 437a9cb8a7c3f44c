"""The nursery's test of medicines (TOPOGUIDE, bivouac of Nantes), led from its hypothesis to its pérennisation.

Through the screens alone: three people agree from their mails, the journal is kept on a phone, five voices
come by the QR code's address and one of them disagrees, a second person publishes, the piste shows the lesson.
"""

import datetime as dt
import re
from typing import Any

from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page

from config.jours import jour_de
from tests.fabriques import PisteFactory
from tests.fichiers_envoyes import une_photo
from tests_programme.models import Note, Test, Voix

CONTINUER = "main button[value=continuer]"
PERSONNES = [
    ("porteur", "directrice de la crèche", "directrice@example.org"),
    ("usager", "parent d'un enfant de la crèche", "parent@example.org"),
    ("manager", "médecin de la protection maternelle", "medecin@example.org"),
]
VOIX = [
    ("accord", "Je n'ai plus à quitter mon travail à midi.", "parent"),
    ("accord", "Les gestes sont clairs, la fiche est sur le mur.", "auxiliaire de puériculture"),
    ("nuance", "Oui, mais pas les jours où nous sommes deux.", "éducatrice de jeunes enfants"),
    ("accord", "Mon enfant prend son sirop sans histoire.", "parent"),
    ("desaccord", "Je préfère que ce soit une infirmière.", "grand-parent"),
]


class Ecran:
    """A page, used with a finger or a mouse; every click that sends waits for what it brings."""

    def __init__(self, visite: Any) -> None:
        self.page: Page = visite.page
        self.adresse: str = visite.adresse

    def ouvrir(self, chemin: str) -> None:
        self.page.goto(self.adresse + chemin)

    def remplir(self, **champs: str) -> None:
        for nom, texte in champs.items():
            self.page.locator(f"#id_{nom}").fill(texte)

    def cocher(self, nom: str, valeur: str) -> None:
        self.page.locator(f"input[name='{nom}'][value='{valeur}']").check()

    def activer(self, cible: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(cible).first.click()

    @property
    def texte(self) -> str:
        return self.page.locator("main").inner_text()


def _preparer(ecran: Ecran, piste: str) -> None:
    ecran.ouvrir(f"/tests/nouveau/?piste={piste}")
    ecran.remplir(
        titre="Donner les médicaments à la crèche", contexte="Les parents doivent revenir à midi."
    )
    ecran.activer(CONTINUER)
    ecran.remplir(
        nous="donnons nous-mêmes les médicaments prescrits",
        avec="deux sections volontaires",
        alors="les familles et les équipes s'organisent mieux",
        parce_que="la décision revient à qui connaît l'enfant",
        echec="Une erreur de dose, ou des familles qui continuent de revenir.",
    )
    ecran.activer(CONTINUER)
    ecran.remplir(
        retour_arriere="Les parents reviennent à midi, dès le lendemain.",
        date_peremption=(jour_de() + dt.timedelta(days=60)).isoformat(),
        signe_provisoire="Une affiche « en test » à l'entrée des deux sections.",
    )
    ecran.activer(CONTINUER)
    ecran.remplir(
        ecoute_qui="Parents et équipes",
        ecoute_prevue="Un questionnaire par QR",
        ecoute_quand="Chaque mois",
    )
    ecran.page.locator("[id$='0-libelle']").fill("Retours de parents à midi, par semaine")
    ecran.page.locator("[id$='0-valeur_depart']").fill("12")
    ecran.activer(CONTINUER)
    for rang, (role, fonction, email) in enumerate(PERSONNES):
        ecran.page.locator(f"[id$='{rang}-role']").select_option(role)
        ecran.page.locator(f"[id$='{rang}-fonction']").fill(fonction)
        ecran.page.locator(f"[id$='{rang}-email']").fill(email)
        ecran.activer("main button[value=lignes]")
    ecran.activer(CONTINUER)


def _lien_de(email: str) -> str:
    recu = next(message for message in mail.outbox if message.to == [email])
    trouve = re.search(r"https?://[^/\s]+(/accords/\S+)", str(recu.body))
    assert trouve, recu.body
    return trouve[1]


def _accorder(contexte: Any) -> None:
    call_command("envoyer_rappels")
    for _, _, email in PERSONNES:
        invite = Ecran(contexte("telephone"))
        invite.ouvrir(_lien_de(email))
        invite.activer("button[value=oui]")
        assert "Vous avez donné votre accord" in invite.texte


def _tenir_le_journal(ecran: Ecran, test: Test) -> None:
    ecran.ouvrir(f"/tests/{test.pk}/journal/")
    ecran.remplir(texte="Premier sirop donné ce matin : deux minutes, deux signatures.")
    ecran.page.locator("input[type=file][accept*=image]").set_input_files(
        {"name": "fiche.jpg", "mimeType": "image/jpeg", "buffer": une_photo().read()}
    )
    ecran.page.locator("main form[enctype] input[name*=description]").first.fill(
        "La fiche de suivi accrochée près de la porte"
    )
    ecran.cocher("portee", "public")
    ecran.activer("main form[enctype] button.bouton")
    note = Note.objects.get(test=test)
    assert note.pieces.get().texte_alternatif == "La fiche de suivi accrochée près de la porte"
    assert (
        ecran.page.locator("img[alt='La fiche de suivi accrochée près de la porte']").count() == 1
    )


def _ecouter(ecran: Ecran, contexte: Any, test: Test) -> None:
    ecran.ouvrir(f"/tests/{test.pk}/questionnaire/")
    ecran.activer("main button[name=jeu]")
    chemin = test.questionnaire.get_absolute_url()
    for position, mots, fonction in VOIX:
        telephone = Ecran(contexte("telephone"))
        telephone.ouvrir(chemin)
        telephone.cocher("position", position)
        telephone.remplir(mots=mots, fonction=fonction)
        telephone.page.locator("#id_consentement").check()
        telephone.activer("main form button.bouton")
        assert "merci" in telephone.page.locator("body").inner_text().lower()
        assert telephone.page.context.cookies() == []


def _evaluer(ecran: Ecran, test: Test) -> None:
    ecran.ouvrir(f"/tests/{test.pk}/evaluation/")
    ecran.remplir(
        **{f"critere_{test.criteres.get().pk}": "2"},
        reponse="Les familles ne reviennent presque plus à midi.",
        inattendu="Les équipes ont écrit elles-mêmes la fiche de suivi.",
        conditions="Être trois à midi.",
        autonomie="Former les deux autres sections.",
        suites_porteur="la direction de la petite enfance",
        suites_cadre="Une note de service pour toutes les crèches.",
        suites_date=(jour_de() + dt.timedelta(days=30)).isoformat(),
    )
    ecran.cocher("verdict", "confirmee")
    ecran.cocher("suites", "perenniser")
    ecran.activer("main form:has(input[value=brouillon]) button.bouton")
    ecran.page.locator("#id_enseignement-type").select_option("condition")
    ecran.remplir(
        **{"enseignement-texte": "Une fiche écrite par l'équipe vaut mieux qu'un protocole reçu."}
    )
    ecran.activer("main form:has(input[value=enseignement]) button")
    ecran.activer("form[action$='soumettre/'] button")


def test_the_nursery_gives_the_medicines_itself_from_hypothesis_to_perennisation(
    contexte: Any, agent_a: Any, referent_a: Any
):
    piste = PisteFactory(cle="carnet-090", slug="management-de-la-subsidiarite")
    porteuse = Ecran(contexte("telephone", user=agent_a))
    _preparer(porteuse, piste.slug)
    test = Test.objects.get()
    assert test.hypothese.startswith("Si nous donnons nous-mêmes les médicaments prescrits")
    porteuse.activer("form[action$='demander-accords/'] button")
    _accorder(contexte)
    porteuse.ouvrir(f"/tests/{test.pk}/preparer/verification/")
    porteuse.activer("form[action$='demarrer/'] button")
    assert "en test jusqu'au" in porteuse.page.locator("body").inner_text().lower()

    _tenir_le_journal(porteuse, test)
    _ecouter(porteuse, contexte, test)
    assert Voix.objects.filter(test=test, consentement=True).count() == 5

    porteuse.ouvrir(f"/tests/{test.pk}/arreter/")
    porteuse.remplir(motif="Les deux sections ont la réponse : inutile d'attendre.")
    porteuse.activer("main form button.bouton")
    _evaluer(porteuse, test)
    test.refresh_from_db()
    assert test.etat == "a_evaluer", "nobody publishes alone"

    seconde = Ecran(contexte("bureau", user=referent_a))
    seconde.ouvrir(f"/tests/{test.pk}/evaluation/")
    assert "Lire avant de publier" in seconde.texte
    seconde.activer("form[action$='publier/'] button")
    test.refresh_from_db()
    assert test.etat == "evalue"

    visiteur = Ecran(contexte("telephone"))
    visiteur.ouvrir(f"/tests/{test.pk}/")
    assert "Hypothèse confirmée" in visiteur.texte
    assert "Je préfère que ce soit une infirmière." in visiteur.texte, "both versions are shown"
    visiteur.ouvrir(piste.get_absolute_url())
    assert "Une fiche écrite par l'équipe vaut mieux qu'un protocole reçu." in visiteur.texte
