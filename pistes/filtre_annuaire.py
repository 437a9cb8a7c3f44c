"""What narrows the annuaire."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from config.filtres import Filtre
from config.recherche import requete_francaise
from pistes.forms_territoire import INCONNU, territoires_nommes
from pistes.models import TypeActeur
from pistes.querysets_ecoute import FicheActeurQuerySet


class FiltreAnnuaire(Filtre):
    """``?q=``, ``?territoire=`` (its name, and all that lies inside it), ``?type=``."""

    q = forms.CharField(label="Mots", max_length=200, required=False)
    territoire = forms.CharField(label="Territoire", max_length=120, required=False)
    type = forms.ChoiceField(
        label="Type d'acteur", choices=[("", "Tous"), *TypeActeur.choices], required=False
    )

    def clean_territoire(self) -> Any:
        """The territories meant; none when nothing was typed."""
        saisie = self.cleaned_data["territoire"]
        trouves = territoires_nommes(saisie) if saisie else []
        if saisie and not trouves:
            raise ValidationError(INCONNU)
        return trouves

    def appliquer(self, fiches: FicheActeurQuerySet) -> FicheActeurQuerySet:
        """The entries that the filter keeps."""
        if not self.is_valid():
            return fiches.none()
        donnees = self.cleaned_data
        if donnees["territoire"]:
            fiches = fiches.sur(donnees["territoire"])
        if donnees["type"]:
            fiches = fiches.filter(type=donnees["type"])
        if requete := requete_francaise(donnees["q"]):
            fiches = fiches.filter(recherche=requete)
        return fiches
