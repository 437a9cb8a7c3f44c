"""The lettre de mission, or the convention of a loan, as the cellule writes it."""

import datetime as dt
from typing import Any

from django import forms

from config.jours import PARIS
from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte
from engagement.forms.dates import Jour
from engagement.forms.relation import Saisie
from engagement.lettre import creneaux_de, empreinte, texte_de
from engagement.models import Creneau, MiseEnRelation
from engagement.semaine import MOMENTS
from rappels.redaction import jour_en_mots


class CreneauxField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Half-days in words."""

    def label_from_instance(self, obj: Any) -> str:
        creneau: Creneau = obj
        return f"{jour_en_mots(creneau.jour)}, {MOMENTS[creneau.moment]}"


def _texte(label: str, aide: str = "") -> forms.CharField:
    zone = ZoneDeTexte({"rows": 5})
    return forms.CharField(
        label=label, help_text=aide, required=False, max_length=LONGUEUR_TEXTE, widget=zone
    )


class LettreForm(Saisie):
    """Everything may be left for later; what is missing is said on the page."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    conditions = _texte(
        "Conditions", "Trajet, repas, équipement, assurance : ce qui est pris en charge."
    )

    def __init__(self, data: Any = None, *, mise: MiseEnRelation) -> None:
        super().__init__(data, initial=self.depart(mise))
        self.mise = mise

    def depart(self, mise: MiseEnRelation) -> dict[str, Any]:
        """What the page opens with."""
        return {"version": empreinte(texte_de(mise)), "conditions": mise.conditions}

    def valeurs(self) -> dict[str, Any]:
        """What ``MiseEnRelation.rediger`` takes."""
        return dict(self.cleaned_data)


class LettreDeMissionForm(LettreForm):
    """Of time."""

    mission = _texte("Ce que fera la personne", "En mots simples : ce qu'elle lira et acceptera.")
    creneaux = CreneauxField(
        label="Demi-journées", queryset=Creneau.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Une de ces demi-journées n'est plus dans le besoin."},
    )  # fmt: skip
    retour_prevu_le = Jour(label="Entretien de retour, le", required=False)
    retour_avec = forms.CharField(
        label="Avec qui (fonction)",
        required=False,
        max_length=160,
        help_text="« sa cheffe de service »",
    )
    field_order = ["mission", "creneaux", "conditions", "retour_prevu_le", "retour_avec", "version"]

    def __init__(self, data: Any = None, *, mise: MiseEnRelation) -> None:
        super().__init__(data, mise=mise)
        champ = self.fields["creneaux"]
        champ.queryset = mise.besoin.creneaux.order_by("jour", "moment")  # type: ignore[attr-defined]

    def depart(self, mise: MiseEnRelation) -> dict[str, Any]:
        return {
            **super().depart(mise),
            "mission": mise.mission,
            "creneaux": [c.pk for c in creneaux_de(mise)],
            "retour_prevu_le": mise.retour_prevu_le,
            "retour_avec": mise.retour_avec,
        }


class ConventionForm(LettreForm):
    """Of a loan."""

    mission = _texte("Pour quoi faire")
    jour_debut = Jour(label="À partir du", required=False)
    heure_debut = forms.TimeField(
        label="À quelle heure",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    jour_fin = Jour(label="À rendre avant le", required=False)
    heure_fin = forms.TimeField(
        label="À quelle heure au plus tard", required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )  # fmt: skip
    field_order = [
        "mission", "jour_debut", "heure_debut", "jour_fin", "heure_fin", "conditions", "version",
    ]  # fmt: skip

    def depart(self, mise: MiseEnRelation) -> dict[str, Any]:
        debut = mise.pret_debut.astimezone(PARIS) if mise.pret_debut else None
        fin = mise.pret_fin.astimezone(PARIS) if mise.pret_fin else None
        return {
            **super().depart(mise),
            "mission": mise.mission,
            "jour_debut": debut and debut.date(),
            "heure_debut": debut and debut.time(),
            "jour_fin": fin and fin.date(),
            "heure_fin": fin and fin.time(),
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = self._instant("debut", dt.time(8)), self._instant("fin", dt.time(18))
        if debut and fin and fin <= debut:
            self.add_error("jour_fin", "Le retour vient après le départ.")
        donnees["pret_debut"], donnees["pret_fin"] = debut, fin
        return donnees

    def _instant(self, quoi: str, sinon: dt.time) -> dt.datetime | None:
        jour = self.cleaned_data.get(f"jour_{quoi}")
        heure = self.cleaned_data.get(f"heure_{quoi}") or sinon
        return dt.datetime.combine(jour, heure, tzinfo=PARIS) if jour else None


def lettre_pour(mise: MiseEnRelation, data: Any = None) -> LettreForm:
    """The form of this mise en relation."""
    forme = ConventionForm if mise.offre.est_un_pret else LettreDeMissionForm
    return forme(data, mise=mise)
