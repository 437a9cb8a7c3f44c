"""What people type of an écoute: the cahier, a rencontre, an entry of the annuaire."""

from typing import Any

from django import forms

from comptes.models import Territoire, Utilisateur
from config.anonymat import permet_de_joindre
from config.saisie import ZoneDeTexte
from pistes.forms_chantier import organisations_de
from pistes.models import Cahier, FicheActeur, Rencontre
from reflexes.forms_relus import FormRelu

HAUTE, BASSE = {"rows": 5}, {"rows": 3}
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


class CahierForm(AvecTerritoire, FormRelu):
    """The context of an écoute."""

    class Meta:
        model = Cahier
        fields = ["titre", "contexte", "debut", "fin", "autres_pistes", "organisation"]
        widgets = {
            "contexte": ZoneDeTexte(HAUTE),
            "autres_pistes": ZoneDeTexte(BASSE),
            "debut": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "fin": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "contexte": "Pourquoi cette écoute, qui l'a menée, comment.",
            "autres_pistes": "Celles que le catalogue n'a pas, dans les mots des acteurs. Une par ligne.",
        }
        labels = {"autres_pistes": "Pistes nommées par les acteurs"}

    field_order = ["titre", "territoire_nom", "territoire_choix"]

    def __init__(self, *args: Any, user: Utilisateur, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        actuel = instance.territoire if instance is not None else None
        if actuel is not None:
            kwargs["initial"] = {"territoire_nom": actuel.nom}
        super().__init__(*args, **kwargs)
        self.fields["territoire_nom"].required = False
        self.preparer_le_territoire(actuel)
        if self.instance.pk:
            del self.fields["organisation"]
            for nom in ("organisation", "territoire_choix"):
                self._actuel.pop(nom, None)
            return
        champ: Any = self.fields["organisation"]
        champ.queryset = organisations_de(user)
        siennes = list(champ.queryset[:2])
        if len(siennes) == 1:
            champ.initial = siennes[0]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        self.instance.territoire = self.territoire_choisi(donnees)
        return donnees


class RencontreForm(FormRelu):
    """What one actor lived, under four heads; signed by a function."""

    class Meta:
        model = Rencontre
        fields = ["type", "fonction", "le", "vecu", "craintes", "envies", "analyses"]
        widgets = {
            **{nom: ZoneDeTexte(BASSE) for nom in Rencontre.FACETTES},
            "le": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"le": "Rencontré·e le"}
        help_texts = {
            "fonction": "Jamais un nom : « présidente d'une association de quartier ».",
            "vecu": "Ce que cette personne a traversé.",
            "craintes": "Ce qu'elle redoute.",
            "envies": "Ce qu'elle voudrait voir naître ou durer.",
            "analyses": "Comment elle explique ce qui s'est passé.",
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if not any(donnees.get(nom) for nom in Rencontre.FACETTES) and not self.errors:
            self.add_error("vecu", "Notez au moins une chose que cette personne a dite.")
        for nom in ("fonction", *Rencontre.FACETTES):
            if permet_de_joindre(donnees.get(nom) or ""):
                self.add_error(
                    nom,
                    "Ce texte contient une adresse e-mail ou un téléphone : retirez-le. "
                    "Pour faire connaître un acteur, proposez-lui l'annuaire.",
                )
        return donnees


class FicheForm(AvecTerritoire, forms.ModelForm):  # type: ignore[type-arg]
    """An entry to propose to its owner."""

    class Meta:
        model = FicheActeur
        fields = ["nom", "type", "activite", "contact", "email", "organisation"]
        widgets = {"activite": ZoneDeTexte(BASSE)}
        labels = {"organisation": "Au nom de", "nom": "Nom de l'acteur"}
        help_texts = {
            "nom": "Une association, un lieu, un collectif, un service.",
            "contact": "Ce qui peut être montré : un site, une permanence, un standard.",
            "email": "Pour lui demander son accord. Elle n'est jamais montrée.",
        }

    field_order = ["nom", "type", "territoire_nom", "territoire_choix"]

    def __init__(self, *args: Any, user: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preparer_le_territoire(None)
        champ: Any = self.fields["organisation"]
        champ.queryset = organisations_de(user)
        siennes = list(champ.queryset[:2])
        if len(siennes) == 1:
            champ.initial = siennes[0]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["territoire"] = self.territoire_choisi(donnees)
        return donnees

    def validate_constraints(self) -> None:
        """Whether it is there already is asked under the lock (``FicheActeur.proposer``)."""

    @property
    def champs(self) -> dict[str, Any]:
        """What the entry is made of."""
        noms = ("nom", "type", "activite", "contact", "email", "organisation", "territoire")
        return {nom: self.cleaned_data[nom] for nom in noms}


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What its owner may correct, from their personal link."""

    class Meta:
        model = FicheActeur
        fields = ["nom", "type", "activite", "contact"]
        widgets = {"activite": ZoneDeTexte(BASSE)}
        labels = {"nom": "Nom"}
        help_texts = {"contact": "Laissez vide pour ne rien montrer."}

    def validate_constraints(self) -> None:
        """Asked under the lock (``FicheActeur.accepter``)."""
