"""The rows of a preparation: critères and parties. Plain rows, so that they work without JavaScript.

A row left blank is ignored; a row emptied or ticked « Retirer » goes.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.forms import BaseFormSet, formset_factory

from reflexes.models import empreinte_de
from tests_programme.accords import oublier_partie
from tests_programme.models import Critere, PartiePrenante, Test


class LigneForm(forms.ModelForm):  # type: ignore[type-arg]
    """One row. Nothing is asked of a blank one; ``exiges``: what a row that says something must say."""

    use_required_attribute = False
    exiges: ClassVar[dict[str, str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.required = False

    def clean(self) -> dict[str, Any]:
        """Every missing part of a begun row, at once."""
        ligne: dict[str, Any] = super().clean() or self.cleaned_data
        if self.est_remplie(ligne) and not ligne.get("DELETE"):
            for nom, message in self.exiges.items():
                if not ligne.get(nom) and nom not in self.errors:
                    self.add_error(nom, message)
        return ligne

    @classmethod
    def est_remplie(cls, ligne: dict[str, Any]) -> bool:
        """Whether somebody wrote something in it (a choice alone is not writing)."""
        textes = [nom for nom in cls.base_fields if not hasattr(cls.base_fields[nom], "choices")]
        return any(ligne.get(nom) for nom in textes)


class Lignes(BaseFormSet):  # type: ignore[type-arg]
    """Rows of one kind of child of a test."""

    form: type[LigneForm]
    relation: ClassVar[str]
    noms: ClassVar[Sequence[str]]

    def __init__(self, data: Any = None, *, test: Test, **kwargs: Any) -> None:
        self.test = test
        super().__init__(data, initial=self.en_base() if data is None else None, **kwargs)

    def enregistrer(self) -> None:
        """Write the rows."""
        raise NotImplementedError

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(index),
            "empty_permitted": True,
            "use_required_attribute": False,
        }

    def en_base(self) -> list[dict[str, Any]]:
        """The rows as the database holds them. One query."""
        return list(getattr(self.test, self.relation).values(*self.noms))

    def empreinte_en_base(self) -> str:
        """The fingerprint of the rows as the database holds them now."""
        return empreinte_de([[str(ligne[nom]) for nom in self.noms] for ligne in self.en_base()])

    @property
    def remplies(self) -> list[dict[str, Any]]:
        """The rows to keep, in order."""
        donnees = [form.cleaned_data for form in self.forms if form.cleaned_data]
        return [
            {nom: ligne[nom] for nom in self.noms}
            for ligne in donnees
            if not ligne.get("DELETE") and self.form.est_remplie(ligne)
        ]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Retirer cette ligne"


class CritereForm(LigneForm):
    """One criterion."""

    exiges = {"libelle": "Dites ce que vous observez, ou videz toute la ligne."}

    class Meta:
        model = Critere
        fields = [
            "libelle", "type", "unite", "valeur_depart", "attendu", "surprise", "construit_avec",
        ]  # fmt: skip
        help_texts = {
            "unite": "Pour ce qui se compte : dossiers, minutes, personnes.",
            "valeur_depart": "Ce que vous voyez aujourd'hui, avant le test.",
            "surprise": "Le résultat auquel personne ne s'attend, dans un sens ou dans l'autre.",
            "construit_avec": "Des usager·ères, l'équipe : qui a aidé à le choisir.",
        }


class BaseCriteres(Lignes):
    """The critères; writing them replaces them."""

    relation = "criteres"
    noms = CritereForm.Meta.fields

    def enregistrer(self) -> None:
        """Replace the critères when they changed."""
        voulues = self.remplies
        if self.en_base() == voulues:
            return
        self.test.criteres.all().delete()
        Critere.objects.bulk_create(
            Critere(test=self.test, rang=rang, **ligne) for rang, ligne in enumerate(voulues, 1)
        )


class PartieForm(LigneForm):
    """One person the test touches."""

    exiges = {
        "fonction": "Indiquez la fonction, ou videz toute la ligne.",
        "email": "Indiquez l'adresse e-mail : c'est par elle que l'accord est demandé.",
        "role": "Choisissez le rôle de cette personne.",
    }

    class Meta:
        model = PartiePrenante
        fields = ["role", "fonction", "nom", "email"]

    def clean_email(self) -> str:
        """One person, one address, whatever the case."""
        return str(self.cleaned_data["email"]).lower()


class BaseParties(Lignes):
    """The parties. A person is their address: another address is another person, whose accord is new."""

    relation = "parties"
    noms = ("role", "fonction", "nom", "email")

    def clean(self) -> None:
        """The same address twice is a slip."""
        vues: set[str] = set()
        for form in self.forms:
            ligne = getattr(form, "cleaned_data", None) or {}
            email = ligne.get("email")
            if not email or ligne.get("DELETE"):
                continue
            if email in vues:
                form.add_error(
                    "email",
                    f"L'adresse {email} figure déjà plus haut : une seule ligne par personne.",
                )
            vues.add(email)

    def enregistrer(self) -> None:
        """Add, change and take off people by their address."""
        voulues = {ligne["email"]: ligne for ligne in self.remplies}
        for partie in self.test.parties.all():
            ligne = voulues.pop(partie.email, None)
            if ligne is None:
                oublier_partie(partie)
            elif any(getattr(partie, nom) != ligne[nom] for nom in self.noms):
                for nom in self.noms:
                    setattr(partie, nom, ligne[nom])
                partie.save(update_fields=self.noms)
        for ligne in voulues.values():
            self.test.parties.create(**ligne)


CriteresLignes = formset_factory(
    CritereForm,
    formset=BaseCriteres,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    max_num=20,
    validate_max=True,
    absolute_max=25,
)
PartiesLignes = formset_factory(
    PartieForm,
    formset=BaseParties,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    max_num=40,
    validate_max=True,
    absolute_max=45,
)
LIGNES = {
    "observation": cast(type[Lignes], CriteresLignes),
    "parties": cast(type[Lignes], PartiesLignes),
}
