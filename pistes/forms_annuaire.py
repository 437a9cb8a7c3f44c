"""What people type of the annuaire: who proposes an entry, and its owner."""

from typing import Any

from django import forms

from comptes.models import Utilisateur
from config.saisie import ZoneDeTexte
from pistes.forms_chantier import BASSE, organisations_de
from pistes.forms_territoire import AvecTerritoire
from pistes.models import FicheActeur


class FicheForm(AvecTerritoire, forms.ModelForm):  # type: ignore[type-arg]
    """An entry to propose to its owner."""

    class Meta:
        model = FicheActeur
        fields = ["nom", "type", "activite", "contact", "email", "organisation"]
        widgets = {"activite": ZoneDeTexte(BASSE)}
        labels = {"organisation": "Au nom de", "nom": "Nom de l'acteur"}
        help_texts = {
            "nom": "Une association, un lieu, un collectif, un service.",
            "contact": "Ce qui peut être montré : un site, une permanence, un standard.",
            "email": "Pour lui demander son accord. Elle n'est jamais montrée.",
        }

    field_order = ["nom", "type", "territoire_nom", "territoire_choix"]

    def __init__(self, *args: Any, user: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preparer_le_territoire(None)
        champ: Any = self.fields["organisation"]
        champ.queryset = organisations_de(user)
        siennes = list(champ.queryset[:2])
        if len(siennes) == 1:
            champ.initial = siennes[0]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["territoire"] = self.territoire_choisi(donnees)
        return donnees

    def validate_constraints(self) -> None:
        """Whether it is there already is asked under the lock (``FicheActeur.proposer``)."""

    @property
    def champs(self) -> dict[str, Any]:
        """What the entry is made of."""
        noms = ("nom", "type", "activite", "contact", "email", "organisation", "territoire")
        return {nom: self.cleaned_data[nom] for nom in noms}


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What its owner may correct, from their personal link."""

    class Meta:
        model = FicheActeur
        fields = ["nom", "type", "activite", "contact"]
        widgets = {"activite": ZoneDeTexte(BASSE)}
        labels = {"nom": "Nom"}
        help_texts = {"contact": "Laissez vide pour ne rien montrer."}

    def validate_constraints(self) -> None:
        """Asked under the lock (``FicheActeur.accepter``)."""
