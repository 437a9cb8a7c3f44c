"""The hypothesis, by a sentence frame or freely. Both are on the page and both are kept."""

from typing import Any

from django import forms

from config.saisie import ZoneDeTexte
from tests_programme.forms.etape import AIRE, EtapeForm
from tests_programme.hypothese import LIBRE, PHRASE, PIECES, composer
from tests_programme.models import Test

AIDES = {
    "nous": "Ce que vous ferez : « appelons avant de relancer ».",
    "avec": "Avec qui, ou avec quoi.",
    "pendant": "Combien de temps, ou à quel moment.",
    "alors": "Ce que vous en attendez, et qui pourra s'observer.",
    "parce_que": "Ce qui vous le fait croire.",
}


class HypotheseForm(EtapeForm):
    """What is checked, and what would show that it is wrong.

    Only the chosen way makes the hypothesis; a chosen way left blank gives way to the other one.
    """

    choix = forms.ChoiceField(
        label="Comment voulez-vous l'écrire ?",
        choices=[(PHRASE, "Avec la phrase à compléter"), (LIBRE, "Avec nos propres mots")],
        widget=forms.RadioSelect,
        required=False,
        help_text="L'autre façon garde ce que vous y avez écrit : vous pourrez y revenir.",
    )
    field_order = ["choix", *PIECES, "hypothese", "echec"]

    class Meta:
        model = Test
        fields = ["hypothese", "echec"]
        widgets = {"hypothese": ZoneDeTexte(AIRE), "echec": ZoneDeTexte(AIRE)}
        labels = {"hypothese": "L'hypothèse, avec vos mots"}
        help_texts = {"hypothese": "Par exemple : « si l'équipe fixe ses horaires, alors… »"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cadre = self.instance.cadre_hypothese
        for nom, libelle in PIECES.items():
            self.fields[nom] = forms.CharField(
                label=f"{libelle}…",
                help_text=AIDES[nom],
                initial=cadre.get(nom, ""),
                max_length=300,
                required=False,
            )
        self.order_fields(self.field_order)
        deja_libre = self.instance.hypothese and cadre.get("choix") != PHRASE
        self.initial["choix"] = LIBRE if deja_libre else PHRASE
        if cadre.get("choix") == PHRASE:
            self.initial["hypothese"] = cadre.get("libre", "")

    @property
    def colonnes(self) -> list[str]:
        """The pieces are one column."""
        return [*super().colonnes, "cadre_hypothese"]

    def clean(self) -> dict[str, Any]:
        """Compose the sentence, and keep what the other way says."""
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return donnees
        pieces = {nom: donnees[nom] for nom in PIECES if donnees[nom]}
        libre = donnees["hypothese"]
        choix = donnees["choix"] or (PHRASE if pieces and not libre else LIBRE)
        if choix == PHRASE and not pieces and libre:
            choix = LIBRE
        elif choix == LIBRE and not libre and pieces:
            choix = PHRASE
        if choix == PHRASE:
            donnees["hypothese"] = composer(pieces)
        self.instance.cadre_hypothese = (
            {"choix": choix, **pieces, **({"libre": libre} if choix == PHRASE and libre else {})}
            if pieces
            else {}
        )
        return donnees

    @property
    def pieces(self) -> list[forms.BoundField]:
        """The fields of the sentence, in its order."""
        return [self[nom] for nom in PIECES]
