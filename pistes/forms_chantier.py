"""What people type of a chantier."""

from typing import Any

from django import forms

from comptes.models import Organisation, Utilisateur
from config.saisie import ZoneDeTexte
from pistes.filtres import ChoixDOrientation
from pistes.models import Chantier
from reflexes.forms_relus import FormRelu

HAUTE, BASSE = {"rows": 5}, {"rows": 3}


def organisations_de(user: Utilisateur) -> Any:
    """Those in whose name this person may act."""
    return Organisation.objects.de_membre(user).order_by("nom", "pk")


def offrir_les_siennes(form: forms.ModelForm, user: Utilisateur, sinon: str) -> None:  # type: ignore[type-arg]
    """The organisations to choose from, the only one chosen beforehand; the curation may do without."""
    champ: Any = form.fields["organisation"]
    champ.queryset = organisations_de(user)
    champ.required = not user.est_curateur
    champ.empty_label = sinon if user.est_curateur else "Choisissez"
    siennes = list(champ.queryset[:2])
    if len(siennes) == 1 and champ.required:
        form.initial["organisation"] = siennes[0].pk


class ChantierForm(FormRelu):
    """The words of a chantier. Its organisation is chosen once, when it is made."""

    orientation = ChoixDOrientation(label="Orientation", empty_label="Aucune, ou plusieurs")

    class Meta:
        model = Chantier
        fields = [
            "titre",
            "intentions",
            "moyens",
            "conditions",
            "premiers_pas",
            "taille",
            "orientation",
            "porteur",
            "organisation",
        ]
        widgets = {
            "intentions": ZoneDeTexte(HAUTE),
            "moyens": ZoneDeTexte(BASSE),
            "conditions": ZoneDeTexte(BASSE),
            "premiers_pas": ZoneDeTexte(BASSE),
        }
        help_texts = {
            "titre": "Quelques mots qui disent ce qu'on veut changer.",
            "intentions": "Pourquoi l'ouvrir, pour qui, et ce que cela changerait.",
            "moyens": "Temps, personnes, lieux, argent : ce qu'on a déjà d'abord.",
            "conditions": "Ce sans quoi cela ne marchera pas.",
            "premiers_pas": "Ce qu'on peut faire dans le mois, sans rien attendre.",
            "porteur": "Une fonction, pas un nom : « directrice de la médiathèque ».",
        }

    def __init__(self, *args: Any, user: Utilisateur, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.orientation is not None:
            kwargs["initial"] = {"orientation": instance.orientation.slug}
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["organisation"]
            self._actuel.pop("organisation", None)
            self._actuel["orientation"] = self.instance.orientation
        else:
            offrir_les_siennes(self, user, "Aucune")


class MotifForm(forms.Form):
    """A reason that stays in the history."""

    motif = forms.CharField(
        label="Pourquoi",
        max_length=2000,
        required=False,
        widget=ZoneDeTexte(BASSE),
        help_text="Obligatoire pour abandonner ; utile le reste du temps.",
    )
