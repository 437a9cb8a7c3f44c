"""Forms of accounts and organisations."""

from typing import Any

from django import forms

from comptes.models import Adhesion, Organisation, Territoire, Utilisateur
from comptes.refus import DecisionImpossible

ADRESSE_INVALIDE = "Cette adresse e-mail n'est pas valide."
# Somebody who creates organisation after organisation waits for the first ones to be looked at.
CREATIONS_EN_ATTENTE = 3


class InscriptionForm(forms.Form):
    """What allauth's sign-up asks beside e-mail and password."""

    nom = forms.CharField(
        label="Prénom et nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request, user):  # type: ignore[no-untyped-def]
        """Called by allauth once the account exists."""
        user.nom = self.cleaned_data["nom"]
        user.save(update_fields=["nom"])


class CompteForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person says of themselves."""

    class Meta:
        model = Utilisateur
        fields = ["nom", "fonction"]
        help_texts = {"fonction": "Par exemple « responsable de l'accueil »."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nom"].required = True
        self.fields["nom"].widget.attrs["autocomplete"] = "name"
        self.fields["fonction"].widget.attrs["autocomplete"] = "organization-title"


class CompteAdministreForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account, in Django's administration (whose pages save inside a transaction)."""

    class Meta:
        model = Utilisateur
        fields = ["nom", "fonction", "role", "is_active"]

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        administre = donnees.get("role") == Utilisateur.Role.ADMINISTRATEUR
        if not (administre and donnees.get("is_active")):
            try:
                self.instance.garder_un_administrateur()
            except DecisionImpossible as refus:
                raise forms.ValidationError(str(refus)) from refus
        return donnees


class SuppressionForm(forms.Form):
    """Closing an account asks for its password: a borrowed screen is not enough."""

    mot_de_passe = forms.CharField(
        label="Votre mot de passe",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )

    def __init__(self, user: Utilisateur, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_mot_de_passe(self) -> str:
        mot_de_passe = str(self.cleaned_data["mot_de_passe"])
        if not self.user.check_password(mot_de_passe):
            raise forms.ValidationError("Ce n'est pas le mot de passe de ce compte.")
        return mot_de_passe


class InvitationForm(forms.Form):
    """An address and a role."""

    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        error_messages={"invalid": ADRESSE_INVALIDE},
    )
    role = forms.ChoiceField(
        label="Rôle", choices=Adhesion.Role.choices, initial=Adhesion.Role.AGENT
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class RoleForm(forms.Form):
    """A role inside an organisation."""

    role = forms.ChoiceField(label="Rôle", choices=Adhesion.Role.choices)


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organisation, from a territoire (type and SIREN are then known) or by hand."""

    siren = forms.CharField(
        label="SIREN",
        required=False,
        max_length=20,
        help_text="Neuf chiffres, sur une facture, un courrier à en-tête ou l'annuaire des entreprises.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = Organisation
        fields = ["nom", "type", "siren"]
        help_texts = {"nom": "Tel que vos collègues le disent : « Département de la Gironde »."}

    def __init__(
        self, *args: Any, user: Utilisateur, territoire: Territoire | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.territoire = territoire
        self.existante: Organisation | None = None
        if territoire is not None:
            self.instance.territoire = territoire
            self.instance.type = territoire.niveau
            self.instance.siren = territoire.siren
            self.fields["nom"].initial = territoire.nom
            del self.fields["type"], self.fields["siren"]

    def clean_siren(self) -> str:
        """Spaces are how people write it. Raises on a SIREN somebody has, and remembers who."""
        siren = "".join(str(self.cleaned_data["siren"]).split())
        self.existante = Organisation.objects.filter(siren=siren).first() if siren else None
        if self.existante is not None and self.existante.validee:
            raise forms.ValidationError(
                f"« {self.existante} » porte déjà ce SIREN : rejoignez-la plutôt."
            )
        return siren

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if self.territoire is not None:
            self.existante = self._du_territoire(self.territoire)
        elif not donnees.get("siren") and "siren" not in self.errors:
            sans = {Organisation.Type.ETAT, Organisation.Type.AUTRE}
            if donnees.get("type") not in sans:
                self.add_error(
                    "siren", "Le SIREN dit sans erreur de quelle organisation il s'agit."
                )
        attendues = self.user.adhesions.demandees().filter(organisation__validee=False)
        if self.existante is None and attendues.count() >= CREATIONS_EN_ATTENTE:
            raise forms.ValidationError(
                "Plusieurs organisations que vous avez créées attendent une validation. "
                "Attendez une réponse avant d'en créer une autre."
            )
        return donnees

    @staticmethod
    def _du_territoire(territoire: Territoire) -> Organisation | None:
        trouvees = Organisation.objects.filter(territoire=territoire, type=territoire.niveau)
        if territoire.siren:
            trouvees = trouvees | Organisation.objects.filter(siren=territoire.siren)
        return trouvees.first()

    def validate_constraints(self) -> None:
        """An organisation that is already there is joined, not created: its SIREN is no error."""
        if self.existante is None:
            super().validate_constraints()
