"""What one chooses about messages."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from rappels import registre
from rappels.models import Message, Preference
from rappels.querysets import MessageQuerySet


class RythmeForm(forms.Form):
    """How often one wants to be written to."""

    rythme = forms.ChoiceField(
        label="Les rappels",
        choices=Preference.Rythme.choices,
        widget=forms.RadioSelect,
        help_text="Vous recevrez toujours ce que vous devez savoir : votre accord demandé, la fin d'un test "
        "que vous portez, les invitations, les messages de votre compte.",
    )


class FileForm(forms.Form):
    """The filter of the queue; what cannot be read is left aside."""

    etat = forms.ChoiceField(label="État", required=False)
    genre = forms.ChoiceField(label="Genre", required=False)
    adresse = forms.CharField(label="Adresse", required=False, max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommes = [(genre, registre.libelle_de(genre)) for genre in registre.genres()]
        genres = sorted(nommes, key=lambda nomme: nomme[1])
        self.fields["etat"].choices = [("", "Tous"), *Message.Etat.choices]  # type: ignore[attr-defined]
        self.fields["genre"].choices = [("", "Tous"), *genres]  # type: ignore[attr-defined]

    def _lus(self) -> dict[str, str]:
        self.is_valid()
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if valeur}

    def filtrer(self, messages: MessageQuerySet) -> MessageQuerySet:
        """The messages that answer the filter."""
        lus = self._lus()
        if adresse := lus.pop("adresse", ""):
            messages = messages.filter(destinataire__icontains=adresse.strip())
        return messages.filter(**lus)

    def en_adresse(self) -> str:
        """The filter as the end of an address."""
        return urlencode(self._lus())
