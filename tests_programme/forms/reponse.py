"""What the public page of a questionnaire asks: its questions, and the two that always end it."""

import re
import uuid
from typing import Any

from django import forms

from config.anonymat import permet_de_joindre
from config.saisie import ZoneDeTexte
from tests_programme.models import Question, Questionnaire, Voix
from tests_programme.reception import Envoi
from tests_programme.resultats import ECHELLE

MOTS_MAXIMUM = 2000
POSITIONS = (
    (Voix.Position.ACCORD, "Oui, je suis d'accord"),
    (Voix.Position.NUANCE, "En partie"),
    (Voix.Position.DESACCORD, "Non, je ne suis pas d'accord"),
    ("ne_sait_pas", "Je ne sais pas"),
)


class EchelleWidget(forms.RadioSelect):
    """Five numbers in a row, wide enough for a thumb."""

    echelle = True


class ReponseForm(forms.Form):
    """Everything may be left blank, apart from what the team expects; but not all of it."""

    use_required_attribute = False
    # A programme fills every box it finds; people do not see this one.
    site_web = forms.CharField(required=False, label="Laissez cette case vide")
    envoi = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, questionnaire: Questionnaire, questions: list[Question]
    ) -> None:
        initial = {"envoi": uuid.uuid4(), "version": questionnaire.version()}
        super().__init__(data, initial=initial)
        self.questionnaire, self.posees = questionnaire, questions
        self.questions = {f"q{question.pk}": question for question in questions}
        for nom, question in self.questions.items():
            self.fields[nom] = _champ(question)
        self.fields["position"] = forms.ChoiceField(
            label="L'hypothèse se vérifie-t-elle pour vous ?",
            choices=POSITIONS,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["mots"] = forms.CharField(
            label="Vos mots, si vous voulez",
            help_text="Ce que vous avez vécu, bien ou mal. Sans nom, ni le vôtre ni celui de quelqu'un d'autre.",
            required=False,
            max_length=MOTS_MAXIMUM,
            widget=ZoneDeTexte({"rows": 4}),
        )
        self.fields["fonction"] = forms.CharField(
            label="Signé par",
            help_text="Une fonction, jamais un nom : « habitante du quartier », « agent d'accueil ».",
            required=False,
            max_length=160,
            widget=forms.TextInput({"autocomplete": "off"}),
        )
        self.fields["consentement"] = forms.BooleanField(
            label="J'accepte que mes mots soient cités sur la page publique du test, signés ainsi",
            help_text="Sans cet accord, seule l'équipe du test les lit.",
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Something was answered, and nothing that would be published leads to somebody."""
        dit: dict[str, Any] = super().clean() or self.cleaned_data
        reponses = [dit.get(nom) for nom in (*self.questions, "position", "mots")]
        if not any(reponses) and not self.errors:
            raise forms.ValidationError("Répondez à une question au moins, celle que vous voulez.")
        if dit.get("consentement"):
            for nom in ("mots", "fonction"):
                if permet_de_joindre(dit.get(nom) or ""):
                    self.add_error(
                        nom,
                        "Il y a ici une adresse e-mail ou un numéro de téléphone, qui serait public : "
                        "retirez-le, ou décochez « J'accepte que mes mots soient cités ».",
                    )
        return dit

    @property
    def champs_des_questions(self) -> list[forms.BoundField]:
        """The fields of the team's own questions."""
        return [self[nom] for nom in self.questions]

    @property
    def est_piegee(self) -> bool:
        """Whether something filled the box that people do not see."""
        return bool(self.data.get("site_web"))

    @property
    def dessine(self) -> uuid.UUID:
        """What was drawn with the page; a new one when it came back damaged."""
        try:
            return uuid.UUID(self.cleaned_data["envoi"])
        except ValueError:
            return uuid.uuid4()

    @property
    def envoi_lu(self) -> Envoi:
        """What was answered."""
        dit = self.cleaned_data
        valeurs = {
            question: dit[nom] if question.type == Question.Type.TEXTE else int(dit[nom])
            for nom, question in self.questions.items()
            if dit.get(nom)
        }
        position = dit["position"] if dit["position"] in Voix.Position.values else ""
        return Envoi(valeurs, position, dit["mots"], dit["fonction"], dit["consentement"])

    def reprise(self) -> "ReponseForm":
        """The same answers under the questions of today: sent again, they are taken in."""
        data = {**self.data.dict(), "version": self.initial["version"]}  # type: ignore[attr-defined]
        return ReponseForm(data, questionnaire=self.questionnaire, questions=self.posees)

    @property
    def mots_orphelins(self) -> list[str]:
        """Words written under a question that has gone meanwhile."""
        return [
            str(mots)
            for nom, mots in self.data.items()
            if re.fullmatch(r"q\d{1,18}", nom)
            and nom not in self.questions
            and not str(mots).isdigit()
        ]

    @property
    def mots_a_garder(self) -> list[str]:
        """All the words that were typed: shown when nothing can be taken in any more."""
        noms = [nom for nom, q in self.questions.items() if q.type == Question.Type.TEXTE]
        return [mots for nom in (*noms, "mots") if (mots := self.data.get(nom, "").strip())]


def _champ(question: Question) -> forms.Field:
    if question.type == Question.Type.TEXTE:
        return forms.CharField(
            label=question.libelle,
            required=question.obligatoire,
            max_length=MOTS_MAXIMUM,
            widget=ZoneDeTexte({"rows": 2}),
        )
    echelle = question.type == Question.Type.ECHELLE
    mots = [str(note) for note in range(1, 6)] if echelle else question.choix
    return forms.ChoiceField(
        label=question.libelle,
        required=question.obligatoire,
        choices=[(str(rang), mot) for rang, mot in enumerate(mots, 1)],
        widget=EchelleWidget if echelle else forms.RadioSelect,
        help_text=f"De {ECHELLE[0]} à {ECHELLE[-1]}." if echelle else "",
    )
