"""How and when a test stops, with a date proposed from the past tests of its piste."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms

from config.saisie import ZoneDeTexte
from rappels.redaction import jour_en_mots
from tests_programme.durees import proposition
from tests_programme.forms.dates import DateDuTest
from tests_programme.forms.etape import AIRE, EtapeForm
from tests_programme.manques import manques_de_la_date
from tests_programme.models import Test

if TYPE_CHECKING:
    from comptes.models import Utilisateur


class LimitesForm(EtapeForm):
    """How and when it stops."""

    date_peremption = DateDuTest(
        label="Date de péremption",
        required=False,
        help_text="Le dernier jour du test, dans douze mois au plus.",
    )
    date_proposee = forms.BooleanField(required=False)
    field_order = ["retour_arriere", "date_peremption", "date_proposee", "signe_provisoire"]

    class Meta:
        model = Test
        fields = ["retour_arriere", "date_peremption", "signe_provisoire"]
        widgets = {"retour_arriere": ZoneDeTexte(AIRE), "signe_provisoire": ZoneDeTexte(AIRE)}
        help_texts = {
            "retour_arriere": "Qui fait quoi pour remettre les choses comme avant, et en combien de temps.",
            "signe_provisoire": "Ce que voit une personne qui passe : ruban, affiche, mention sur un document.",
        }

    def __init__(self, *args: Any, user: "Utilisateur", **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.proposition = proposition(self.instance, user)
        if self.proposition is None or self.instance.date_peremption:
            del self.fields["date_proposee"]
        if self.proposition:
            date = self.fields["date_peremption"]
            date.help_text = f"{date.help_text} {self.proposition.phrase}"
            if "date_proposee" in self.fields:
                jour = jour_en_mots(self.proposition.date)
                self.fields["date_proposee"].label = f"Prendre la date proposée, le {jour}"

    def clean(self) -> dict[str, Any]:
        """The proposed date is taken when it is asked for, and no other one is typed."""
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if donnees.get("date_proposee") and self.proposition:
            if donnees.get("date_peremption"):
                self.add_error(
                    "date_peremption",
                    "Vous avez écrit une date et coché la date proposée : gardez l'une des deux.",
                )
            elif "date_peremption" not in self.errors:
                donnees["date_peremption"] = self.proposition.date
        return donnees

    def clean_date_peremption(self) -> dt.date | None:
        """A date that could never do is said at once; a missing one only stops the start."""
        date: dt.date | None = self.cleaned_data["date_peremption"]
        if date is not None and date != self.instance.date_peremption:
            for manque in manques_de_la_date(date):
                raise forms.ValidationError(manque.message)
        return date
