"""The text of a note, and a voice it quotes."""

import uuid
from typing import Any, cast

from django import forms

from config.jours import jour_de
from config.saisie import ZoneDeTexte
from tests_programme.forms.dates import DateDuTest
from tests_programme.models import Note, Test, Voix


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """The text, its day, its readers."""

    use_required_attribute = False
    le = DateDuTest(label="Date")
    # No CharField: whatever came back, the note is kept.
    envoi = forms.Field(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Note
        fields = ["texte", "le", "portee"]
        widgets = {"texte": ZoneDeTexte({"rows": 4}), "portee": forms.RadioSelect}

    def __init__(self, *args: Any, test: Test, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texte"].error_messages["required"] = "Écrivez quelques mots."
        self.fields["le"].error_messages["required"] = "Indiquez le jour."
        portee = cast(forms.TypedChoiceField, self.fields["portee"])
        portee.choices = _portees(test, self.instance)
        if self.instance.pk is None:
            self.initial["envoi"] = str(uuid.uuid4())

    def clean_le(self) -> Any:
        """A note tells what has been."""
        le = self.cleaned_data["le"]
        if le > jour_de():
            raise forms.ValidationError(
                "Cette date n'est pas encore passée : une note raconte ce qui a eu lieu."
            )
        if le.year < 2000:
            raise forms.ValidationError("Vérifiez l'année.")
        return le

    def clean_envoi(self) -> uuid.UUID:
        """A new one when what came back is none."""
        try:
            return uuid.UUID(str(self.cleaned_data["envoi"]))
        except ValueError:
            return uuid.uuid4()


def _portees(test: Test, note: Note) -> list[tuple[str, str]]:
    """Readers that exist: no programme, no readers of the programme; kept private, no public."""
    return [
        (str(valeur), str(libelle))
        for valeur, libelle in Note.Portee.choices
        if valeur == "equipe"
        or (note.pk is not None and valeur == note.portee)
        or (valeur == "programme" and test.programme_id is not None)
        or (valeur == "public" and test.visibilite == "public")
    ]


VOIX_INCOMPLETE = {
    "fonction": "Dites qui parle, par sa fonction.",
    "texte": "Écrivez ses mots, ou videz toute la voix.",
    "consentement": "Demandez son accord à la personne, puis cochez. Sans lui, ses mots ne se gardent pas ici.",
}


class VoixCiteeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A voice inside a note: nothing, or all of it, with the person's consent."""

    use_required_attribute = False

    class Meta:
        model = Voix
        fields = ["fonction", "texte", "consentement"]
        widgets = {"texte": ZoneDeTexte({"rows": 3})}
        help_texts = {
            "fonction": "Jamais un nom : « parent d'élève », « agent d'accueil ».",
            "consentement": "Ses mots pourront être lus avec le test, signés par sa fonction seule.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.required = False

    def clean(self) -> dict[str, Any]:
        """Every missing part at once."""
        saisie: dict[str, Any] = super().clean() or self.cleaned_data
        if self.has_changed():
            for nom, message in VOIX_INCOMPLETE.items():
                if not saisie.get(nom) and nom not in self.errors:
                    self.add_error(nom, message)
        return saisie
