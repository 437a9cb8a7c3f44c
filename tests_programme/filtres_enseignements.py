"""What narrows the list of lessons."""

from django import forms

from config.filtres import Filtre
from config.recherche import requete_francaise
from pistes.champs import ChoixDePiste
from pistes.filtres import ChoixDOrientation
from tests_programme.models import Enseignement
from tests_programme.querysets import EnseignementQuerySet


class FiltreEnseignements(Filtre):
    """``?q=`` (words), ``?type=``, ``?orientation=`` and ``?piste=`` (slugs)."""

    q = forms.CharField(label="Mots", max_length=200, required=False)
    type = forms.ChoiceField(
        label="Sorte", choices=[("", "Toutes"), *Enseignement.Type.choices], required=False
    )
    orientation = ChoixDOrientation(label="Orientation", empty_label="Toutes les orientations")
    piste = ChoixDePiste(
        label="Piste", to_field_name="slug", required=False, empty_label="Toutes les pistes"
    )

    def appliquer(self, lecons: EnseignementQuerySet) -> EnseignementQuerySet:
        """The lessons that the filter keeps, in the order they came."""
        if not self.is_valid():
            return lecons.none()
        if type_ := self.cleaned_data["type"]:
            lecons = lecons.filter(type=type_)
        if orientation := self.cleaned_data["orientation"]:
            lecons = lecons.filter(piste__orientation=orientation)
        if piste := self.cleaned_data["piste"]:
            lecons = lecons.filter(piste=piste)
        if requete := requete_francaise(self.cleaned_data["q"]):
            lecons = lecons.filter(recherche=requete)
        return lecons
