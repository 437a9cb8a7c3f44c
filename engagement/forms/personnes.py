"""Who offers or asks: themselves with an account, themselves without one, or somebody of the cellule for them."""

from typing import Any

from django import forms

from comptes.forms import ADRESSE_INVALIDE
from config.telephones import en_francais
from engagement.models import Dispositif, Personne

DU_MANAGER = ("manager_nom", "manager_email")


class CoordonneesForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is known of a person."""

    use_required_attribute = False

    class Meta:
        model = Personne
        fields = [
            "statut", "nom", "fonction", "structure", "organisation", "email", "telephone", "manager_nom",
            "manager_email",
        ]  # fmt: skip
        widgets = {
            "statut": forms.RadioSelect,
            "nom": forms.TextInput({"autocomplete": "name"}),
            "fonction": forms.TextInput({"autocomplete": "organization-title"}),
            "telephone": forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }
        labels = {"statut": "Vous êtes", "organisation": "Au nom de"}
        help_texts = {
            "manager_nom": "Son accord sera demandé avant toute mission, pas avant. Vous pourrez le dire plus tard.",
            "structure": "Si vous en avez une : « Direction de la voirie », « Amicale du quartier ».",
        }
        error_messages = {
            "email": {"invalid": ADRESSE_INVALIDE},
            "manager_email": {"invalid": ADRESSE_INVALIDE},
        }

    def clean_telephone(self) -> str:
        """Written the French way. Raises ValidationError on what is no phone number."""
        saisi = str(self.cleaned_data["telephone"]).strip()
        telephone = en_francais(saisi) if saisi else ""
        if telephone is None:
            raise forms.ValidationError("Ce numéro n'est pas complet : vérifiez ses chiffres.")
        return telephone

    def clean_email(self) -> str:
        """One address is one person, whatever its capitals."""
        return str(self.cleaned_data["email"]).strip().lower()

    def clean_manager_email(self) -> str:
        """As above."""
        return str(self.cleaned_data["manager_email"]).strip().lower()

    def validate_constraints(self) -> None:
        """The same address again is the same person (engagement/arrivees.py), not an error."""

    def _permettre(self, dispositif: Dispositif, exclus: tuple[str, ...] = ()) -> None:
        """Only those whom the dispositif lets offer; the manager, when one may have one who is asked."""
        champ: Any = self.fields["statut"]
        champ.choices = [c for c in statuts_permis(dispositif) if c[0] not in exclus]
        if len(champ.choices) == 1:
            champ.initial, champ.widget = champ.choices[0][0], forms.HiddenInput()
        agents = any(valeur == Personne.Statut.AGENT for valeur, _ in champ.choices)
        if not (agents and dispositif.accord_manager):
            for nom in DU_MANAGER:
                del self.fields[nom]

    def clean(self) -> dict[str, Any]:
        """A manager is somebody else."""
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if donnees.get("manager_email") and donnees["manager_email"] == donnees.get("email"):
            self.add_error("manager_email", "C'est votre propre adresse : mettez celle du manager.")
        return donnees

    @property
    def champs_de_la_personne(self) -> dict[str, Any]:
        """The fields of Personne, as typed."""
        return {n: v for n, v in self.cleaned_data.items() if n in self.Meta.fields}


class CorrectionForm(CoordonneesForm):
    """Coordinates corrected by the person, or by the cellule on their word."""

    def __init__(self, data: Any = None, *, instance: Personne) -> None:
        super().__init__(data, instance=instance)
        self._permettre(instance.dispositif)
        del self.fields["organisation"]
        if instance.utilisateur_id:
            # The address of an account is changed in the account.
            del self.fields["email"]

    def clean_email(self) -> str:
        """Taken by somebody else, it is theirs; left blank, nothing could be sent any more."""
        email = super().clean_email()
        autres = Personne.objects.filter(
            dispositif=self.instance.dispositif_id, email__iexact=email
        )
        if email and autres.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Cette adresse est déjà celle de quelqu'un d'autre ici.")
        return email


def statuts_permis(dispositif: Dispositif) -> list[tuple[str, str]]:
    """In whose name one may offer here."""
    permis = {
        Personne.Statut.AGENT: dispositif.aux_agents,
        Personne.Statut.HABITANT: dispositif.aux_habitants,
        Personne.Statut.ORGANISATION: dispositif.aux_organisations,
    }
    return [(s.value, str(s.label)) for s, oui in permis.items() if oui]
