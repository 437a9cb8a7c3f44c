"""What people type of an écoute: the cahier, a rencontre."""

from typing import Any

from django import forms

from comptes.models import Utilisateur
from config.anonymat import permet_de_joindre
from config.saisie import ZoneDeTexte
from pistes.forms_chantier import BASSE, HAUTE, organisations_de
from pistes.forms_territoire import AvecTerritoire
from pistes.models import Cahier, Rencontre
from reflexes.forms_relus import FormRelu


class CahierForm(AvecTerritoire, FormRelu):
    """The context of an écoute."""

    class Meta:
        model = Cahier
        fields = ["titre", "contexte", "debut", "fin", "autres_pistes", "organisation"]
        widgets = {
            "contexte": ZoneDeTexte(HAUTE),
            "autres_pistes": ZoneDeTexte(BASSE),
            "debut": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "fin": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "contexte": "Pourquoi cette écoute, qui l'a menée, comment.",
            "autres_pistes": "Celles que le catalogue n'a pas, dans les mots des acteurs. Une par ligne.",
        }
        labels = {"autres_pistes": "Pistes nommées par les acteurs"}

    field_order = ["titre", "territoire_nom", "territoire_choix"]

    def __init__(self, *args: Any, user: Utilisateur, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        actuel = instance.territoire if instance is not None else None
        if actuel is not None:
            kwargs["initial"] = {"territoire_nom": actuel.nom}
        super().__init__(*args, **kwargs)
        self.fields["territoire_nom"].required = False
        self.preparer_le_territoire(actuel)
        if self.instance.pk:
            del self.fields["organisation"]
            for nom in ("organisation", "territoire_choix"):
                self._actuel.pop(nom, None)
            return
        champ: Any = self.fields["organisation"]
        champ.queryset = organisations_de(user)
        siennes = list(champ.queryset[:2])
        if len(siennes) == 1:
            champ.initial = siennes[0]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        self.instance.territoire = self.territoire_choisi(donnees)
        return donnees


class RencontreForm(FormRelu):
    """What one actor lived, under four heads; signed by a function."""

    class Meta:
        model = Rencontre
        fields = ["type", "fonction", "le", "vecu", "craintes", "envies", "analyses"]
        widgets = {
            **{nom: ZoneDeTexte(BASSE) for nom in Rencontre.FACETTES},
            "le": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"le": "Rencontré·e le"}
        help_texts = {
            "fonction": "Jamais un nom : « présidente d'une association de quartier ».",
            "vecu": "Ce que cette personne a traversé.",
            "craintes": "Ce qu'elle redoute.",
            "envies": "Ce qu'elle voudrait voir naître ou durer.",
            "analyses": "Comment elle explique ce qui s'est passé.",
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if not any(donnees.get(nom) for nom in Rencontre.FACETTES) and not self.errors:
            self.add_error("vecu", "Notez au moins une chose que cette personne a dite.")
        for nom in ("fonction", *Rencontre.FACETTES):
            if permet_de_joindre(donnees.get(nom) or ""):
                self.add_error(
                    nom,
                    "Ce texte contient une adresse e-mail ou un téléphone : retirez-le. "
                    "Pour faire connaître un acteur, proposez-lui l'annuaire.",
                )
        return donnees
