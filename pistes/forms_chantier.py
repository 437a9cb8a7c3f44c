"""What people type of a chantier, a crash test, a scenario."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from comptes.models import Organisation, Utilisateur
from config.saisie import ZoneDeTexte
from pistes.filtres import ChoixDOrientation
from pistes.models import Chantier, CrashTest, Scenario
from reflexes.forms_relus import FormRelu

HAUTE, BASSE = {"rows": 5}, {"rows": 3}


def organisations_de(user: Utilisateur) -> Any:
    """Those in whose name this person may act."""
    return Organisation.objects.de_membre(user).order_by("nom", "pk")


def _offrir_les_siennes(form: forms.ModelForm, user: Utilisateur, sinon: str) -> None:  # type: ignore[type-arg]
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
            _offrir_les_siennes(self, user, "Aucune")


class MotifForm(forms.Form):
    """A reason that stays in the history."""

    motif = forms.CharField(
        label="Pourquoi",
        max_length=2000,
        required=False,
        widget=ZoneDeTexte(BASSE),
        help_text="Obligatoire pour abandonner ; utile le reste du temps.",
    )


class CrashTestForm(FormRelu):
    """Four questions; one answer at least."""

    class Meta:
        model = CrashTest
        fields = [
            "tient",
            "casse",
            "effets_pervers",
            "amelioration",
            "fait_le",
            "organisation",
            "est_public",
        ]
        labels = {
            "tient": "1. Qu'est-ce qui tient ?",
            "casse": "2. Qu'est-ce qui casse ?",
            "effets_pervers": "3. Quels effets pervers ?",
            "amelioration": "4. Qu'améliore-t-on, du coup ?",
            "fait_le": "Fait le",
            "organisation": "Au nom de",
        }
        help_texts = {
            "tient": "Ce qui marcherait encore dans cette crise, et grâce à quoi.",
            "casse": "Ce qui s'arrêterait en premier, et pour qui.",
            "effets_pervers": "Ce que cela pourrait aggraver, ou à qui cela pourrait nuire.",
            "amelioration": "Ce que vous décidez de changer. « Rien » est une réponse.",
            "est_public": "Sinon, seules votre organisation et la curation le lisent.",
        }
        widgets = {
            **{nom: ZoneDeTexte(HAUTE) for nom in CrashTest.QUESTIONS},
            "fait_le": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["organisation"]
            self._actuel.pop("organisation", None)
        else:
            _offrir_les_siennes(self, user, "La curation")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if not any(donnees.get(nom) for nom in CrashTest.QUESTIONS) and not self.errors:
            self.add_error("tient", "Répondez à une question au moins.")
        return donnees


class ScenarioForm(FormRelu):
    """A crisis of the library."""

    class Meta:
        model = Scenario
        fields = ["titre", "rang", "description", "questions"]
        widgets = {"description": ZoneDeTexte(HAUTE), "questions": ZoneDeTexte(HAUTE)}
        help_texts = {
            "rang": "Sa place dans la liste et dans le tableau.",
            "description": "Ce qui arrive, en quelques phrases concrètes.",
            "questions": "Une par ligne, de trois à cinq.",
        }

    def clean_titre(self) -> str:
        titre = str(self.cleaned_data["titre"])
        autres = Scenario.objects.filter(titre__iexact=titre).exclude(pk=self.instance.pk)
        if autres.exists():
            raise ValidationError("Une crise porte déjà ce nom.")
        return titre

    def clean_questions(self) -> str:
        questions = str(self.cleaned_data["questions"])
        if len([ligne for ligne in questions.splitlines() if ligne.strip()]) > 8:
            raise ValidationError("Gardez huit questions au plus : on doit pouvoir y répondre.")
        return questions
