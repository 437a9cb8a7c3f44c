"""Who has agreed to today's text of a test, and who has not yet."""

import dataclasses
import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from rappels import boite
from tests_programme.manques import Manque, TransitionRefusee
from tests_programme.pauses import manques_pour_ecrire
from tests_programme.rebonds import echecs_des_demandes
from tests_programme.relances import planifier_demande
from tests_programme.textes_accordes import empreinte, texte_a_accorder

if TYPE_CHECKING:
    from tests_programme.models import Accord, PartiePrenante, Test

# The state in which a test still waits for an accord of each kind.
ETAT_QUI_ATTEND = {"demarrage": "preparation", "prolongation": "en_cours"}


TEXTE_CHANGE = (
    "Le texte du test a changé depuis ce message. "
    "L'équipe doit vous demander votre accord sur le nouveau texte."
)


class ReponseRefusee(Exception):
    """An answer that can no longer be given; the message, in French, says why."""


def accords_en_vigueur(test: "Test", objet: str) -> dict[int, "Accord"]:
    """For each party (by pk), their accord on today's text. One query beside the text's."""
    return _en_vigueur(test, objet, _accords(test, objet))


def _accords(test: "Test", objet: str) -> list["Accord"]:
    from tests_programme.models import Accord

    return list(Accord.objects.filter(partie__test=test, objet=objet))


def _en_vigueur(test: "Test", objet: str, accords: list["Accord"]) -> dict[int, "Accord"]:
    attendue = empreinte(texte_a_accorder(test, objet))
    return {
        accord.partie_id: accord
        for accord in accords
        if accord.empreinte == attendue and accord.etat != "caduc"
    }


def accord_suivant(accord: "Accord") -> "Accord | None":
    """The accord on today's text that replaces this one, asked of the same person. Three queries."""
    suivant = accords_en_vigueur(accord.partie.test, accord.objet).get(accord.partie_id)
    return None if suivant == accord else suivant


def compter_accords(test: "Test", objet: str) -> dict[str, int]:
    """How many accords on today's text, by state. No query when criteres and parties__accords are there."""
    attendue = empreinte(texte_a_accorder(test, objet))
    accords = [accord for partie in test.parties.all() for accord in partie.accords.all()]
    return Counter(a.etat for a in accords if (a.objet, a.empreinte) == (objet, attendue))


@dataclasses.dataclass(frozen=True)
class EtatAccord:
    """Where one party stands. ``etat``: a_demander, a_redemander (the text has changed), or the accord's."""

    partie: "PartiePrenante"
    etat: str
    accord: "Accord | None" = None
    # The server's words, when our message could not reach the address.
    echec: str = ""

    @property
    def a_demander(self) -> bool:
        """Whether the next asking writes to this person."""
        return self.etat in {"a_demander", "a_redemander"}


def etat_des_accords(test: "Test", objet: str) -> list[EtatAccord]:
    """Every party with its answer on today's text, and whether our message reached it.

    Four queries, whatever their number; two less when critères and parties are there.
    """
    demandes = _accords(test, objet)
    accords = _en_vigueur(test, objet, demandes)
    deja = {accord.partie_id for accord in demandes}
    echecs = echecs_des_demandes(accords.values())
    etats = []
    for partie in test.parties.all():
        accord = accords.get(partie.pk)
        sinon = "a_redemander" if partie.pk in deja else "a_demander"
        etat, echec = accord.etat if accord else sinon, echecs.get(accord.pk, "") if accord else ""
        etats.append(EtatAccord(partie, etat, accord, echec))
    return etats


def accords_recueillis(test: "Test") -> list[EtatAccord]:
    """What each party of a started test said last, changes of mind included. Two queries."""
    from tests_programme.models import Accord

    derniers: dict[int, EtatAccord] = {}
    dits = Accord.objects.filter(partie__test=test, etat__in=["donne", "retire"])
    for accord in dits.select_related("partie").order_by("partie", "repondu_le"):
        derniers[accord.partie_id] = EtatAccord(accord.partie, accord.etat, accord)
    return list(derniers.values())


DIT = {
    "refuse": "a été refusé",
    "retire": "a été retiré",
    "demande": "est attendu",
    "a_redemander": "est à redemander : le texte a changé",
    "a_demander": "n'a pas encore été demandé",
}


