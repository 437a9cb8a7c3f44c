"""What a curateur·rice types in the working copy of the cartographie, and to publish it."""

import re
from typing import Any

from django import forms

from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte
from reflexes.copie import CHAMPS_CONTROVERSE, CHAMPS_TERRAIN, contenu_de, terrains_de
from reflexes.forms_relus import FormRelu
from reflexes.models import ControverseFigee, Terrain, TerrainFige, VersionCartographie

POLES = (
    "Les témoignages et les tests gardent leur pôle, premier ou second : n'échangez pas les deux."
)


class ControverseForm(FormRelu):
    """A controverse: always a theme between two poles."""

    texte = forms.CharField(
        label="Texte", required=False, max_length=LONGUEUR_TEXTE, widget=ZoneDeTexte({"rows": 10})
    )

    class Meta:
        model = ControverseFigee
        fields = CHAMPS_CONTROVERSE
        help_texts = {
            "theme": "Deux ou trois mots, par exemple « participation citoyenne ».",
            "pole_b": POLES,
            "source": "Document et page.",
        }

    def __init__(self, *args: Any, copie: VersionCartographie, **kwargs: Any) -> None:
        self.copie = copie
        super().__init__(*args, **kwargs)
        self.instance.version = copie
        self.fields["numero"].widget.attrs["min"] = 1

    def clean_numero(self) -> int:
        numero = int(self.cleaned_data["numero"])
        if not 1 <= numero <= 999:
            raise forms.ValidationError("Le numéro va de 1 à 999.")
        return numero

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        autres = self.copie.controverses.filter(numero=donnees.get("numero") or 0)
        prise = autres.exclude(pk=self.instance.pk).first()
        if prise is not None and not self.est_repetition_de(prise, CHAMPS_CONTROVERSE):
            self.add_error(
                "numero", f"Le numéro {prise.numero} est déjà celui de « {prise.theme} »."
            )
        return donnees


class TerrainForm(FormRelu):
    """A terrain, under the controverse it shows."""

    identite = forms.ModelChoiceField(
        Terrain.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Ce terrain est déjà revenu dans la copie de travail."},
    )
    texte = forms.CharField(
        label="Texte", required=False, max_length=LONGUEUR_TEXTE, widget=ZoneDeTexte({"rows": 10})
    )

    class Meta:
        model = TerrainFige
        fields = ["controverse", *CHAMPS_TERRAIN]
        help_texts = {
            "controverse": "En choisir une autre déplace le terrain. Ses témoignages gardent leur pôle.",
            "numero": "Celui de la controverse, un point, un rang : 3.1",
        }

    def __init__(self, *args: Any, copie: VersionCartographie, **kwargs: Any) -> None:
        self.copie = copie
        super().__init__(*args, **kwargs)
        self.instance.version = copie
        self.fields["controverse"].queryset = copie.controverses.order_by("numero")  # type: ignore[attr-defined]
        self.fields["controverse"].empty_label = "Choisir"  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["identite"]
        else:
            libres = terrains_de(copie.enquete).exclude(figes__version=copie)
            self.fields["identite"].queryset = libres  # type: ignore[attr-defined]

    def clean_numero(self) -> str:
        numero = str(self.cleaned_data["numero"]).strip()
        if not re.fullmatch(r"[1-9]\d{0,2}(\.[1-9]\d{0,2}){1,2}", numero, re.ASCII):
            raise forms.ValidationError(
                "Écrivez le numéro comme 3.1 : un chiffre, un point, un chiffre."
            )
        return numero

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        autres = self.copie.terrains.filter(numero=donnees.get("numero", ""))
        pris = autres.exclude(pk=self.instance.pk).first()
        if pris is not None and not self.est_repetition_de(pris, CHAMPS_TERRAIN):
            self.add_error("numero", f"Le numéro {pris.numero} est déjà celui de « {pris.titre} ».")
        return donnees


class PublicationForm(forms.Form):
    """The last word before a version is frozen."""

    titre = forms.CharField(label="Titre de la version", max_length=160)
    note = forms.CharField(
        label="Note de publication",
        max_length=LONGUEUR_TEXTE,
        widget=ZoneDeTexte({"rows": 6}),
        help_text="Ce qui change et pourquoi, en quelques phrases. Elle paraît en tête de la version.",
        error_messages={"required": "Écrivez en quelques mots ce qui change et pourquoi."},
    )

    def __init__(self, *args: Any, version: VersionCartographie, **kwargs: Any) -> None:
        self.version = version
        self.empreinte = contenu_de(version)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if self.data.get("lu", "") != self.empreinte:
            self.add_error(
                None,
                "La copie a changé depuis que vous l'avez relue. Votre note est toujours là : "
                "relisez les changements ci-dessous, puis publiez.",
            )
        for manque in self.version.manques_pour_publier():
            self.add_error(None, manque)
        return donnees
