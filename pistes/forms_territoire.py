"""Naming a territory among 36 000, without JavaScript."""

from typing import Any

from django import forms

from comptes.models import Territoire

CANDIDATS = 12
AMBIGU = "Plusieurs territoires portent ce nom : choisissez le bon ci-dessous."
INCONNU = "Aucune commune, intercommunalité, ni département ou région ne porte ce nom."


def territoires_nommes(saisie: str) -> list[Territoire]:
    """Those a typed name may mean: the ones that bear exactly it, or else the likeliest. One query."""
    trouves = Territoire.objects.nommes(saisie).select_related("departement")[:CANDIDATS]
    exacts = [t for t in trouves if t.nom.lower() == saisie.strip().lower()]
    return exacts or list(trouves)


class AvecTerritoire(forms.Form):
    """A territory named in words; when several bear the name, they are shown to choose from."""

    territoire_nom = forms.CharField(
        label="Territoire",
        max_length=120,
        help_text="Le nom d'une commune, d'une intercommunalité, d'un département ou d'une région.",
    )
    territoire_choix = forms.ChoiceField(label="Lequel ?", required=False, widget=forms.RadioSelect)

    def preparer_le_territoire(self, actuel: Territoire | None) -> None:
        """To be called once the form is made."""
        saisie = self.data.get(self.add_prefix("territoire_nom"), "")
        saisie = saisie.replace("\x00", "")[:120] if isinstance(saisie, str) else ""
        garde = actuel is not None and saisie.strip() == actuel.nom
        self.candidats = [actuel] if garde and actuel else territoires_nommes(saisie)
        if len(self.candidats) < 2:
            del self.fields["territoire_choix"]
            return
        champ: Any = self.fields["territoire_choix"]
        champ.choices = [(str(t.pk), _en_mots(t)) for t in self.candidats]

    def territoire_choisi(self, donnees: dict[str, Any]) -> Territoire | None:
        """The one that is meant, or an error in the form."""
        if not donnees.get("territoire_nom"):
            return None
        if not self.candidats:
            self.add_error("territoire_nom", INCONNU)
            return None
        if len(self.candidats) == 1:
            return self.candidats[0]
        choisis = [t for t in self.candidats if str(t.pk) == donnees.get("territoire_choix")]
        if not choisis:
            if "territoire_choix" not in self.errors:
                self.add_error("territoire_choix", AMBIGU)
            return None
        return choisis[0]


def _en_mots(territoire: Territoire) -> str:
    ou = f", {territoire.departement}" if territoire.departement else ""
    return f"{territoire.nom} ({territoire.get_niveau_display().lower()}{ou})"
