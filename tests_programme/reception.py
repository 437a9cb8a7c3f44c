"""Taking in what somebody answered to a questionnaire: once, whole, or not at all."""

import dataclasses
import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from config.jours import jour_de
from tests_programme.models import Questionnaire, Reponse, ValeurReponse, Voix

if TYPE_CHECKING:
    from tests_programme.models import Question

SANS_FONCTION = "une personne qui a vécu le test"


class QuestionsChangees(Exception):
    """The team changed the questions while the person was answering."""


class QuestionnaireFerme(Exception):
    """It closed while the person was answering; the message says why."""


@dataclasses.dataclass(frozen=True)
class Envoi:
    """What the public page sends, checked. ``valeurs``: a number or words for each question."""

    valeurs: "dict[Question, int | str]"
    position: str
    mots: str
    fonction: str
    consentement: bool


def cle_de(dessine: uuid.UUID, envoi: Envoi) -> uuid.UUID:
    """The identity of an answer: what was drawn with the page and what was typed in it.

    A double click is one answer; the next person of a shared computer, who went « back » in the browser
    to the same page and types something else, is another one.
    """
    valeurs = [(question.pk, valeur) for question, valeur in envoi.valeurs.items()]
    dit = repr((valeurs, envoi.position, envoi.mots, envoi.fonction, envoi.consentement))
    return uuid.uuid5(dessine, dit)


@transaction.atomic
def recevoir(
    questionnaire: Questionnaire,
    envoi: Envoi,
    *,
    cle: uuid.UUID,
    vue: str,
    at: dt.datetime | None = None,
) -> Reponse:
    """Write an answer and the voice it holds. The same one twice is one row.

    ``vue`` is the version of the questions the person read. Raises QuestionnaireFerme, QuestionsChangees.
    """
    if obstacle := questionnaire.obstacle(at):
        raise QuestionnaireFerme(obstacle)
    # This row holds the questions still: whoever changes them locks the questionnaire first.
    reponse, neuve = questionnaire.reponses.get_or_create(
        envoi=cle, defaults={"recue_le": jour_de(at), "position": envoi.position}
    )
    if not neuve:
        return reponse
    if questionnaire.version() != vue:
        raise QuestionsChangees
    ValeurReponse.objects.bulk_create(
        ValeurReponse(
            reponse=reponse,
            question=question,
            nombre=None if isinstance(valeur, str) else valeur,
            texte=valeur if isinstance(valeur, str) else "",
        )
        for question, valeur in envoi.valeurs.items()
    )
    if envoi.mots:
        Voix.objects.create(
            test=questionnaire.test,
            origine=Voix.Origine.QUESTIONNAIRE,
            fonction=envoi.fonction or SANS_FONCTION,
            texte=envoi.mots,
            position=envoi.position,
            consentement=envoi.consentement,
            recueillie_le=reponse.recue_le,
            reponse=reponse,
        )
    return reponse


@transaction.atomic
def reprendre_ses_mots(questionnaire: Questionnaire, cle: uuid.UUID) -> None:
    """Its author takes back all the words of an answer; what was ticked keeps counting.

    Whether there were any is not said: whoever finds the page open on a shared screen learns nothing.
    """
    reponse = questionnaire.reponses.filter(envoi=cle).first()
    if reponse is None:
        return
    reponse.valeurs.exclude(texte="").update(texte="", etiquettes=[])
    if voix := Voix.objects.select_related("test").filter(reponse=reponse).first():
        voix.retirer(par=None)
