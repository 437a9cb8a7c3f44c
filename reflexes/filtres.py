"""What narrows the published témoignages, in their export."""

from typing import Any

from django import forms

from config.filtres import Filtre
from config.recherche import requete_francaise
from reflexes.models import Controverse, Enquete, Temoignage
from reflexes.querysets_temoignages import TemoignageQuerySet


class FiltreTemoignages(Filtre):
    """``?enquete=`` (clé), ``?controverse=`` (number of its row), ``?type_organisation=``, ``?q=`` (words)."""

    enquete = forms.ModelChoiceField(
        Enquete.objects.filter(versions__publiee_le__isnull=False).distinct(),
        label="Enquête",
        to_field_name="cle",
        required=False,
        empty_label="Toutes les enquêtes",
    )
    controverse = forms.ModelChoiceField(
        Controverse.objects.filter(figees__version__publiee_le__isnull=False).distinct(),
        label="Controverse",
        required=False,
        empty_label="Toutes les controverses",
    )
    type_organisation = forms.ChoiceField(
        label="Type d'organisation",
        choices=[("", "Tous"), *Temoignage.TypeOrganisation.choices],
        required=False,
    )
    q = forms.CharField(label="Mots", max_length=200, required=False)

    def appliquer(self, temoignages: TemoignageQuerySet) -> TemoignageQuerySet:
        """The témoignages (``publies()``) that the filter keeps."""
        if not self.is_valid():
            return temoignages.none()
        demande: dict[str, Any] = self.cleaned_data
        if demande["enquete"]:
            temoignages = temoignages.filter(enquete=demande["enquete"])
        if demande["controverse"]:
            temoignages = temoignages.filter(terrain__controverse=demande["controverse"])
        if demande["type_organisation"]:
            temoignages = temoignages.filter(type_organisation=demande["type_organisation"])
        if requete := requete_francaise(demande["q"]):
            temoignages = temoignages.filter(recherche=requete)
        return temoignages
