"""What a member says of one terrain, for their organisation."""

from typing import Any

from django import forms

from config.saisie import ZoneDeTexte
from reflexes.forms_relus import FormRelu
from reflexes.models import Degre, ReponseAutodiagnostic

OUI_NON = [("oui", "Oui"), ("non", "Non"), ("nsp", "Nous ne savons pas")]
VALEURS = {"oui": True, "non": False, "nsp": None}


class ReponseForm(FormRelu):
    """Lived or not, how strongly, one sentence. Two colleagues at once: the second is shown both."""

    vecu = forms.ChoiceField(
        label="Votre organisation l'a-t-elle vécu ?", choices=OUI_NON, widget=forms.RadioSelect
    )
    degre = forms.ChoiceField(
        label="Si oui, à quel degré ?",
        choices=[(str(valeur), f"{valeur} · {mots}") for valeur, mots in Degre.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    phrase = forms.CharField(
        label="En une phrase",
        max_length=500,
        required=False,
        widget=ZoneDeTexte({"rows": 3}),
        help_text="Pour vous et vos collègues : elle n'est montrée à personne d'autre. Ne nommez personne.",
    )

    class Meta:
        model = ReponseAutodiagnostic
        fields = ["vecu", "degre", "phrase"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        reponse: ReponseAutodiagnostic = kwargs["instance"]
        if reponse.pk:
            mot = next(mot for mot, valeur in VALEURS.items() if valeur is reponse.vecu)
            degre = "" if reponse.degre is None else str(reponse.degre)
            kwargs["initial"] = {"vecu": mot, "degre": degre}
        super().__init__(*args, **kwargs)

    def clean_phrase(self) -> str:
        return str(self.cleaned_data["phrase"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if donnees.get("vecu") == "oui" and not donnees.get("degre") and "degre" not in self.errors:
            self.add_error("degre", "Choisissez un degré : c'est vécu, mais à quel point ?")
        donnees["vecu"] = VALEURS.get(donnees.get("vecu", ""))
        garde = donnees["vecu"] is True and donnees.get("degre")
        donnees["degre"] = int(donnees["degre"]) if garde else None
        return donnees

    def _en_mots(self, nom: str, valeur: Any) -> str:
        champ = self.fields[nom]
        if isinstance(champ, forms.ChoiceField):
            return str(dict(champ.choices).get(str(valeur), ""))  # type: ignore[arg-type]
        return super()._en_mots(nom, valeur)
