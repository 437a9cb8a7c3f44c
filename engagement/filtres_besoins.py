"""What narrows the list of needs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from comptes.models import Utilisateur
from config.filtres import Filtre
from config.recherche import requete_francaise
from engagement.models import Besoin, Dispositif, GenreMission, Nature
from engagement.querysets import BesoinQuerySet


class FiltreBesoins(Filtre):
    """``?etat=``, ``?urgence=``, ``?nature=``, ``?genre=`` (pk), ``?suivi=`` (moi, personne), ``?q=``."""

    etat = forms.ChoiceField(
        label="État", choices=[("", "Tous"), *Besoin.Etat.choices], required=False
    )
    urgence = forms.ChoiceField(
        label="Urgence", choices=[("", "Toutes"), *Besoin.Urgence.choices], required=False
    )
    nature = forms.ChoiceField(
        label="Quoi", choices=[("", "Tout"), *Nature.choices], required=False
    )
    genre = forms.ModelChoiceField(
        label="Genre de mission",
        queryset=GenreMission.objects.none(),
        empty_label="Tous",
        required=False,
    )
    suivi = forms.ChoiceField(
        label="Suivi par",
        choices=[("", "Tout le monde"), ("moi", "Moi"), ("personne", "Personne encore")],
        required=False,
    )
    q = forms.CharField(label="Mots", max_length=200, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        dispositif: Dispositif,
        user: Utilisateur | AnonymousUser,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        genre: Any = self.fields["genre"]
        genre.queryset = dispositif.genres.all()
        self.lecteur = user

    def appliquer(self, besoins: BesoinQuerySet) -> BesoinQuerySet:
        """The needs that the filter keeps."""
        if not self.is_valid():
            return besoins.none()
        for champ in ("etat", "urgence", "nature", "genre"):
            if valeur := self.cleaned_data[champ]:
                besoins = besoins.filter(**{champ: valeur})
        if not self.cleaned_data["etat"]:
            # Somebody else's address, maybe: the cellule reads them once confirmed.
            besoins = besoins.exclude(etat=Besoin.Etat.A_CONFIRMER)
        if suivi := self.cleaned_data["suivi"]:
            besoins = besoins.filter(mediateur=self.lecteur if suivi == "moi" else None)
        if requete := requete_francaise(self.cleaned_data["q"]):
            besoins = besoins.filter(recherche=requete)
        return besoins
