"""Who offers or asks: themselves with an account, themselves without one, or somebody of the cellule for them."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from comptes.forms import ADRESSE_INVALIDE
from comptes.models import Organisation, Utilisateur
from config.jours import jour_de
from config.telephones import en_francais
from engagement.forms.dates import Jour
from engagement.models import Dispositif, Personne

DU_MANAGER = ("manager_nom", "manager_email")
DE_BOUCHE = [
    (valeur, libelle)
    for valeur, libelle in Personne.Consentement.choices
    if valeur != Personne.Consentement.EN_LIGNE
]


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


class QuiForm(CoordonneesForm):
    """The person themselves. With an account, their address is that of the account."""

    # A programme fills every box it finds; people do not see this one.
    site_web = forms.CharField(required=False, label="Laissez cette case vide")
    consent = forms.BooleanField(
        label="J'accepte que la cellule garde ces informations et s'en serve pour me joindre",
        help_text="Elle seule les voit. Vous pouvez tout effacer à tout moment.",
        error_messages={"required": "Sans votre accord, nous ne pouvons rien garder : cochez la case."},
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        dispositif: Dispositif,
        user: "Utilisateur | AnonymousUser",
        connue: Personne | None = None,
    ) -> None:
        super().__init__(data, instance=connue, initial=None if connue else _du_compte(user))
        avec_compte = user.is_authenticated
        self._permettre(dispositif, () if avec_compte else (Personne.Statut.AGENT,))
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.de_membre(user).order_by("nom")
        if not organisation.queryset.exists():
            del self.fields["organisation"]
        if connue is not None:  # they said so the first time, and may take it back on their page
            del self.fields["consent"]
        if avec_compte:
            del self.fields["email"]
        else:
            self.fields["email"].required = True
            self.fields[
                "email"
            ].help_text = "Un message y part : rien n'est proposé avant que vous ouvriez son lien."

    @property
    def est_piegee(self) -> bool:
        """Whether something filled the box that people do not see."""
        return bool(self.data.get("site_web"))


class PourQuelquUnForm(CoordonneesForm):
    """A médiateur·rice writes for somebody: no address is needed, their consent is."""

    consentement = forms.ChoiceField(
        label="Comment la personne a donné son accord", choices=DE_BOUCHE, widget=forms.RadioSelect
    )
    consenti_le = Jour(label="Accord donné le", initial=jour_de)
    consent = forms.BooleanField(
        label="La personne sait que la cellule garde ces informations et s'en sert pour la joindre, et l'accepte",
        error_messages={"required": "Sans l'accord de la personne, rien n'est gardé."},
    )

    def __init__(self, data: Any = None, *, dispositif: Dispositif) -> None:
        super().__init__(data)
        self._permettre(dispositif)
        self.fields["statut"].label = "La personne est"
        self.fields["structure"].help_text = "Ou bien : par qui la joindre."
        del self.fields["organisation"]

    def clean_consenti_le(self) -> Any:
        """A consent is given before it is written down."""
        jour = self.cleaned_data["consenti_le"]
        if jour and jour > jour_de():
            raise forms.ValidationError("Cette date n'est pas encore venue.")
        return jour

    def clean(self) -> dict[str, Any]:
        """Somebody nobody can reach cannot be introduced to anybody."""
        donnees = super().clean()
        moyens = ("email", "telephone", "structure")
        if not any(donnees.get(m) for m in moyens) and not set(moyens) & set(self.errors):
            self.add_error(
                "telephone", "Un téléphone, une adresse, ou le service par qui joindre la personne."
            )
        return donnees


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


def _du_compte(user: "Utilisateur | AnonymousUser") -> dict[str, Any]:
    """What the account already says."""
    if not user.is_authenticated:
        return {}
    siennes = list(Organisation.objects.de_membre(user)[:2])
    return {
        "nom": user.nom,
        "fonction": user.fonction,
        "statut": Personne.Statut.AGENT if siennes else Personne.Statut.HABITANT,
        "organisation": siennes[0].pk if len(siennes) == 1 else None,
    }
