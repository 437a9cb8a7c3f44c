"""Where a portage d'initiatives stands: two degrees, both or none."""

from typing import Any

from django import forms

from tests_programme.matrice import ACCOMPAGNEMENT, ENGAGEMENT


def _degres(axe: dict[int, str]) -> list[tuple[int | str, str]]:
    return [*((degre, f"{degre}. {mots}") for degre, mots in axe.items()), ("", "Pas encore placé")]


class MatriceForm(forms.Form):
    """One choice an axis."""

    use_required_attribute = False
    engagement = forms.TypedChoiceField(
        label="Quel engagement le test demande-t-il ?",
        choices=_degres(ENGAGEMENT),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="De celui ou celle qui prend l'initiative.",
    )
    accompagnement = forms.TypedChoiceField(
        label="Quel accompagnement l'organisation offre-t-elle ?",
        choices=_degres(ACCOMPAGNEMENT),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """A place has two coordinates."""
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for nom, autre in (("engagement", "accompagnement"), ("accompagnement", "engagement")):
                if donnees[nom] is None and donnees[autre] is not None:
                    self.add_error(nom, "Choisissez aussi un degré sur cet axe, ou aucun des deux.")
        return donnees
