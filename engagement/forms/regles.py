"""The rules of a dispositif, as whoever keeps it changes them."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict

from config.saisie import ZoneDeTexte
from engagement.forms.dates import Jour, verifier_ordre
from engagement.forms.territoire import AvecTerritoire
from engagement.models import Dispositif

if TYPE_CHECKING:
    from engagement.models import GenreMission

GENRES = 30
CHAMPS = [
    "nom", "presentation", "contact", "en_crise", "debut", "fin",
    "aux_agents", "aux_habitants", "aux_organisations", "du_temps", "des_lieux", "du_materiel",
    "genres_preferes", "par_semaine", "par_mois", "duree_maximale", "sollicitations",
    "accord_manager", "ce_qui_est_demande", "conservation",
]  # fmt: skip


class ReglesForm(AvecTerritoire, forms.ModelForm):  # type: ignore[type-arg]
    """All of its rules on one page. ``version`` tells whether somebody changed them meanwhile."""

    use_required_attribute = False
    debut = Jour(label="Ouvre le")
    fin = Jour(label="Ferme le", required=False, help_text="Vide : la cellule le fermera.")
    genres = forms.CharField(
        label="Genres de mission",
        max_length=3_000,
        widget=ZoneDeTexte({"rows": 7}),
        help_text="Un par ligne.",
        error_messages={"required": "Nommez au moins un genre de mission."},
    )
    version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    field_order = [*CHAMPS[:2], "lieu", "lieu_choix", *CHAMPS[2:12], "genres", *CHAMPS[12:]]

    class Meta:
        model = Dispositif
        fields = CHAMPS
        widgets = {
            "presentation": ZoneDeTexte({"rows": 5}),
            "ce_qui_est_demande": ZoneDeTexte({"rows": 7}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preparer_le_lieu(self.instance.territoire)
        # What the database holds now, before what was typed is put on the instance.
        self.avant: dict[str, Any] = model_to_dict(self.instance, CHAMPS)
        self.genres_avant: list[GenreMission] = list(self.instance.genres.all())
        self.initial["genres"] = "\n".join(g.libelle for g in self.genres_avant)
        self.version_lue = self._version()
        self.initial["version"] = self.version_lue
        self.a_change_entre_temps = False

    def _version(self) -> str:
        lu = [self.avant, self.instance.territoire_id, [g.libelle for g in self.genres_avant]]
        return hashlib.sha256(json.dumps(lu, cls=DjangoJSONEncoder).encode()).hexdigest()

    def clean_genres(self) -> list[str]:
        lignes = [" ".join(ligne.split()) for ligne in self.cleaned_data["genres"].splitlines()]
        uniques = list({ligne.casefold(): ligne for ligne in lignes if ligne}.values())
        if not uniques:
            raise forms.ValidationError("Nommez au moins un genre de mission.")
        if len(uniques) > GENRES:
            raise forms.ValidationError(f"{GENRES} genres de mission au plus.")
        if longues := [ligne for ligne in uniques if len(ligne) > 80]:
            raise forms.ValidationError(f"80 signes au plus : « {longues[0][:80]}… ».")
        return uniques

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        verifier_ordre(self, "La fermeture vient après l'ouverture.")
        territoire = self.lieu_choisi(donnees)
        if territoire is not None:
            self.instance.territoire = territoire
        if donnees.get("version") != self.version_lue:
            self.a_change_entre_temps = True
            raise forms.ValidationError(
                "Quelqu'un a changé ces règles depuis que vous avez ouvert la page. Ce que vous avez écrit est "
                "gardé ci-dessous : relisez, puis enregistrez de nouveau."
            )
        return donnees

    def version_suivante(self) -> str:
        """What the page sends back: after a conflict, one has been told, and may go on."""
        return self.version_lue
