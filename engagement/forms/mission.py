"""What is typed about a mission: points of follow-up, its interruption, its return, each side's bilan."""

from typing import Any

from django import forms

from config.anonymat import permet_de_joindre
from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte
from engagement.forms.dates import Jour
from engagement.models import Bilan, PointSuivi, Retour

BASSE = {"rows": 3}
PAS_PASSE = "Ce jour n'est pas encore passé."


class PointForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was said, and when."""

    use_required_attribute = False
    fait_le = Jour(label="Quand")

    class Meta:
        model = PointSuivi
        fields = ["fait_le", "texte"]
        widgets = {"texte": ZoneDeTexte(BASSE)}
        help_texts = {"texte": "La cellule seule lit ces mots. Rien de médical, rien d'intime."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["fait_le"] = jour_de()
        self.fields["texte"].required = True
        self.fields["texte"].error_messages["required"] = "Écrivez quelques mots."

    def clean_fait_le(self) -> Any:
        """A point tells what has been."""
        if self.cleaned_data["fait_le"] > jour_de():
            raise forms.ValidationError(PAS_PASSE)
        return self.cleaned_data["fait_le"]


class ProchainPointForm(forms.Form):
    """One more day to call."""

    use_required_attribute = False
    prevu_le = Jour(label="Jour du prochain point")


class InterruptionForm(forms.Form):
    """Stopping is easy: a reason for the cellule, and if one wants, a word for the other side."""

    use_required_attribute = False
    prive = forms.CharField(
        label="Pourquoi, pour la cellule seule",
        widget=ZoneDeTexte(BASSE),
        max_length=LONGUEUR_TEXTE,
        help_text="Personne d'autre ne lira ces mots, ni maintenant ni plus tard.",
        error_messages={"required": "Quelques mots pour la cellule suffisent."},
    )
    motif = forms.CharField(
        label="Un mot pour les autres",
        widget=ZoneDeTexte(BASSE),
        max_length=LONGUEUR_TEXTE,
        required=False,
        help_text="Si vous voulez : ils le recevront par message.",
    )


class RetourForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the talk said, or why there was none."""

    use_required_attribute = False
    entretien_le = Jour(label="Entretien fait le", required=False)

    class Meta:
        model = Retour
        fields = ["entretien_le", "sans_entretien", "appris", "suite"]
        widgets = {"appris": ZoneDeTexte(BASSE), "suite": ZoneDeTexte(BASSE)}
        labels = {
            "sans_entretien": "Ou pourquoi il n'a pas eu lieu",
            "suite": "Et maintenant",
        }
        help_texts = {
            "appris": "Un geste, un public, un service mieux connu : avec les mots de la personne.",
            "suite": "Recommencer, transmettre, s'arrêter là : ce qui a été dit ensemble.",
        }

    def clean_entretien_le(self) -> Any:
        """A talk that was."""
        jour = self.cleaned_data["entretien_le"]
        if jour is not None and jour > jour_de():
            raise forms.ValidationError(f"{PAS_PASSE} Notez l'entretien quand il aura eu lieu.")
        return jour

    def clean(self) -> dict[str, Any]:
        """One of the two, and not both."""
        saisie: dict[str, Any] = super().clean() or self.cleaned_data
        if "entretien_le" in self.errors:
            return saisie
        fait, sans = saisie.get("entretien_le"), saisie.get("sans_entretien")
        if not fait and not sans and "sans_entretien" not in self.errors:
            self.add_error(
                "entretien_le", "Dites quand l'entretien a eu lieu, ou pourquoi il n'a pas eu lieu."
            )
        if fait and sans:
            self.add_error("sans_entretien", "L'entretien a eu lieu : videz cette ligne.")
        return saisie


class BilanForm(forms.ModelForm):  # type: ignore[type-arg]
    """How it went, in two minutes."""

    use_required_attribute = False

    class Meta:
        model = Bilan
        fields = ["content", "texte", "recommencer", "mot_public", "fonction", "consent"]
        widgets = {"content": forms.RadioSelect, "texte": ZoneDeTexte(BASSE)}
        labels = {
            "content": "Est-ce que cela s'est bien passé ?",
            "recommencer": "Je suis prêt·e à recommencer",
            "consent": "Je suis d'accord pour que ce mot soit cité, signé par ma fonction seule",
        }
        help_texts = {
            "texte": "La cellule lit ces mots, personne d'autre.",
            "mot_public": "Si vous voulez : une phrase que la cellule pourra citer dans le récit public.",
            "fonction": "Jamais un nom : « agente d'accueil », « responsable d'une épicerie solidaire ».",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contenu: Any = self.fields["content"]
        contenu.choices = Bilan._meta.get_field("content").choices
        contenu.error_messages["required"] = "Choisissez une des trois réponses."

    def clean(self) -> dict[str, Any]:
        """A word is quoted with its consent, signed by a function, and leads to nobody."""
        saisie: dict[str, Any] = super().clean() or self.cleaned_data
        mot = saisie.get("mot_public")
        if mot and not saisie.get("consent"):
            self.add_error("consent", "Cochez pour qu'on puisse citer ce mot, ou videz-le.")
        if mot and not saisie.get("fonction") and "fonction" not in self.errors:
            self.add_error("fonction", "Dites par quelle fonction ce mot est signé.")
        for nom in ("mot_public", "fonction"):
            if permet_de_joindre(saisie.get(nom) or ""):
                self.add_error(
                    nom, "Retirez l'adresse ou le numéro : ces mots peuvent devenir publics."
                )
        if not mot:
            saisie["consent"] = False
        return saisie
