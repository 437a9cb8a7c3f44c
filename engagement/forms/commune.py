"""Naming a commune among 35 000, without JavaScript: typed, and chosen when several bear the name."""

from typing import Any

from django import forms

from comptes.models import Territoire

CANDIDATES = 12
AMBIGU = "Plusieurs communes répondent : choisissez la bonne ci-dessous."
INCONNUE = (
    "Aucune commune de France ne porte ce nom ou ce code postal. Vérifiez comment il s'écrit."
)


def communes_nommees(saisie: str) -> list[Territoire]:
    """Those a typed name or postcode may mean: the ones that bear exactly it, or else the likeliest. One query."""
    lues = Territoire.objects.filter(niveau="commune").nommes(saisie)
    trouvees = list(lues.select_related("departement")[:CANDIDATES])
    exactes = [t for t in trouvees if t.nom.casefold() == saisie.strip().casefold()]
    return exactes or trouvees


def commune_en_mots(commune: Territoire) -> str:
    """« Saint-Denis (Seine-Saint-Denis) »: what tells two of the same name apart."""
    return f"{commune.nom} ({commune.departement})" if commune.departement else commune.nom


class AvecCommune(forms.Form):
    """A commune named in words; when several bear the name, they are shown to choose from."""

    commune = forms.CharField(
        label="Commune",
        max_length=120,
        help_text="Son nom ou son code postal.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    commune_choix = forms.ChoiceField(label="Laquelle ?", required=False, widget=forms.RadioSelect)

    def preparer_la_commune(self, actuelle: Territoire | None) -> None:
        """To be called once the form is made. ``actuelle``: the one it has, kept while its name is."""
        if actuelle is not None:
            self.initial.setdefault("commune", actuelle.nom)
        saisie = self.data.get(self.add_prefix("commune"), "")
        saisie = saisie.replace("\x00", "")[:120] if isinstance(saisie, str) else ""
        gardee = actuelle is not None and saisie.strip() == actuelle.nom
        self.candidates = [actuelle] if gardee and actuelle else communes_nommees(saisie)
        if len(self.candidates) < 2:
            del self.fields["commune_choix"]
            return
        champ: Any = self.fields["commune_choix"]
        champ.choices = [(str(t.pk), commune_en_mots(t)) for t in self.candidates]

    def commune_choisie(self, donnees: dict[str, Any]) -> Territoire | None:
        """The one that is meant, or an error in the form."""
        if not donnees.get("commune"):
            return None
        if not self.candidates:
            self.add_error("commune", INCONNUE)
            return None
        if len(self.candidates) == 1:
            return self.candidates[0]
        choisies = [t for t in self.candidates if str(t.pk) == donnees.get("commune_choix")]
        if not choisies:
            if "commune_choix" not in self.errors:
                self.add_error("commune_choix", AMBIGU)
            return None
        return choisies[0]
