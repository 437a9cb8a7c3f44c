"""Who offers: the person themselves, with an account or without, or somebody of the cellule for them."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from comptes.models import Organisation, Utilisateur
from config.jours import jour_de
from engagement.forms.dates import Jour
from engagement.forms.personnes import CoordonneesForm
from engagement.models import Dispositif, Personne

DE_BOUCHE = [
    (valeur, libelle)
    for valeur, libelle in Personne.Consentement.choices
    if valeur != Personne.Consentement.EN_LIGNE
]


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
