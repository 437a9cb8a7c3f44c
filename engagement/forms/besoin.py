"""What a need says: asked in few words, completed by the cellule."""

from typing import Any

from django import forms

from comptes.forms import ADRESSE_INVALIDE
from comptes.models import Territoire
from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte
from engagement.forms.commune import AvecCommune
from engagement.limites import A_COCHER_DANS_UN_BESOIN
from engagement.models import Besoin, Dispositif, Nature
from engagement.models.besoin import PLACES_MAXIMUM


class BesoinForm(AvecCommune, forms.ModelForm):  # type: ignore[type-arg]
    """One need, new or completed. Its nature is chosen once."""

    use_required_attribute = False

    demande = forms.MultipleChoiceField(
        label="Ce que cela demande",
        choices=A_COCHER_DANS_UN_BESOIN,
        help_text="Cochez ce qui est vrai : quelqu'un qui ne le peut pas ne sera pas sollicité pour rien.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    places = forms.IntegerField(
        label="Combien de personnes à la fois",
        help_text="Le même nombre chaque demi-journée. Sinon, faites deux besoins.",
        initial=1,
        min_value=1,
        max_value=PLACES_MAXIMUM,
        error_messages={
            "required": "Dites combien de personnes.",
            "min_value": "Au moins une personne.",
            "max_value": f"{PLACES_MAXIMUM} personnes au plus.",
        },
    )

    class Meta:
        model = Besoin
        fields = [
            "nature", "titre", "description", "genre", "places", "urgence", "demande", "lieu",
            "accueil_fonction", "accueil_nom", "accueil_email", "binome", "apprend",
        ]  # fmt: skip
        widgets = {
            "nature": forms.RadioSelect,
            "urgence": forms.RadioSelect,
            "description": ZoneDeTexte(attrs={"rows": 4}),
            "apprend": ZoneDeTexte(attrs={"rows": 3}),
            "accueil_nom": forms.TextInput({"autocomplete": "off"}),
            "accueil_email": forms.EmailInput({"autocomplete": "off"}),
        }
        labels = {"nature": "C'est", "titre": "Ce dont vous avez besoin"}
        help_texts = {
            "titre": "En une ligne : « Renfort à l'accueil », « Trois tables et des bancs ».",
            "description": "Comme vous le diriez à la personne qui vient.",
            "genre": "Ce qui s'en approche le plus ; la cellule pourra le changer.",
            "lieu": "La rue, le bâtiment, l'étage : où se présenter.",
            "accueil_fonction": "« Responsable de l'épicerie », « gardienne de la résidence ».",
            "accueil_nom": "Montré seulement à la personne qui vient, une fois les accords donnés.",
            "accueil_email": "Son accord sera demandé là. Sans adresse, la cellule appellera.",
            "binome": "Qui reste à côté de la personne les premières fois.",
            "apprend": "Un geste, un métier, un quartier : c'est souvent ce qui donne envie.",
        }
        error_messages = {
            "titre": {"required": "Dites en une ligne ce dont vous avez besoin."},
            "accueil_email": {"invalid": ADRESSE_INVALIDE},
        }

    def __init__(self, data: Any = None, *, dispositif: Dispositif, instance: Besoin | None = None):
        super().__init__(data, instance=instance)
        self.dispositif = dispositif
        self.instance.dispositif = dispositif
        genre: Any = self.fields["genre"]
        genre.queryset = dispositif.genres.all()
        genre.empty_label = "Je ne sais pas"
        self.fields["description"].max_length = LONGUEUR_TEXTE  # type: ignore[attr-defined]
        self._permettre_les_natures(nouveau=instance is None)
        self.preparer_la_commune(instance.territoire if instance else None)
        self.territoire: Territoire | None = None

    def _permettre_les_natures(self, *, nouveau: bool) -> None:
        natures = natures_permises(self.dispositif)
        if not nouveau:
            del self.fields["nature"]
            return
        champ: Any = self.fields["nature"]
        champ.choices = natures
        champ.initial = natures[0][0]
        if len(natures) == 1:
            champ.widget = forms.HiddenInput()

    @property
    def pret(self) -> bool:
        """Whether a thing is asked for, by what was typed (read before the form is valid)."""
        if "nature" not in self.fields:
            return bool(self.instance.est_un_pret)
        lue = self["nature"].value()
        return bool(lue in Nature.values and lue != Nature.TEMPS)

    def clean_places(self) -> int:
        """One thing is lent to one need."""
        return int(self.cleaned_data["places"]) if not self.pret else 1

    def clean_accueil_email(self) -> str:
        return str(self.cleaned_data["accueil_email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        self.territoire = self.commune_choisie(donnees)
        if self.territoire is not None:
            self.instance.territoire = self.territoire
        return donnees


def natures_permises(dispositif: Dispositif) -> list[tuple[str, str]]:
    """What may be asked for here: what is offered here."""
    permises = {
        Nature.TEMPS: dispositif.du_temps,
        Nature.LIEU: dispositif.des_lieux,
        Nature.MATERIEL: dispositif.du_materiel,
    }
    return [(n.value, str(n.label)) for n, oui in permises.items() if oui]
