"""What a curateur·rice types to lead an enquête: the enquête itself and its étapes."""

from typing import Any

from django import forms
from django.utils.text import slugify

from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte
from reflexes.forms_relus import FormRelu
from reflexes.models import Enquete, Etape

# Words that the addresses of the enquêtes keep for themselves.
RESERVES = {"nouvelle"}
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _dates_dans_l_ordre(form: forms.BaseForm, donnees: dict[str, Any]) -> None:
    debut, fin = donnees.get("debut"), donnees.get("fin")
    if debut and fin and fin < debut:
        form.add_error("fin", "La fin vient avant le début : corrigez l'une des deux dates.")
    if fin and not debut and "debut" in donnees:
        form.add_error("debut", "Donnez aussi le premier jour.")


class EnqueteForm(FormRelu):
    """The enquête. Its key makes its address: chosen once."""

    presentation = forms.CharField(
        label="Présentation",
        required=False,
        max_length=LONGUEUR_TEXTE,
        widget=ZoneDeTexte({"rows": 10}),
    )

    class Meta:
        model = Enquete
        fields = ["titre", "cle", "debut", "fin", "presentation", "source"]
        widgets = {"debut": DATE, "fin": DATE}
        help_texts = {
            "cle": "Le bout de son adresse, par exemple « canicules-2026 ». Vide : elle est tirée du titre. "
            "Elle ne changera plus.",
            "fin": "Vide tant que l'enquête est ouverte.",
            "source": "Document et page, s'il y en a un.",
        }
        error_messages = {
            "cle": {"unique": "Une enquête a déjà cette clé : choisissez-en une autre."}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cle"].required = False
        if self.instance.pk:
            del self.fields["cle"]

    def clean_cle(self) -> str:
        cle: str = self.cleaned_data["cle"].lower()
        cle = cle or slugify(self.cleaned_data.get("titre", ""))[:80].strip("-")
        if cle in RESERVES or not cle:
            raise forms.ValidationError(
                "Choisissez une autre clé : des lettres, des chiffres, des tirets."
            )
        return cle

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        _dates_dans_l_ordre(self, donnees)
        deja = Enquete.objects.filter(cle=donnees.get("cle", "")).first()
        if deja is not None and self.est_repetition_de(deja, list(self.Meta.fields)):
            self.instance = deja
        return donnees


class EtapeForm(FormRelu):
    """One dated step, and what came out of it."""

    texte = forms.CharField(
        label="Texte", required=False, max_length=LONGUEUR_TEXTE, widget=ZoneDeTexte({"rows": 6})
    )
    produit = forms.CharField(
        label="Ce qu'elle a produit",
        required=False,
        max_length=LONGUEUR_TEXTE,
        widget=ZoneDeTexte({"rows": 4}),
        help_text="Une version de la cartographie, des chantiers, des questions nouvelles…",
    )

    class Meta:
        model = Etape
        fields = ["numero", "titre", "debut", "fin", "periode", "texte", "produit", "source"]
        widgets = {"debut": DATE, "fin": DATE}
        help_texts = {
            "debut": "Vide si rien n'est fixé : l'étape reste dans la liste, hors de la frise.",
            "periode": "Quand la date exacte n'est pas connue, par exemple « semaine du 13 juillet ».",
            "source": "Document et page, s'il y en a un.",
        }

    def __init__(self, *args: Any, enquete: Enquete, **kwargs: Any) -> None:
        self.enquete = enquete
        super().__init__(*args, **kwargs)
        self.instance.enquete = enquete
        self.fields["numero"].widget.attrs["min"] = 1

    def clean_numero(self) -> int:
        numero = int(self.cleaned_data["numero"])
        if not 1 <= numero <= 999:
            raise forms.ValidationError("Le numéro va de 1 à 999.")
        return numero

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        _dates_dans_l_ordre(self, donnees)
        prise = (
            self.enquete.etapes.filter(numero=donnees.get("numero") or 0)
            .exclude(pk=self.instance.pk)
            .first()
        )
        if prise is None:
            return donnees
        if self.est_repetition_de(prise, list(self.Meta.fields)):
            self.instance = prise
        else:
            self.add_error(
                "numero", f"Le numéro {prise.numero} est déjà celui de « {prise.titre} »."
            )
        return donnees