def accords_manquants(
    test: "Test", objet: str, etats: list[EtatAccord] | None = None
) -> list[Manque]:
    """One sentence for each party that has not agreed to today's text (``etats``: when they are known)."""
    return [
        Manque(f"L'accord de « {etat.partie.fonction} » {DIT[etat.etat]}.", "parties", 5)
        for etat in (etat_des_accords(test, objet) if etats is None else etats)
        if etat.etat != "donne"
    ]


@transaction.atomic
def demander_accords(test: "Test", *, objet: str, at: dt.datetime | None = None) -> int:
    """Ask every party that was not asked about today's text; return how many mails are planned.

    What was asked or agreed on an older text lapses, and its waiting mail with it. Raises ReponseRefusee
    when the test no longer waits for this accord, TransitionRefusee when somebody was asked just before.
    """
    from tests_programme.models import Accord

    at = at or timezone.now()
    type(test).objects.select_for_update(of=("self",)).get(pk=test.pk)
    test.refresh_from_db()
    if test.etat_au(at) != ETAT_QUI_ATTEND[objet]:
        raise ReponseRefusee("Ce test n'attend plus d'accord.")
    adresses = [e.partie.email for e in etat_des_accords(test, objet) if e.a_demander]
    if manques := manques_pour_ecrire(test, objet, adresses, at):
        raise TransitionRefusee("demander", manques)
    texte = texte_a_accorder(test, objet)
    attendue = empreinte(texte)
    anciens = Accord.objects.filter(partie__test=test, objet=objet).exclude(empreinte=attendue)
    for accord in anciens.filter(etat__in=["demande", "donne"]):
        boite.annuler(sujet=f"accord:{accord.pk}")
    anciens.filter(etat__in=["demande", "donne"]).update(etat=Accord.Etat.CADUC)
    demandes = 0
    for partie in test.parties.all():
        accord, nouveau = Accord.objects.get_or_create(
            partie=partie,
            objet=objet,
            empreinte=attendue,
            defaults={"texte": texte, "demande_le": at},
        )
        if not nouveau and accord.etat == Accord.Etat.CADUC:
            # The text came back to one already asked: what was said of it then no longer counts.
            accord.etat, accord.demande_le, accord.repondu_le, accord.motif = (
                "demande",
                at,
                None,
                "",
            )
            accord.save(update_fields=["etat", "demande_le", "repondu_le", "motif"])
            nouveau = True
        if nouveau:
            planifier_demande(test, accord, partie.email)
            demandes += 1
    return demandes


def oublier_partie(partie: "PartiePrenante") -> None:
    """Take a person off the list: their accords and address go, and the mails that wait for them."""
    for accord in partie.accords.all():
        boite.annuler(sujet=f"accord:{accord.pk}")
    partie.delete()


def obstacle_a_la_reponse(
    accord: "Accord", *, retrait: bool = False, at: dt.datetime | None = None
) -> str:
    """Why a person can no longer answer, in words; empty when they can.

    Some three queries; none when the test, its critères and its prolongations are there.
    """
    test = accord.partie.test
    etat = test.etat_au(at)
    if not accord.partie.email:  # erased a year after the test, see tests_programme/effacement.py
        return "Ce lien a expiré : nous avons effacé vos coordonnées, et plus rien n'est attendu de vous."
    if retrait and etat in {"preparation", "en_cours"} and accord.etat != "caduc":
        return ""
    if etat == "abandonne":
        return "L'équipe a renoncé à ce test : votre réponse n'est plus attendue."
    if etat in {"a_evaluer", "evalue"}:
        return "Ce test est terminé : votre réponse n'est plus attendue."
    if etat != ETAT_QUI_ATTEND[accord.objet]:
        return "Ce test a déjà démarré : votre réponse n'est plus attendue."
    if accord.objet == "prolongation" and any(
        prolongation.effective_le for prolongation in test.prolongations.all()
    ):
        return "Ce test a déjà été prolongé : votre réponse n'est plus attendue."
    if accord.etat == "caduc" or accord.empreinte != empreinte(
        texte_a_accorder(test, accord.objet)
    ):
        return TEXTE_CHANGE
    return ""
