"""Composing a questionnaire: its welcome and its dates."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms

from config.jours import jour_de
from config.saisie import ZoneDeTexte
from reflexes.models import empreinte_de
from tests_programme.forms.dates_bornees import JourPlausible
from tests_programme.forms.questions import BaseQuestions
from tests_programme.models import Questionnaire

OUVERT_AU_PLUS = relativedelta(months=14)


class QuestionnaireForm(forms.ModelForm):  # type: ignore[type-arg]
    """The welcome and the dates: they may change at any time."""

    use_required_attribute = False
    ouvert_le = JourPlausible(label="Ouvert à partir du")
    ferme_le = JourPlausible(
        label="Ouvert jusqu'au", help_text="Ce jour compris. Ensuite, il se ferme tout seul."
    )

    class Meta:
        model = Questionnaire
        fields = ["introduction", "ouvert_le", "ferme_le"]
        widgets = {"introduction": ZoneDeTexte({"rows": 3})}
        help_texts = {
            "introduction": "Une ou deux phrases pour donner envie. Le titre du test, son "
            "hypothèse et ses dates sont déjà sur la page."
        }

    def clean(self) -> dict[str, Any]:
        """Dates in order, not in the past, and no questionnaire left open for years."""
        dit: dict[str, Any] = super().clean() or self.cleaned_data
        ouvert, ferme = dit.get("ouvert_le"), dit.get("ferme_le")
        if ouvert and ferme:
            if ferme < ouvert:
                self.add_error("ferme_le", "Il fermerait avant d'avoir ouvert : changez une date.")
            elif ferme > ouvert + OUVERT_AU_PLUS:
                self.add_error("ferme_le", "Quatorze mois au plus : rapprochez cette date.")
            elif "ferme_le" in self.changed_data and ferme < jour_de():
                self.add_error(
                    "ferme_le",
                    "Cette date est passée. Pour arrêter maintenant, utilisez « Fermer maintenant ».",
                )
        return dit

    def en_base(self) -> dict[str, object]:
        """What the database holds now for this form. One query."""
        trouves = Questionnaire.objects.filter(pk=self.instance.pk).values(*self.Meta.fields)
        return trouves.first() or {}


def version_de(form: QuestionnaireForm, questions: BaseQuestions | None) -> str:
    """The fingerprint of all this page shows: what two people must not overwrite. Two queries."""
    entete = {nom: str(valeur) for nom, valeur in form.en_base().items()}
    return empreinte_de([entete, questions.empreinte_en_base() if questions else ""])
