"""The half-days of a week as a table of boxes that fits a phone, with some shortcuts that need no script."""

from typing import Any, NamedTuple

from django import forms

from engagement.semaine import (
    APRES_MIDI,
    JOURS,
    MATIN,
    MOMENTS,
    SEMAINE_ENTIERE,
    WEEK_END,
    bit,
)

MATINS = sum(bit(jour, MATIN) for jour in range(5))
APRES_MIDIS = sum(bit(jour, APRES_MIDI) for jour in range(5))
RACCOURCIS = {
    "matins": (MATINS, "Tous les matins, du lundi au vendredi"),
    "apres_midis": (APRES_MIDIS, "Tous les après-midi, du lundi au vendredi"),
    "week_end": (WEEK_END, "Tout le week-end"),
}
EN_VALEURS = [
    (str(2 * jour + moment), f"{nom} {mot}")
    for jour, nom in enumerate(JOURS)
    for moment, mot in enumerate(MOMENTS)
]


class Case(NamedTuple):
    """One box of the table."""

    valeur: str
    nom: str
    cochee: bool


class AvecSemaine(forms.Form):
    """Fourteen boxes; what the shortcuts say is added to them."""

    demi_journees = forms.MultipleChoiceField(
        label="Mes demi-journées",
        choices=EN_VALEURS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    raccourcis = forms.MultipleChoiceField(
        label="Plus vite",
        choices=[(cle, mots) for cle, (_, mots) in RACCOURCIS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def preparer_la_semaine(self, semaine: int) -> None:
        """To be called once the form is made: the boxes ticked when the page opens."""
        cochees = [str(rang) for rang in range(14) if semaine >> rang & 1]
        self.initial.setdefault("demi_journees", cochees)

    def semaine_choisie(self, donnees: dict[str, Any]) -> int:
        """The half-days as a number; 0 when nothing was ticked."""
        semaine = sum(1 << int(rang) for rang in set(donnees.get("demi_journees") or []))
        for cle in donnees.get("raccourcis") or []:
            semaine |= RACCOURCIS[cle][0]
        return semaine & SEMAINE_ENTIERE

    @property
    def lignes_de_la_semaine(self) -> list[tuple[str, list[Case]]]:
        """For the page: each day with its two boxes."""
        cochees = {str(valeur) for valeur in self["demi_journees"].value() or []}
        cases = [Case(valeur, nom, valeur in cochees) for valeur, nom in EN_VALEURS]
        return [(nom, cases[2 * jour : 2 * jour + 2]) for jour, nom in enumerate(JOURS)]
