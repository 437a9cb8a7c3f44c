"""Naming a territory of any level, without JavaScript: typed, and chosen when several answer."""

from typing import Any

from django import forms

from comptes.models import Territoire

CANDIDATS = 12


def territoires_nommes(saisie: str) -> list[Territoire]:
    """Those a typed name or postcode may mean: the ones that bear exactly it, or else the likeliest. One query."""
    trouves = list(Territoire.objects.nommes(saisie).select_related("departement")[:CANDIDATS])
    exacts = [t for t in trouves if t.nom.casefold() == saisie.strip().casefold()]
    return exacts or trouves


def territoire_en_mots(territoire: Territoire) -> str:
    """« Lille, commune (Nord) »: what tells a commune from the intercommunalité of the same name."""
    niveau = territoire.get_niveau_display().lower()
    ou = f" ({territoire.departement})" if territoire.departement else ""
    return f"{territoire.nom}, {niveau}{ou}"


class AvecTerritoire(forms.Form):
    """A territory in words; when several answer, they are shown to choose from."""

    lieu = forms.CharField(
        label="Territoire",
        max_length=120,
        help_text="Une commune, une intercommunalité, un département ou une région : son nom suffit.",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Dites sur quel territoire."},
    )
    lieu_choix = forms.ChoiceField(label="Lequel ?", required=False, widget=forms.RadioSelect)

    def preparer_le_lieu(self, actuel: Territoire | None) -> None:
        """To be called once the form is made. ``actuel``: the one it has, kept while its name is."""
        if actuel is not None:
            self.initial.setdefault("lieu", actuel.nom)
        saisie = self.data.get(self.add_prefix("lieu"), "")
        saisie = saisie.replace("\x00", "")[:120] if isinstance(saisie, str) else ""
        garde = actuel is not None and saisie.strip() == actuel.nom
        self.candidats = [actuel] if garde and actuel else territoires_nommes(saisie)
        if len(self.candidats) < 2:
            del self.fields["lieu_choix"]
            return
        champ: Any = self.fields["lieu_choix"]
        champ.choices = [(str(t.pk), territoire_en_mots(t)) for t in self.candidats]

    def lieu_choisi(self, donnees: dict[str, Any]) -> Territoire | None:
        """The one that is meant, or an error in the form."""
        if not donnees.get("lieu"):
            return None
        if not self.candidats:
            self.add_error("lieu", "Aucun territoire ne porte ce nom. Vérifiez comment il s'écrit.")
            return None
        if len(self.candidats) == 1:
            return self.candidats[0]
        choisis = [t for t in self.candidats if str(t.pk) == donnees.get("lieu_choix")]
        if not choisis:
            if "lieu_choix" not in self.errors:
                self.add_error(
                    "lieu_choix", "Plusieurs territoires répondent : choisissez le bon ci-dessous."
                )
            return None
        return choisis[0]
