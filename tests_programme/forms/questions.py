"""The questions of a questionnaire, as plain rows."""

from typing import Any

from django import forms
from django.forms import formset_factory

from config.saisie import ZoneDeTexte
from tests_programme.duree_questionnaire import (
    QUESTIONS_MAXIMUM,
    SECONDES_MAXIMUM,
    en_mots,
    secondes,
)
from tests_programme.forms.lignes import LigneForm, Lignes
from tests_programme.models import Question, Questionnaire


class ListeField(forms.CharField):
    """A list, one item a line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines that say something, each once."""
        lignes = (ligne.strip() for ligne in str(super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(ligne for ligne in lignes if ligne))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != self.to_python(self.prepare_value(initial)))


class QuestionForm(LigneForm):
    """One question."""

    choix = ListeField(
        label="Réponses possibles",
        widget=ZoneDeTexte({"rows": 3}),
        help_text="Pour un choix dans une liste : une par ligne, de deux à huit.",
    )
    type = forms.ChoiceField(
        label="On y répond par", choices=Question.Type.choices, initial=Question.Type.ECHELLE
    )
    exiges = {"libelle": "Écrivez la question, ou videz toute la ligne."}

    class Meta:
        model = Question
        fields = ["libelle", "type", "choix", "obligatoire"]

    def clean(self) -> dict[str, Any]:
        """A choice has something to choose from; the others have no list."""
        ligne = super().clean()
        if ligne.get("DELETE") or not self.est_remplie(ligne):
            return ligne
        ligne["type"] = ligne.get("type") or Question.Type.ECHELLE
        choix = ligne.get("choix") or []
        if ligne["type"] != Question.Type.CHOIX:
            ligne["choix"] = []
        elif not 2 <= len(choix) <= 8:
            self.add_error("choix", "Donnez de deux à huit réponses, une par ligne.")
        elif longs := [mot for mot in choix if len(mot) > 80]:
            self.add_error("choix", f"« {longs[0][:40]}… » est trop long : 80 signes au plus.")
        return ligne

    def _post_clean(self) -> None:
        """The rows are written by their set, not one by one."""


class BaseQuestions(Lignes):
    """The questions; writing them replaces them, which nobody may once an answer has come."""

    relation = "questions"
    noms = QuestionForm.Meta.fields

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire, **kwargs: Any) -> None:
        self.questionnaire = questionnaire
        super().__init__(data, test=questionnaire.test, **kwargs)

    def en_base(self) -> list[dict[str, Any]]:
        return list(self.questionnaire.questions.values(*self.noms))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Place"
        form.order_fields(["libelle", "type", "ORDER"])

    @property
    def remplies(self) -> list[dict[str, Any]]:
        """The questions to keep, by the place asked for."""
        gardees = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data
            and not form.cleaned_data.get("DELETE")
            and self.form.est_remplie(form.cleaned_data)
        ]
        gardees.sort(key=lambda ligne: ligne.get("ORDER") or QUESTIONS_MAXIMUM + 1)
        return [{nom: ligne[nom] for nom in self.noms} for ligne in gardees]

    def clean(self) -> None:
        """Under two minutes, or people stop half-way."""
        if any(form.errors for form in self.forms):
            return
        duree = secondes(ligne["type"] for ligne in self.remplies)
        if duree > SECONDES_MAXIMUM:
            raise forms.ValidationError(
                f"Il faudrait {en_mots(duree)} pour répondre, et deux minutes sont un maximum. "
                "Retirez une question, ou remplacez des mots à écrire par une note ou un choix."
            )

    def enregistrer(self) -> None:
        """Replace the questions when they changed. Raises QuestionsFigees."""
        voulues = self.remplies
        if self.en_base() == voulues:
            return
        self.questionnaire.verrouiller()
        # A question that stays keeps its number: somebody may be answering it right now.
        restees = {_identite(question): question for question in self.questionnaire.questions.all()}
        for rang, ligne in enumerate(voulues, 1):
            question = restees.pop(_identite(Question(**ligne)), None)
            if question is None:
                self.questionnaire.questions.create(rang=rang, **ligne)
            else:
                question.rang, question.obligatoire = rang, ligne["obligatoire"]
                question.save(update_fields=["rang", "obligatoire"])
        self.questionnaire.questions.filter(pk__in=[q.pk for q in restees.values()]).delete()


def _identite(question: Question) -> tuple[str, str, tuple[str, ...]]:
    return question.libelle, question.type, tuple(question.choix)


QuestionsLignes: type[BaseQuestions] = formset_factory(  # type: ignore[assignment]
    QuestionForm,
    formset=BaseQuestions,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    can_order=True,
    max_num=QUESTIONS_MAXIMUM,
    validate_max=True,
    absolute_max=QUESTIONS_MAXIMUM + 4,
)
