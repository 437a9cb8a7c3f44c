"""Closing a dispositif, and telling it."""

from typing import Any

from django import forms

from config.jours import jour_de
from config.saisie import ZoneDeTexte
from engagement.forms.dates import Jour
from engagement.models import Dispositif


class ClotureForm(forms.Form):
    """How it ends: when the missions stop, the last word, the bilan."""

    use_required_attribute = False
    missions = forms.ChoiceField(
        label="Les missions en cours",
        widget=forms.RadioSelect,
        choices=[
            ("au_bout", "vont jusqu'à leur fin prévue, puis leur retour"),
            ("a_une_date", "s'arrêtent à une date, puis leur retour"),
        ],
        initial="au_bout",
    )
    missions_jusqu_au = Jour(label="Dernier jour des missions", required=False)
    mot_de_fin = forms.CharField(
        label="Mot de fin",
        max_length=4_000,
        widget=ZoneDeTexte({"rows": 4}),
        help_text="Il part à chaque personne, avec ses demi-journées et un merci, et reste sur la page.",
        error_messages={"required": "Un mot de fin : c'est ce que les gens en garderont."},
    )
    bilan = forms.CharField(
        label="Bilan",
        required=False,
        max_length=20_000,
        widget=ZoneDeTexte({"rows": 10}),
        help_text="Un brouillon, fait de vos chiffres. Vous pourrez le reprendre après la fermeture.",
    )
    compris = forms.BooleanField(
        label="J'ai lu ce qui va se passer, et je ferme",
        error_messages={
            "required": "Cochez pour confirmer : on ne rouvre pas un dispositif fermé."
        },
    )

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        jour = donnees.get("missions_jusqu_au")
        if donnees.get("missions") != "a_une_date":
            donnees["missions_jusqu_au"] = None
        elif "missions_jusqu_au" not in self.errors:
            if jour is None:
                self.add_error("missions_jusqu_au", "Dites quel jour elles s'arrêtent.")
            elif jour < jour_de():
                self.add_error("missions_jusqu_au", "Ce jour est déjà passé.")
        return donnees


class RecitForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of the récit, beside its figures."""

    class Meta:
        model = Dispositif
        fields = ["recit", "bilan"]
        widgets = {"recit": ZoneDeTexte({"rows": 10}), "bilan": ZoneDeTexte({"rows": 8})}
        labels = {"recit": "Le récit, pour tout le monde"}
        help_texts = {
            "recit": "Ce que vous avez vécu ensemble. Pas de nom de personne, pas de classement.",
            "bilan": "Ce qui a marché, ce qui a manqué, ce que vous gardez. Il paraît sous le récit.",
        }
