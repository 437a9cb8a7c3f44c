"""A questionnaire open to answers, and what its public page sends."""

import re
import uuid
from typing import Any

from django.test import Client

from tests_programme.jeux import jeux
from tests_programme.models import Question, Questionnaire, Test


def un_questionnaire(test: Test, jeu: str = "lieu") -> Questionnaire:
    """Prepared by the team from a ready-made set (none for "")."""
    auteur = test.organisation.adhesions.actives().first().utilisateur
    return Questionnaire.preparer(test, par=auteur, jeu=jeux().get(jeu))


def la_question(questionnaire: Questionnaire, type_: str) -> Question:
    """Its first question of that type."""
    return questionnaire.questions.filter(type=type_).first()


def page(questionnaire: Questionnaire, client: Client | None = None) -> dict[str, str]:
    """What the page holds out of sight: what was drawn with it, the version of its questions."""
    html = (client or Client()).get(questionnaire.get_absolute_url()).content.decode()
    return {
        nom: re.search(rf'name="{nom}" value="([^"]+)"', html)[1] for nom in ("envoi", "version")
    }


def repondre(questionnaire: Questionnaire, client: Client | None = None, **champs: Any) -> Any:
    """Open the page and send it; ``champs`` win over what the page holds."""
    client = client or Client()
    donnees = {"version": questionnaire.version(), "envoi": str(uuid.uuid4()), **champs}
    return client.post(questionnaire.get_absolute_url(), donnees)
