"""What narrows the list of offers of a dispositif, for its cellule."""

from typing import Any

from django import forms
from django.db.models import F, Q

from config.filtres import Filtre
from config.recherche import requete_francaise
from config.telephones import en_francais
from engagement.forms.commune import INCONNUE
from engagement.forms.semaine import EN_VALEURS
from engagement.forms.territoire import territoires_nommes
from engagement.models import Dispositif, GenreMission, Nature, Offre
from engagement.querysets import OffreQuerySet


class FiltreOffres(Filtre):
    """``?q=`` (words, a name, a phone number), ``?etat=``, ``?nature=``, ``?genre=``, ``?territoire=``, ``?quand=``."""

    q = forms.CharField(label="Mots, nom ou téléphone", max_length=200, required=False)
    etat = forms.ChoiceField(
        label="État",
        choices=[("", "Tous"), *Offre.Etat.choices, ("pause", "En pause")],
        required=False,
    )
    nature = forms.ChoiceField(
        label="Quoi", choices=[("", "Tout"), *Nature.choices], required=False
    )
    genre = forms.ModelChoiceField(
        GenreMission.objects.none(),
        label="Genre de mission",
        required=False,
        empty_label="Tous les genres",
    )
    territoire = forms.CharField(
        label="Commune, EPCI ou département", max_length=120, required=False
    )
    quand = forms.ChoiceField(
        label="Libre le", choices=[("", "N'importe quand"), *EN_VALEURS], required=False
    )

    def __init__(self, data: Any = None, *, dispositif: Dispositif) -> None:
        super().__init__(data)
        genre: Any = self.fields["genre"]
        genre.queryset = dispositif.genres.all()

    def clean_territoire(self) -> Any:
        """Every place that bears the name: « Lille » is the commune and what is around it. One query."""
        saisie = self.cleaned_data["territoire"]
        trouves = territoires_nommes(saisie) if saisie else []
        if saisie and not trouves:
            raise forms.ValidationError(INCONNUE)
        return [t.pk for t in trouves]

    def appliquer(self, offres: OffreQuerySet) -> OffreQuerySet:
        """The offers that the filter keeps, in the order they came."""
        if not self.is_valid():
            return offres.none()
        dit = self.cleaned_data
        if dit["etat"] == "pause":
            offres = offres.filter(etat="active").exclude(personne__en_pause_depuis=None)
        elif dit["etat"]:
            offres = offres.filter(etat=dit["etat"])
        if dit["nature"]:
            offres = offres.filter(nature=dit["nature"])
        if dit["genre"]:
            offres = offres.filter(genres=dit["genre"])
        if ou := dit["territoire"]:
            offres = offres.filter(
                Q(territoire__in=ou)
                | Q(epci__in=ou)
                | Q(departement__in=ou)
                | Q(territoire__region__in=ou)
            )
        if dit["quand"]:
            un_bit = 1 << int(dit["quand"])
            offres = offres.annotate(_libre=_et(un_bit)).filter(_libre__gt=0)
        return self._mots(offres, dit["q"])

    def _mots(self, offres: OffreQuerySet, saisie: str) -> OffreQuerySet:
        if not saisie:
            return offres
        trouvees = Q(personne__nom__icontains=saisie)
        if requete := requete_francaise(saisie):
            trouvees |= Q(recherche=requete) | Q(etiquettes__contains=[saisie.lower()[:40]])
        if telephone := en_francais(saisie):
            trouvees |= Q(personne__telephone=telephone)
        return offres.filter(trouvees)


def _et(un_bit: int) -> Any:
    """Whether that half-day is one of theirs."""
    return F("semaine").bitand(un_bit)
