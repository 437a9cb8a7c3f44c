"""What is typed about lists of calls: the list itself, its file, a lot, one call."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms

from config.jours import jour_de
from config.saisie import ZoneDeTexte
from config.tableur_lu import TAILLE
from engagement.forms.dates import Jour
from engagement.models import Appel, ListeAppels
from engagement.models.vie_liste import PAR_LOT

MOIS_AU_PLUS = 24


class ListeAppelsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Why we may call, until when, and what to say."""

    use_required_attribute = False
    effacer_le = Jour(
        label="Effacer la liste le",
        help_text=f"{MOIS_AU_PLUS} mois au plus. Ce jour-là, noms, numéros et paroles sont effacés ; les chiffres "
        "restent.",
        error_messages={"required": "Dites quel jour la liste sera effacée."},
    )

    class Meta:
        model = ListeAppels
        fields = ["titre", "fondement", "origine", "effacer_le", "script", "orientations"]
        widgets = {
            "fondement": ZoneDeTexte(attrs={"rows": 3}),
            "script": ZoneDeTexte(attrs={"rows": 8}),
            "orientations": ZoneDeTexte(attrs={"rows": 5}),
        }
        help_texts = {
            "titre": "« Personnes de plus de 75 ans, canicule ».",
            "origine": "Le fichier et le service qui le tient : « registre nominatif du CCAS ».",
            "script": "Se présenter, dire pourquoi on appelle, demander des nouvelles, proposer de rappeler.",
        }

    def clean_effacer_le(self) -> dt.date | None:
        """After today; at most 24 months after the list was made."""
        jour: dt.date | None = self.cleaned_data["effacer_le"]
        if jour is None:
            return None
        if jour <= jour_de():
            raise forms.ValidationError("Choisissez un jour à venir.")
        if jour > jour_de(self.instance.cree_le) + relativedelta(months=MOIS_AU_PLUS):
            raise forms.ValidationError(
                f"{MOIS_AU_PLUS} mois au plus après la création de la liste."
            )
        return jour


class FichierForm(forms.Form):
    """The CSV."""

    use_required_attribute = False
    fichier = forms.FileField(
        label="Fichier CSV",
        help_text="Première ligne : les titres. « Nom » et « Téléphone » sont nécessaires ; « Commune », « À savoir » "
        "et « Difficulté » (simple, ordinaire ou délicate) aident. 5 Mo au plus.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_fichier(self) -> bytes:
        envoye = self.cleaned_data["fichier"]
        if envoye.size > TAILLE:
            raise forms.ValidationError("Ce fichier est trop lourd : 5 Mo au plus.")
        contenu: bytes = envoye.read()
        return contenu


class LotForm(forms.Form):
    """How many sheets, for whom."""

    use_required_attribute = False
    combien = forms.IntegerField(
        label="Fiches pour chaque personne",
        min_value=1,
        max_value=PAR_LOT,
        initial=10,
        error_messages={"required": "Dites combien."},
    )
    personnes = forms.TypedMultipleChoiceField(
        label="À qui",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une personne."},
    )

    def __init__(self, *args: Any, volontaires: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["personnes"]
        champ.choices = [(v.pk, _en_mots(v)) for v in volontaires]


class AppelForm(forms.ModelForm):  # type: ignore[type-arg]
    """One call, as it went."""

    use_required_attribute = False
    orientation = forms.ChoiceField(label="Orientée vers", required=False)
    rappeler_le = Jour(
        label="Rappeler le",
        required=False,
        help_text="Vide : le prochain jour ouvré, s'il faut rappeler.",
    )
    delicate = forms.BooleanField(
        label="C'est une situation délicate : la cellule doit regarder", required=False
    )

    class Meta:
        model = Appel
        fields = ["resultat", "nouvelles", "difficulte", "orientation", "rappeler_le"]
        widgets = {
            "resultat": forms.RadioSelect,
            "nouvelles": ZoneDeTexte(attrs={"rows": 3}),
            "difficulte": ZoneDeTexte(attrs={"rows": 2}),
        }
        help_texts = {
            "nouvelles": "En quelques mots, ce qui sert à la suite. Rien sur la santé qui ne soit utile.",
            "difficulte": "Courses, solitude, démarches… : ce qui demande un coup de main.",
        }
        error_messages = {"resultat": {"required": "Dites comment l'appel s'est passé."}}

    def __init__(self, data: Any = None, *, liste: ListeAppels) -> None:
        super().__init__(data)
        choix: Any = self.fields["resultat"]
        choix.choices = Appel.Resultat.choices
        champ: Any = self.fields["orientation"]
        services = services_de(liste)
        champ.choices = [("", "Personne"), *((service, service) for service in services)]
        if not services:
            del self.fields["orientation"]

    def clean_rappeler_le(self) -> dt.date | None:
        jour: dt.date | None = self.cleaned_data["rappeler_le"]
        if jour is not None and jour < jour_de():
            raise forms.ValidationError("Ce jour est déjà passé.")
        return jour


def services_de(liste: ListeAppels) -> list[str]:
    """One a line, as the cellule wrote them; each once."""
    ecrits = (ligne.strip()[:200] for ligne in liste.orientations.splitlines())
    return list(dict.fromkeys(service for service in ecrits if service))[:40]


def _en_mots(volontaire: Any) -> str:
    en_main = f" · {volontaire.en_main} en main" if volontaire.en_main else ""
    sans = "" if volontaire.joignable else " · sans adresse e-mail"
    return f"{volontaire.nom_montre}{en_main}{sans}"
