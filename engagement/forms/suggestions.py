"""What is typed around suggestions: the first words of a proposal, and who else one looks for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import F, Q

from comptes.models import Territoire
from config.filtres import Filtre
from config.recherche import SansAccents, mots, requete_francaise
from config.saisie import ZoneDeTexte
from engagement.forms.commune import INCONNUE, communes_nommees
from engagement.models import Besoin
from engagement.querysets import OffreQuerySet
from engagement.semaine import JOURS, MOMENTS, bit

LONGUEUR_DU_MOT = 2000


class PropositionForm(forms.Form):
    """``pourquoi`` is asked for when the offer is not among the first suggestions."""

    mot = forms.CharField(
        label="Vos premiers mots",
        required=False,
        max_length=LONGUEUR_DU_MOT,
        widget=ZoneDeTexte({"rows": 5}),
        help_text="Ils ouvrent le message. Vous pouvez les changer, ou n'en mettre aucun.",
    )
    pourquoi = forms.CharField(
        label="Pourquoi cette personne",
        max_length=300,
        help_text="Gardé pour la cellule : la personne ne le lit pas.",
    )

    def __init__(self, *args: Any, hors_des_premieres: bool, mot: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("mot", mot)
        if not hors_des_premieres:
            self.fields["pourquoi"].required = False
            self.fields["pourquoi"].widget = forms.HiddenInput()


class FiltreOffres(Filtre):
    """``?q=`` (a name, or words of the offer), ``?commune=``, ``?quand=`` (a half-day of the week)."""

    q = forms.CharField(
        label="Un nom ou des mots",
        max_length=200,
        required=False,
        help_text="« Diallo », « cuisine ».",
    )
    commune = forms.CharField(
        label="Commune", max_length=120, required=False, help_text="Son nom ou son code postal."
    )
    quand = forms.ChoiceField(
        label="Libre le",
        required=False,
        choices=[
            ("", "N'importe quand"),
            *[(f"{j}-{m}", f"{JOURS[j]} {MOMENTS[m]}") for j in range(7) for m in range(2)],
        ],
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.communes: list[Territoire] = []

    def clean_commune(self) -> str:
        """Those it may mean, kept for ``appliquer``."""
        saisie: str = self.cleaned_data["commune"]
        if saisie:
            self.communes = communes_nommees(saisie)
            if not self.communes:
                raise forms.ValidationError(INCONNUE)
        return saisie

    def appliquer(self, besoin: Besoin) -> OffreQuerySet:
        """Every offer of that nature in the dispositif that the filter keeps, newest first."""
        offres: OffreQuerySet = besoin.dispositif.offres.filter(
            nature=besoin.nature, personne__effacee_le=None
        ).order_by("-cree_le", "-pk")
        if not self.is_valid():
            return offres.none()
        if self.communes:
            offres = offres.filter(territoire__in=self.communes)
        if quand := self.cleaned_data["quand"]:
            jour, moment = map(int, quand.split("-"))
            voulu = bit(jour, moment)
            offres = offres.annotate(libre=F("semaine").bitand(voulu)).filter(libre=voulu)
        if lus := mots(self.cleaned_data["q"]):
            du_nom = Q()
            offres = offres.annotate(nom_simple=SansAccents(F("personne__nom")))
            for mot in lus:
                du_nom &= Q(nom_simple__contains=mot)
            requete = requete_francaise(self.cleaned_data["q"])
            offres = offres.filter(du_nom | Q(recherche=requete))
        return offres
