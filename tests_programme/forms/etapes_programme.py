"""The stages of a programme: plain rows, blank ones ignored."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory

from config.saisie import ZoneDeTexte
from tests_programme.forms.dates_bornees import JourPlausible, verifier_ordre
from tests_programme.forms.lignes import LigneForm, Lignes
from tests_programme.models import EtapeProgramme, Programme


class EtapeDuProgrammeForm(LigneForm):
    """One stage."""

    exiges = {"titre": "Donnez un titre à cette étape, ou videz toute la ligne."}
    debut = JourPlausible(label="Début", required=False)
    fin = JourPlausible(label="Fin", required=False)

    class Meta:
        model = EtapeProgramme
        fields = ["titre", "debut", "fin", "texte"]
        widgets = {"texte": ZoneDeTexte({"rows": 3})}
        labels = {"texte": "Ce qu'on y fait"}

    def clean(self) -> dict[str, Any]:
        ligne = super().clean()
        verifier_ordre(self, "Une étape ne peut pas finir avant d'avoir commencé.")
        return ligne


class BaseEtapes(Lignes):
    """The stages. Each keeps its place, and is written only when it changed."""

    noms = ("titre", "debut", "fin", "texte")

    def __init__(self, data: Any = None, *, programme: Programme, **kwargs: Any) -> None:
        self.programme = programme
        initial = self.en_base() if data is None else None
        BaseFormSet.__init__(self, data, initial=initial, **kwargs)

    def en_base(self) -> list[dict[str, Any]]:
        if self.programme._state.adding:
            return []
        return list(self.programme.etapes.order_by("rang").values(*self.noms))

    def enregistrer(self) -> None:
        """Write the stages, by date when each has one."""
        voulues = self.remplies
        if all(ligne["debut"] for ligne in voulues):
            voulues.sort(key=lambda ligne: cast(dt.date, ligne["debut"]))
        actuelles = {etape.rang: etape for etape in self.programme.etapes.all()}
        for rang, ligne in enumerate(voulues, 1):
            etape = actuelles.get(rang)
            if etape is None:
                self.programme.etapes.create(rang=rang, **ligne)
            elif any(getattr(etape, nom) != ligne[nom] for nom in self.noms):
                for nom in self.noms:
                    setattr(etape, nom, ligne[nom])
                etape.save(update_fields=self.noms)
        self.programme.etapes.filter(rang__gt=len(voulues)).delete()


EtapesLignes = formset_factory(
    cast(type[forms.Form], EtapeDuProgrammeForm),
    formset=BaseEtapes,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    max_num=12,
    validate_max=True,
    absolute_max=15,
)
