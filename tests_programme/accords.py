"""The text people agree to, its fingerprint, and who has not agreed to it yet."""

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from rappels import boite
from tests_programme.manques import Manque, TransitionRefusee
from tests_programme.pauses import GENRE, manques_pour_ecrire, trace

if TYPE_CHECKING:
    from tests_programme.models import Accord, PartiePrenante, Test

# The state in which a test still waits for an accord of each kind.
ETAT_QUI_ATTEND = {"demarrage": "preparation", "prolongation": "en_cours"}


class ReponseRefusee(Exception):
    """An answer that can no longer be given; the message, in French, says why."""


def texte_a_accorder(test: "Test", objet: str) -> str:
    """The exact text shown to the parties, in plain paragraphs. Two queries, none when prefetched."""
    demandees = test.prolongations.all() if objet == "prolongation" else []
    prolongation = next(iter(demandees), None)
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
    return {accord.partie_id: accord for accord in accords.exclude(etat="caduc")}


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

    @property
    def a_demander(self) -> bool:
        """Whether the next asking writes to this person."""
        return self.etat in {"a_demander", "a_redemander"}


def etat_des_accords(test: "Test", objet: str) -> list[EtatAccord]:
    """Every party with its answer on today's text. Some five queries, whatever their number."""
    from tests_programme.models import Accord

    accords = accords_en_vigueur(test, objet)
    deja = set(
        Accord.objects.filter(partie__test=test, objet=objet).values_list("partie_id", flat=True)
    )
    etats = []
    for partie in test.parties.all():
        accord = accords.get(partie.pk)
        sinon = "a_redemander" if partie.pk in deja else "a_demander"
        etats.append(EtatAccord(partie, accord.etat if accord else sinon, accord))
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


def accords_manquants(test: "Test", objet: str) -> list[Manque]:
    """One sentence for each party that has not agreed to today's text."""
    return [
        Manque(f"L'accord de « {etat.partie.fonction} » {DIT[etat.etat]}.", "parties")
        for etat in etat_des_accords(test, objet)
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
            _planifier_demande(test, accord, partie.email)
            demandes += 1
    return demandes


def _planifier_demande(test: "Test", accord: "Accord", email: str) -> None:
    boite.planifier(
        genre=GENRE,
        sujet=f"accord:{accord.pk}",
        destinataire=email,
        cle=f"{GENRE}:{accord.pk}:{accord.demande_le.timestamp():.0f}",
        donnees=trace(test, accord.objet, accord.demande_le),
    )


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
        return (
            "Le texte du test a changé depuis ce message. "
            "L'équipe doit vous demander votre accord sur le nouveau texte."
        )
    return ""
