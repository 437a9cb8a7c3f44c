"""A voice as the team writes it down: while evaluating, after an interview."""

from typing import Any

from django import forms

from config.anonymat import ce_qui_designe
from config.jours import jour_de
from config.saisie import ZoneDeTexte
from tests_programme.etiquettes import SIGNES_MAXIMUM, lire
from tests_programme.forms.dates import DateDuTest
from tests_programme.models import Voix


class VoixForm(forms.ModelForm):  # type: ignore[type-arg]
    """A voice. Without consent it stays with the team.

    Words that might name somebody come back once, to be looked at: « relu » then lets them through.
    """

    use_required_attribute = False
    relu = forms.BooleanField(
        required=False, label="J'ai relu : ces mots ne désignent personne", widget=forms.HiddenInput
    )

    class Meta:
        model = Voix
        fields = ["fonction", "texte", "position", "consentement"]
        widgets = {"texte": ZoneDeTexte({"rows": 3}), "position": forms.RadioSelect}
        help_texts = {
            "fonction": "Jamais un nom : « parent d'élève », « agent d'accueil ».",
            "position": "Ce que cette personne pense de l'hypothèse, même si l'équipe conclut autrement.",
            "consentement": "Sans cet accord, ces mots restent dans votre équipe.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
        assert isinstance(position, forms.TypedChoiceField)
        position.choices = Voix.Position.choices

    def clean(self) -> dict[str, Any]:
        """Ask once for another look."""
        dit: dict[str, Any] = super().clean() or self.cleaned_data
        trouves = ce_qui_designe(f"{dit.get('fonction', '')}. {dit.get('texte', '')}")
        if trouves and not dit.get("relu"):
            self.fields["relu"].widget = forms.CheckboxInput()
            self.add_error(
                "relu",
                f"Ces mots semblent contenir {' et '.join(trouves)}. Une voix est signée d'une "
                "fonction : corrigez, ou cochez cette case si ce n'est pas le cas.",
            )
        return dit


class EntretienForm(VoixForm):
    """A voice heard in an interview."""

    recueillie_le = DateDuTest(label="Entendue le", required=False)

    class Meta(VoixForm.Meta):
        fields = ["fonction", "texte", "position", "recueillie_le", "consentement"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.origine = Voix.Origine.ENTRETIEN
        self.initial["recueillie_le"] = self.instance.recueillie_le or jour_de()

    def clean_recueillie_le(self) -> object:
        """An interview has taken place; left empty, it was today."""
        jour = self.cleaned_data["recueillie_le"] or jour_de()
        if jour > jour_de():
            raise forms.ValidationError("Cet entretien n'a pas encore eu lieu : corrigez la date.")
        return jour


class EtiquettesForm(forms.Form):
    """The tags of one text, separated by commas; ``avant``: those the person was shown."""

    etiquettes = forms.CharField(label="Étiquettes", required=False, max_length=400)
    avant = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_etiquettes(self) -> list[str]:
        """As a list."""
        mots = lire(self.cleaned_data["etiquettes"])
        if longs := [mot for mot in mots if len(mot) > SIGNES_MAXIMUM]:
            raise forms.ValidationError(
                f"« {longs[0][:SIGNES_MAXIMUM]}… » est trop long : {SIGNES_MAXIMUM} signes au plus."
            )
        return mots

    def clean_avant(self) -> list[str]:
        """As a list."""
        return lire(self.cleaned_data["avant"])
