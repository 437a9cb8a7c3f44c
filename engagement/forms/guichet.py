"""What narrows the desk, and what one says when a line changes hands."""

from typing import TYPE_CHECKING, Any

from django import forms

from config.filtres import Filtre
from engagement.bacs import GROUPES, PANIERS, Panier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comptes.models import Utilisateur

LONGUEUR_MOT = 140  # it is written in the history, whose lines are short


class FiltreDuGuichet(Filtre):
    """``?panier=`` (moi, personne, cellule), ``?quoi=`` (a group of bacs)."""

    panier = forms.ChoiceField(label="Panier", choices=list(PANIERS.items()), required=False)
    quoi = forms.ChoiceField(
        label="Montrer", choices=[("", "Tout"), *GROUPES.items()], required=False
    )

    @property
    def panier_choisi(self) -> Panier:
        """The basket asked for; everybody's when none is, or none of ours."""
        choisi: Panier = self.cleaned_data.get("panier") or "cellule"
        return choisi


class ChoixDuCollegue(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of the cellule, by their name."""

    def label_from_instance(self, obj: Any) -> str:
        """As everywhere on the site."""
        return str(obj)


class ConfierForm(forms.Form):
    """To whom, and a word."""

    a = ChoixDuCollegue(
        label="À qui",
        queryset=None,
        empty_label="Choisir une personne",
        error_messages={
            "required": "Choisissez à qui vous confiez cette ligne.",
            "invalid_choice": "Cette personne n'est pas, ou plus, dans la cellule.",
        },
    )
    mot = forms.CharField(
        label="Un mot pour elle ou lui",
        required=False,
        max_length=LONGUEUR_MOT,
        help_text="Gardé dans l'historique : ni coordonnées, ni santé, ni rien de privé.",
    )

    def __init__(
        self, data: "Mapping[str, Any] | None" = None, *, collegues: "Iterable[Utilisateur]"
    ) -> None:
        super().__init__(data, auto_id="confier_%s")  # two forms on one page
        from comptes.models import Utilisateur as Compte

        choix: Any = self.fields["a"]
        choix.queryset = Compte.objects.filter(pk__in=[c.pk for c in collegues]).order_by(
            "nom", "pk"
        )


class AideForm(forms.Form):
    """What one is stuck with."""

    mot = forms.CharField(
        label="Ce qui vous bloque",
        required=False,
        max_length=LONGUEUR_MOT,
        help_text="Toute la cellule le lira, et l'historique le garde : ni coordonnées, ni santé.",
    )
