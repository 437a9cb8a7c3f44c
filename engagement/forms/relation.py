"""What the cellule types on the page of a mise en relation. Shapes alone: the rules answer."""

import datetime as dt
from typing import Any

from django import forms

from config.jours import PARIS
from config.saisie import ZoneDeTexte
from engagement.forms.dates import Jour
from engagement.models import Cote, MiseEnRelation

LONGUEUR = 5_000  # characters: a message, not a report
COTES = [(Cote.PERSONNE.value, "La personne qui offre"), (Cote.ACCUEIL.value, "L'accueil")]


def zone(
    label: str, aide: str = "", *, obligatoire: bool = False, lignes: int = 4
) -> forms.CharField:
    """A box for some sentences."""
    return forms.CharField(
        label=label,
        help_text=aide,
        required=obligatoire,
        max_length=LONGUEUR,
        widget=ZoneDeTexte({"rows": lignes}),
    )


class Saisie(forms.Form):
    """Errors are ours, in words: the browser keeps its own."""

    use_required_attribute = False


class EcrireForm(Saisie):
    """A message, a call, a note."""

    canal = forms.ChoiceField(
        label="C'est",
        choices=[
            ("appel", "un appel, que je note"),
            ("courriel", "un message à envoyer"),
            ("note", "une note pour la cellule"),
        ],
        widget=forms.RadioSelect,
    )
    avec = forms.ChoiceField(label="Avec", choices=COTES, widget=forms.RadioSelect)
    texte = zone("Ce qui est dit", obligatoire=True)


class RencontreForm(Saisie):
    """A day, an hour, a place."""

    jour = Jour(label="Jour")
    heure = forms.TimeField(
        label="Heure",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"],
        error_messages={"invalid": "Écrivez l'heure ainsi : 14:30."},
    )
    lieu = forms.CharField(
        label="Lieu", max_length=200, help_text="Là où la mission aurait lieu, si possible."
    )

    def instant(self) -> dt.datetime:
        """The hour of that day in Paris."""
        donnees = self.cleaned_data
        return dt.datetime.combine(donnees["jour"], donnees["heure"], tzinfo=PARIS)


class NoterRencontreForm(Saisie):
    """What was said at the meeting, or instead of it."""

    notes = zone(
        "Ce qui s'y est dit",
        "Pour la cellule. Si vous ne vous êtes pas rencontrés, dites comment vous vous êtes parlé.",
        lignes=3,
    )


class DeclinerForm(Saisie):
    """Two reasons, each with who will read it; both may be left empty."""

    motif = zone("Ce que l'autre lira", "Facultatif. Ces mots lui sont envoyés.", lignes=3)
    prive = zone(
        "Ce que la cellule seule lira",
        "Facultatif. Ces mots restent à la cellule : ils ne sont montrés ni envoyés à personne d'autre.",
        lignes=3,
    )


class DeclinerPourForm(DeclinerForm):
    """The same, written down by the cellule."""

    pour = forms.ChoiceField(
        label="Qui décline ?",
        choices=[*COTES, (Cote.CELLULE.value, "La cellule")],
        widget=forms.RadioSelect,
    )
    field_order = ["pour", "motif", "prive"]


class RecueillirForm(DeclinerForm):
    """An answer told by phone or at a counter."""

    cote = forms.ChoiceField(label="Qui vous a répondu ?", widget=forms.RadioSelect)
    reponse = forms.ChoiceField(
        label="Sa réponse, sur le texte exact lu ensemble",
        choices=[("oui", "D'accord"), ("non", "Pas d'accord")],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="Comment vous l'a-t-on dit ?",
        max_length=200,
        help_text="« Par téléphone le 3 mars, le texte lu à voix haute. »",
    )
    field_order = ["cote", "reponse", "comment", "motif", "prive"]

    def __init__(self, *args: Any, mise: MiseEnRelation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accords = {a.cote: a for a in mise.accords.all() if a.etat != "caduc"}
        choix = [(a.cote, a.get_cote_display()) for a in self.accords.values()]
        self.fields["cote"].choices = choix  # type: ignore[attr-defined]
        self.fields["motif"].label = "En cas de refus : ce que les autres liront"
        self.fields["prive"].label = "En cas de refus : ce que la cellule seule lira"


class ReponseForm(Saisie):
    """A word by the link."""

    texte = zone("Votre message à la cellule", obligatoire=True)
