"""The text people agree to, its fingerprint, and who has not agreed to it yet."""

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from rappels import boite
from tests_programme.manques import Manque

if TYPE_CHECKING:
    from tests_programme.models import Accord, Test


def texte_a_accorder(test: "Test", objet: str) -> str:
    """The exact text shown to the parties, in plain paragraphs. Two queries."""
    prolongation = test.prolongations.first() if objet == "prolongation" else None
    date = prolongation.nouvelle_date if prolongation else test.date_peremption
    lignes = [
        f"Test : {test.titre}",
        f"Hypothèse : {test.hypothese}",
        f"Jusqu'au : {date:%d/%m/%Y}" if date else "Jusqu'au : date à fixer",
        f"Comment on revient en arrière : {test.retour_arriere}",
        f"Comment on verra que c'est provisoire : {test.signe_provisoire}",
        f"Comment on entendra les usager·ères : {test.ecoute_prevue}",
        *[f"On observe : {critere.libelle}" for critere in test.criteres.all()],
    ]
    if prolongation:
        lignes.append(f"Prolongé parce que : {prolongation.motif}")
    return "\n\n".join(lignes)


def empreinte(texte: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(texte.encode()).hexdigest()


def accords_en_vigueur(test: "Test", objet: str) -> dict[int, "Accord"]:
    """For each party (by pk), their accord on today's text. One query beside the text's."""
    from tests_programme.models import Accord

    attendue = empreinte(texte_a_accorder(test, objet))
    accords = Accord.objects.filter(partie__test=test, objet=objet, empreinte=attendue)
    return {accord.partie_id: accord for accord in accords}


def accords_manquants(test: "Test", objet: str) -> list[Manque]:
    """One sentence for each party that has not agreed to today's text."""
    accords = accords_en_vigueur(test, objet)
    manques = []
    for partie in test.parties.all():
        accord = accords.get(partie.pk)
        if accord is None or accord.etat != "donne":
            suite = {"refuse": "a été refusé", "retire": "a été retiré", "demande": "est attendu"}
            dit = suite.get(accord.etat if accord else "", "n'a pas été demandé sur ce texte")
            manques.append(Manque(f"L'accord de « {partie.fonction} » {dit}.", "parties"))
    return manques


@transaction.atomic
def demander_accords(test: "Test", *, objet: str, at: dt.datetime | None = None) -> int:
    """Ask every party that was not asked about today's text; return how many mails are planned.

    What was asked or agreed on an older text lapses, and its waiting mail with it.
    """
    from tests_programme.models import Accord

    at = at or timezone.now()
    type(test).objects.select_for_update().get(pk=test.pk)
    texte = texte_a_accorder(test, objet)
    attendue = empreinte(texte)
    anciens = Accord.objects.filter(partie__test=test, objet=objet).exclude(empreinte=attendue)
    for accord in anciens.filter(etat__in=["demande", "donne"]):
        boite.annuler(sujet=f"accord:{accord.pk}")
    anciens.filter(etat__in=["demande", "donne"]).update(etat=Accord.Etat.CADUC)
    demandes = 0
    for partie in test.parties.all():
        accord, nouveau = Accord.objects.get_or_create(
            partie=partie, objet=objet, empreinte=attendue, defaults={"texte": texte, "demande_le": at}
        )
        if nouveau:
            _planifier_demande(accord, partie.email)
            demandes += 1
    return demandes


def _planifier_demande(accord: "Accord", email: str) -> None:
    boite.planifier(
        genre="accord_demande",
        sujet=f"accord:{accord.pk}",
        destinataire=email,
        cle=f"accord_demande:{accord.pk}",
    )
