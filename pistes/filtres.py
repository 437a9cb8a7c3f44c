"""What narrows the list of pistes, on the screen and in its exports."""

from typing import Any

from django import forms

from config.filtres import Filtre
from config.recherche import requete_francaise
from pistes.models import EditionOrientation, Orientation, Recueil
from pistes.querysets import EditionPisteQuerySet


class ChoixDOrientation(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A published orientation, by its title or, for mots-clés, by its word."""

    def __init__(self, *, par_mot_cle: bool = False, **kwargs: Any) -> None:
        publiees = Orientation.objects.filter(editions__etat="publie").order_by("recueil", "numero")
        super().__init__(publiees, to_field_name="slug", required=False, **kwargs)
        self.par_mot_cle = par_mot_cle
        self.titres: dict[int, str] | None = None

    def label_from_instance(self, obj: Orientation) -> str:
        if self.par_mot_cle:
            return f"#{obj.mot_cle}"
        if self.titres is None:
            editions = EditionOrientation.objects.publies()
            self.titres = dict(editions.values_list("orientation_id", "titre"))
        return self.titres.get(obj.pk, obj.mot_cle)


class FiltrePistes(Filtre):
    """``?recueil=`` (clé), ``?orientation=`` and ``?mot_cle=`` (slugs), ``?q=`` (words)."""

    ALIAS = {"mot-cle": "mot_cle"}

    recueil = forms.ModelChoiceField(
        Recueil.objects.filter(pistes__editions__etat="publie").distinct(),
        label="Recueil",
        to_field_name="cle",
        required=False,
        empty_label="Tous les recueils",
    )
    orientation = ChoixDOrientation(label="Orientation", empty_label="Toutes les orientations")
    mot_cle = ChoixDOrientation(label="Mot-clé", empty_label="Tous les mots-clés", par_mot_cle=True)
    q = forms.CharField(label="Mots", max_length=200, required=False)

    def appliquer(self, editions: EditionPisteQuerySet) -> EditionPisteQuerySet:
        """The editions (usually ``publies()``) that the filter keeps, in the order they came."""
        if not self.is_valid():
            return editions.none()
        if recueil := self.cleaned_data["recueil"]:
            editions = editions.filter(piste__recueil=recueil)
        if orientation := self.cleaned_data["orientation"]:
            editions = editions.filter(piste__orientation=orientation)
        if mot_cle := self.cleaned_data["mot_cle"]:
            editions = editions.filter(mots_cles=mot_cle)
        if requete := requete_francaise(self.cleaned_data.get("q", "")):
            editions = editions.filter(recherche=requete)
        return editions
