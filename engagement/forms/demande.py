"""Who asks: a service, an association, a collectivité; or somebody for whom the cellule writes."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from comptes.models import Organisation, Utilisateur
from config.saisie import ZoneDeTexte
from engagement.forms.personnes import DU_MANAGER, CoordonneesForm
from engagement.forms.qui import PourQuelquUnForm
from engagement.models import Dispositif, Personne

A_QUI = [
    (Personne.Statut.HABITANT.value, "Une habitante, un habitant"),
    (Personne.Statut.ORGANISATION.value, "Un service, une association, une collectivité"),
]


class DemandeurForm(CoordonneesForm):
    """Who asks for themselves: a structure, and whoever speaks for it."""

    # A programme fills every box it finds; people do not see this one.
    site_web = forms.CharField(required=False, label="Laissez cette case vide")
    consent = forms.BooleanField(
        label="J'accepte que la cellule garde ces informations et s'en serve pour me joindre",
        help_text="Elle seule les voit, jusqu'à ce que vous acceptiez de rencontrer quelqu'un.",
        error_messages={"required": "Sans votre accord, nous ne pouvons rien garder : cochez la case."},
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        user: "Utilisateur | AnonymousUser",
        connue: Personne | None = None,
    ) -> None:
        compte = _du_compte(user) if connue is None else None
        # A copy: what is typed is handed to engagement/arrivees.py, which decides what changes.
        super().__init__(data, instance=connue, initial=compte)
        for nom in (*DU_MANAGER, "statut"):
            del self.fields[nom]
        self.fields["structure"].label = "Votre service, association ou collectivité"
        self.fields[
            "structure"
        ].help_text = "« Épicerie solidaire du port », « Service de l'état civil »."
        self.fields["structure"].required = True
        self.fields["structure"].error_messages["required"] = "Dites au nom de qui vous demandez."
        self.fields["nom"].label = "Vos prénom et nom"
        self.fields["fonction"].label = "Votre fonction"
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.de_membre(user).order_by("nom")
        if not organisation.queryset.exists():
            del self.fields["organisation"]
        if user.is_authenticated:
            del self.fields["email"]
        else:
            self.fields["email"].required = True
            self.fields[
                "email"
            ].help_text = "Un message y part : la cellule lit le besoin une fois son lien ouvert."

    @property
    def est_piegee(self) -> bool:
        """Whether something filled the box that people do not see."""
        return bool(self.data.get("site_web"))

    def _post_clean(self) -> None:
        """Nothing is written on the person here."""


class DemandePourForm(PourQuelquUnForm):
    """A médiateur·rice asks for somebody: no address is needed, their consent is."""

    def __init__(self, data: Any = None, *, dispositif: Dispositif) -> None:
        super().__init__(data, dispositif=dispositif)
        for nom in DU_MANAGER:
            self.fields.pop(nom, None)
        champ: Any = self.fields["statut"]
        champ.widget = forms.RadioSelect()
        champ.choices = A_QUI
        champ.initial = Personne.Statut.HABITANT


class MotifForm(forms.Form):
    """A reason, told to everybody it concerns."""

    use_required_attribute = False

    motif = forms.CharField(
        label="Pourquoi",
        max_length=2_000,
        widget=ZoneDeTexte(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )

    def __init__(self, *args: Any, aide: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motif"].help_text = aide


def _du_compte(user: "Utilisateur | AnonymousUser") -> dict[str, Any]:
    """What the account already says."""
    if not user.is_authenticated:
        return {}
    siennes = list(Organisation.objects.de_membre(user)[:2])
    seule = siennes[0] if len(siennes) == 1 else None
    return {
        "nom": user.nom,
        "fonction": user.fonction,
        "structure": seule.nom if seule else "",
        "organisation": seule.pk if seule else None,
    }
