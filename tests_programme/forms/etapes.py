"""One form a step of the preparation. A draft may be blank: only the first step asks for something."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms

from comptes.models import Organisation
from config.saisie import ZoneDeTexte
from pistes.champs import ChoixDePiste
from tests_programme.forms.dates import DateDuTest
from tests_programme.manques import manques_de_la_date
from tests_programme.models import Programme, Test

if TYPE_CHECKING:
    from comptes.models import Utilisateur

AIRE = {"rows": 4}


class EtapeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The columns of one step."""

    use_required_attribute = False


class EssentielForm(EtapeForm):
    """Title, organisation, piste; the rest is welcome."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisation",
        empty_label="Choisissez votre organisation",
    )
    piste = ChoixDePiste(
        label="Piste explorée",
        empty_label="Choisissez une piste",
        error_messages={"required": "Choisissez la piste que ce test explore."},
    )
    programme = forms.ModelChoiceField(
        Programme.objects.all(), label="Programme", required=False, empty_label="Hors programme"
    )

    class Meta:
        model = Test
        fields = ["titre", "organisation", "piste", "programme", "contexte", "visibilite"]
        widgets = {"contexte": ZoneDeTexte(AIRE), "visibilite": forms.RadioSelect}
        help_texts = {
            "titre": "Court et parlant : « Un coup de fil avant la relance ».",
            "contexte": "Ce qui se passe aujourd'hui, et qui s'en plaint.",
            "visibilite": "Tant qu'il est en préparation, seules votre organisation et l'équipe de la plateforme "
            "le voient.",
        }
        error_messages = {
            "titre": {"required": "Donnez un titre au test : vous pourrez le changer."}
        }

    def __init__(self, *args: Any, user: "Utilisateur", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = self.fields["organisation"]
        assert isinstance(organisations, forms.ModelChoiceField)
        organisations.queryset = Organisation.objects.de_membre(user)
        organisations.error_messages["required"] = "Choisissez l'organisation qui porte le test."


class HypotheseForm(EtapeForm):
    """What is checked, and what would show that it is wrong."""

    class Meta:
        model = Test
        fields = ["hypothese", "echec"]
        widgets = {"hypothese": ZoneDeTexte(AIRE), "echec": ZoneDeTexte(AIRE)}
        help_texts = {"hypothese": "Par exemple : « si l'équipe fixe ses horaires, alors… »"}


class LimitesForm(EtapeForm):
    """How and when it stops."""

    date_peremption = DateDuTest(
        label="Date de péremption",
        required=False,
        help_text="Le dernier jour du test, dans douze mois au plus.",
    )

    class Meta:
        model = Test
        fields = ["retour_arriere", "date_peremption", "signe_provisoire"]
        widgets = {"retour_arriere": ZoneDeTexte(AIRE), "signe_provisoire": ZoneDeTexte(AIRE)}
        help_texts = {
            "retour_arriere": "Qui fait quoi pour remettre les choses comme avant, et en combien de temps.",
            "signe_provisoire": "Ce que voit une personne qui passe : ruban, affiche, mention sur un document.",
        }

    def clean_date_peremption(self) -> dt.date | None:
        """A date that could never do is said at once; a missing one only stops the start."""
        date: dt.date | None = self.cleaned_data["date_peremption"]
        if date is not None and date != self.instance.date_peremption:
            for manque in manques_de_la_date(date):
                raise forms.ValidationError(manque.message)
        return date


class ObservationForm(EtapeForm):
    """How the users will be heard; the critères are rows beside."""

    class Meta:
        model = Test
        fields = ["ecoute_prevue"]
        widgets = {"ecoute_prevue": ZoneDeTexte(AIRE)}
        help_texts = {
            "ecoute_prevue": "Qui interroge qui, quand et comment. Trois entretiens valent mieux que rien."
        }


class PartiesForm(EtapeForm):
    """No column of the test: the parties are rows."""

    class Meta:
        model = Test
        fields: list[str] = []


FORMULAIRES: dict[str, type[EtapeForm]] = {
    "essentiel": EssentielForm,
    "hypothese": HypotheseForm,
    "limites": LimitesForm,
    "observation": ObservationForm,
    "parties": PartiesForm,
}
