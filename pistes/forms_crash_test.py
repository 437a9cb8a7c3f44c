"""What people type of a crash test, and of a crisis of the library."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from comptes.models import Utilisateur
from config.saisie import ZoneDeTexte
from pistes.forms_chantier import HAUTE, offrir_les_siennes
from pistes.models import CrashTest, Scenario
from reflexes.forms_relus import FormRelu


class CrashTestForm(FormRelu):
    """Four questions; one answer at least."""

    class Meta:
        model = CrashTest
        fields = [
            "tient",
            "casse",
            "effets_pervers",
            "amelioration",
            "fait_le",
            "organisation",
            "est_public",
        ]
        labels = {
            "tient": "1. Qu'est-ce qui tient ?",
            "casse": "2. Qu'est-ce qui casse ?",
            "effets_pervers": "3. Quels effets pervers ?",
            "amelioration": "4. Qu'améliore-t-on, du coup ?",
            "fait_le": "Fait le",
            "organisation": "Au nom de",
        }
        help_texts = {
            "tient": "Ce qui marcherait encore dans cette crise, et grâce à quoi.",
            "casse": "Ce qui s'arrêterait en premier, et pour qui.",
            "effets_pervers": "Ce que cela pourrait aggraver, ou à qui cela pourrait nuire.",
            "amelioration": "Ce que vous décidez de changer. « Rien » est une réponse.",
            "est_public": "Sinon, seules votre organisation et la curation le lisent.",
        }
        widgets = {
            **{nom: ZoneDeTexte(HAUTE) for nom in CrashTest.QUESTIONS},
            "fait_le": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["organisation"]
            self._actuel.pop("organisation", None)
            # Who may write in it and is not of the curation is of its organisation.
            ouvrable = not user.est_curateur or user.has_perm(
                "pistes.ouvrir_au_public", self.instance
            )
            # Its organisation alone shows it; the curation may only take it off the site.
            if not self.instance.est_public and not ouvrable:
                del self.fields["est_public"]
                self._actuel.pop("est_public", None)
        else:
            offrir_les_siennes(self, user, "La curation")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if not any(donnees.get(nom) for nom in CrashTest.QUESTIONS) and not self.errors:
            self.add_error("tient", "Répondez à une question au moins.")
        return donnees


class ScenarioForm(FormRelu):
    """A crisis of the library."""

    class Meta:
        model = Scenario
        fields = ["titre", "rang", "description", "questions"]
        widgets = {"description": ZoneDeTexte(HAUTE), "questions": ZoneDeTexte(HAUTE)}
        help_texts = {
            "rang": "Sa place dans la liste et dans le tableau.",
            "description": "Ce qui arrive, en quelques phrases concrètes.",
            "questions": "Une par ligne, de trois à cinq.",
        }

    def clean_titre(self) -> str:
        titre = str(self.cleaned_data["titre"])
        autres = Scenario.objects.filter(titre__iexact=titre).exclude(pk=self.instance.pk)
        if autres.exists():
            raise ValidationError("Une crise porte déjà ce nom.")
        return titre

    def clean_questions(self) -> str:
        questions = str(self.cleaned_data["questions"])
        if len([ligne for ligne in questions.splitlines() if ligne.strip()]) > 8:
            raise ValidationError("Gardez huit questions au plus : on doit pouvoir y répondre.")
        return questions
