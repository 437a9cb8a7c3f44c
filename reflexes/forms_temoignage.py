"""What a participant types to bring a témoignage, and a curateur·rice to answer it."""

from typing import Any

from django import forms

from config.anonymat import moyens_de_joindre, noms_possibles
from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte
from reflexes.models import Pole, Temoignage, TerrainFige, empreinte_de
from reflexes.models.temoignage import LONGUEUR_TEMOIGNAGE

A_VERIFIER = (
    "{} : ces mots ressemblent au nom d'une personne. Corrigez-les, ou cochez la case au bas du "
    "formulaire."
)


class TemoignageForm(forms.Form):
    """The words of a témoignage on one terrain; its poles are named by their own words.

    A phone number or an e-mail address must go. What looks like a name is shown: a box then says that
    these very words were looked at, and are nobody's name.
    """

    texte = forms.CharField(
        label="Ce que la personne a dit",
        max_length=LONGUEUR_TEMOIGNAGE,
        widget=ZoneDeTexte({"rows": 10}),
        help_text=f"Avec ses mots, sans nommer personne. {LONGUEUR_TEMOIGNAGE} signes au plus.",
    )
    pole = forms.ChoiceField(label="Ce témoignage parle plutôt pour", widget=forms.RadioSelect)
    fonction = forms.CharField(
        label="Sa fonction, en général",
        max_length=160,
        help_text="Par exemple « directrice RH d'un CCAS ». Ni nom, ni lieu : la fonction signe.",
    )
    type_organisation = forms.ChoiceField(
        label="D'où la personne parle",
        choices=[("", "Choisir"), *Temoignage.TypeOrganisation.choices],
    )
    consentement = forms.BooleanField(
        label="La personne sait que ses mots seront publiés sans son nom, et elle est d'accord",
        error_messages={
            "required": "Sans l'accord de la personne, son témoignage ne peut pas être repris."
        },
    )
    noms_relus = forms.MultipleChoiceField(
        label="Avant d'envoyer", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, terrain: TerrainFige, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        controverse = terrain.controverse
        self.fields["pole"].choices = [  # type: ignore[attr-defined]
            (Pole.A.value, f"« {controverse.pole_a} »"),
            (Pole.B.value, f"« {controverse.pole_b} »"),
            ("ni", "ni l'un ni l'autre, ou les deux"),
        ]
        noms = self._noms()
        if noms:
            relus = (
                "J'ai relu : " + ", ".join(f"« {n} »" for n in noms) + " n'est le nom de personne"
            )
            self.fields["noms_relus"].choices = [(empreinte_de(noms), relus)]  # type: ignore[attr-defined]
        else:
            del self.fields["noms_relus"]

    def _noms(self) -> list[str]:
        """What looks like a name in what was typed; nothing before anything is."""
        if not self.is_bound:
            return []
        texte = self.data.get("texte", "")[:LONGUEUR_TEMOIGNAGE]
        return noms_possibles(f"{texte}\n{self.data.get('fonction', '')[:160]}")

    def clean_texte(self) -> str:
        return self._sans_contact(self.cleaned_data["texte"].replace("\r\n", "\n"))

    def clean_fonction(self) -> str:
        return self._sans_contact(self.cleaned_data["fonction"])

    def clean_pole(self) -> str:
        pole: str = self.cleaned_data["pole"]
        return "" if pole == "ni" else pole

    def clean(self) -> dict[str, Any]:
        """A box ticked for other words than today's says nothing, and is no error of its own."""
        donnees = super().clean() or {}
        if "noms_relus" in self.fields and not donnees.get("noms_relus"):
            self.errors.pop("noms_relus", None)
            for nom in ("texte", "fonction"):
                if trouves := noms_possibles(donnees.get(nom, "")):
                    self.add_error(nom, A_VERIFIER.format(", ".join(f"« {n} »" for n in trouves)))
        return donnees

    def _sans_contact(self, texte: str) -> str:
        if trouves := moyens_de_joindre(texte):
            mots = ", ".join(f"« {t} »" for t in trouves[:5])
            raise forms.ValidationError(
                f"Ôtez {mots} : une adresse ou un numéro ne se publie pas, et dirait qui parle."
            )
        return texte

    @property
    def mots(self) -> dict[str, Any]:
        """What the model takes."""
        return {nom: v for nom, v in self.cleaned_data.items() if nom != "noms_relus"}


class MotifForm(forms.Form):
    """Why a témoignage is not published: whoever brought it reads this, and may correct."""

    motif = forms.CharField(
        label="Pourquoi l'écarter ?",
        max_length=LONGUEUR_TEXTE,
        required=False,
        widget=ZoneDeTexte({"rows": 3}),
        help_text="La personne qui l'a apporté lira ces mots : elle peut corriger, et le renvoyer. "
        "Ne recopiez ici ni nom ni coordonnées.",
    )
