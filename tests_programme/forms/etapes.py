"""One form a step of the preparation. A draft may be blank: only the first step asks for something."""

from typing import TYPE_CHECKING, Any

from django import forms

from comptes.models import Organisation
from config.saisie import ZoneDeTexte
from pistes.champs import ChoixDePiste
from tests_programme.forms.etape import AIRE, EtapeForm
from tests_programme.forms.hypothese import HypotheseForm
from tests_programme.forms.limites import LimitesForm
from tests_programme.models import Programme, Test

if TYPE_CHECKING:
    from comptes.models import Utilisateur


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
        fields = [
            "titre", "organisation", "piste", "programme", "changement", "contexte", "visibilite",
        ]  # fmt: skip
        widgets = {
            "changement": ZoneDeTexte({"rows": 2}),
            "contexte": ZoneDeTexte(AIRE),
            "visibilite": forms.RadioSelect,
        }
        help_texts = {
            "changement": "Une seule chose, nommée : à deux, on ne saurait plus laquelle a compté.",
            "titre": "Court et parlant : « Un coup de fil avant la relance ».",
            "contexte": "Ce qui se passe aujourd'hui, et qui s'en plaint.",
            "visibilite": "Tant qu'il est en préparation, seules votre organisation et l'équipe de la plateforme "
            "le voient.",
        }
        error_messages = {
            "titre": {"required": "Donnez un titre au test : vous pourrez le changer."}
        }

    def __init__(self, *args: Any, user: "Utilisateur", **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.suit_un_des_siens:
            del self.fields["changement"]
        organisations = self.fields["organisation"]
        assert isinstance(organisations, forms.ModelChoiceField)
        organisations.queryset = Organisation.objects.de_membre(user)
        organisations.error_messages["required"] = "Choisissez l'organisation qui porte le test."

    @property
    def colonnes(self) -> list[str]:
        """Without what changes when the test follows none of its organisation's."""
        return [nom for nom in super().colonnes if nom in self.fields]


class ObservationForm(EtapeForm):
    """Who will be heard, how and when, and how often the team looks; the critères are rows beside."""

    class Meta:
        model = Test
        fields = ["ecoute_qui", "ecoute_prevue", "ecoute_quand", "rythme_points"]
        widgets = {"ecoute_prevue": ZoneDeTexte(AIRE), "rythme_points": forms.RadioSelect}
        help_texts = {
            "ecoute_qui": "Celles et ceux qui vivent le test, aussi les plus loin : « six familles, dont deux qui "
            "ne viennent jamais ».",
            "ecoute_prevue": "Entretiens, questionnaire, carnet de bord. Trois entretiens valent mieux que rien.",
            "ecoute_quand": "Par exemple : « à mi-parcours, puis la dernière semaine ».",
            "rythme_points": "Un quart d'heure pour dire ce que l'équipe voit, ce qui l'inquiète, et si elle "
            "continue. La plateforme rappelle chaque point.",
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
