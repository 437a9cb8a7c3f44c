"""What narrows the panorama and the matrix, on the screen and in exports."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from comptes.champs import OrganisationNommee
from comptes.models import Organisation, Utilisateur
from config.filtres import Filtre
from config.recherche import requete_francaise
from pistes.filtres import ChoixDOrientation
from pistes.models import Chantier, Recueil
from pistes.querysets import EditionPisteQuerySet
from pistes.querysets_chantiers import ChantierQuerySet

GROUPES = [("orientation", "Par orientation"), ("taille", "Par taille"), ("etat", "Par état")]
SANS = "aucune"


class ChoixDOrientationOuAucune(ChoixDOrientation):
    """An orientation, or the chantiers that follow none (``aucune``)."""

    def to_python(self, value: Any) -> Any:
        return SANS if value == SANS else super().to_python(value)

    def validate(self, value: Any) -> None:
        if value != SANS:
            super().validate(value)


class FiltreChantiers(Filtre):
    """``?q=``, ``?orientation=`` (slug or « aucune »), ``?taille=``, ``?etat=``, ``?organisation=``, ``?groupe=``."""

    q = forms.CharField(label="Mots", max_length=200, required=False)
    orientation = ChoixDOrientationOuAucune(
        label="Orientation", empty_label="Toutes les orientations"
    )
    taille = forms.ChoiceField(
        label="Taille",
        choices=[("", "Toutes les tailles"), *Chantier.Taille.choices],
        required=False,
    )
    etat = forms.ChoiceField(
        label="État", choices=[("", "Tous les états"), *Chantier.Etat.choices], required=False
    )
    organisation = OrganisationNommee(label="Organisation (le début de son nom)", required=False)
    groupe = forms.ChoiceField(label="Ranger", choices=GROUPES, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: Utilisateur | AnonymousUser | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.parmi = Organisation.objects.visible_to(user or AnonymousUser())

    @property
    def rangement(self) -> str:
        """What the panorama is grouped by; by orientation unless told."""
        choisi = self.data.get("groupe", "")
        return str(choisi) if choisi in dict(GROUPES) else "orientation"

    @property
    def restreint(self) -> bool:
        """Whether it leaves some out: a way to group them leaves none."""
        return bool(self.criteres.keys() - {"groupe"})

    def appliquer(self, chantiers: ChantierQuerySet) -> ChantierQuerySet:
        """The chantiers that the filter keeps, in the order they came."""
        if not self.is_valid():
            return chantiers.none()
        donnees = self.cleaned_data
        if donnees["orientation"] == SANS:
            chantiers = chantiers.filter(orientation=None)
        elif donnees["orientation"]:
            chantiers = chantiers.filter(orientation=donnees["orientation"])
        for champ in ("taille", "etat"):
            if donnees[champ]:
                chantiers = chantiers.filter(**{champ: donnees[champ]})
        if (organisations := donnees["organisation"]) is not None:
            chantiers = chantiers.filter(organisation__in=organisations)
        if requete := requete_francaise(donnees["q"]):
            chantiers = chantiers.filter(recherche=requete)
        return chantiers


class FiltreMatrice(Filtre):
    """``?q=``, ``?recueil=`` (clé), ``?orientation=`` (slug); ``?piste=`` (slug): that one alone."""

    piste = forms.SlugField(required=False, widget=forms.HiddenInput)

    q = forms.CharField(label="Mots", max_length=200, required=False)
    recueil = forms.ModelChoiceField(
        Recueil.objects.filter(pistes__editions__etat="publie").distinct(),
        label="Recueil",
        to_field_name="cle",
        required=False,
        empty_label="Tous les recueils",
    )
    orientation = ChoixDOrientation(label="Orientation", empty_label="Toutes les orientations")

    def appliquer(self, editions: EditionPisteQuerySet) -> EditionPisteQuerySet:
        """The published texts whose pistes make the lines."""
        if not self.is_valid():
            return editions.none()
        donnees = self.cleaned_data
        if donnees["piste"]:
            editions = editions.filter(piste__slug=donnees["piste"])
        if donnees["recueil"]:
            editions = editions.filter(piste__recueil=donnees["recueil"])
        if donnees["orientation"]:
            editions = editions.filter(piste__orientation=donnees["orientation"])
        if requete := requete_francaise(donnees["q"]):
            editions = editions.filter(recherche=requete)
        return editions
