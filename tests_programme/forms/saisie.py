"""A step as a person fills it: its form, its rows, and what they were shown when they began."""

from typing import TYPE_CHECKING

from django.db import transaction

from reflexes.models import empreinte_de
from tests_programme.accords import accords_en_vigueur
from tests_programme.forms.etape import EtapeForm
from tests_programme.forms.etapes import FORMULAIRES
from tests_programme.forms.lignes import LIGNES, Lignes
from tests_programme.models import Test

if TYPE_CHECKING:
    from django.http import QueryDict

    from comptes.models import Utilisateur


class DejaFige(Exception):
    """The test started or was given up while somebody was writing."""


class ChangeEntreTemps(Exception):
    """Somebody else saved the same step meanwhile."""


class Saisie:
    """One step of one test, shown or sent back."""

    def __init__(
        self, etape: str, test: Test, user: "Utilisateur", data: "QueryDict | None" = None
    ) -> None:
        self.etape, self.test = etape, test
        self.form: EtapeForm = FORMULAIRES[etape](data, instance=test, user=user)
        self.lignes: Lignes | None = None
        if etape in LIGNES:
            self.lignes = LIGNES[etape](data, test=test, prefix="lignes")

    @property
    def colonnes(self) -> list[str]:
        """The columns of this step."""
        return self.form.colonnes

    def version(self) -> str:
        """The fingerprint of what the database holds now for this step, and this step only.

        Two people who write two different steps do not disturb each other. Two queries.
        """
        courant = Test.objects.get(pk=self.test.pk)
        valeurs = [str(courant.serializable_value(nom) or "") for nom in self.colonnes]
        return empreinte_de([valeurs, self.lignes.empreinte_en_base() if self.lignes else ""])

    def is_valid(self) -> bool:
        """Both, so that every error is shown at once."""
        return all([self.form.is_valid(), self.lignes is None or self.lignes.is_valid()])

    @transaction.atomic
    def enregistrer(self, vue: str) -> int:
        """Save the step; return how many accords the new text makes void.

        ``vue`` is the version the person was shown. Only the step's columns are written: a colleague's other
        step stays. Raises DejaFige, ChangeEntreTemps.
        """
        courant = Test.objects.select_for_update(of=("self",)).get(pk=self.test.pk)
        if courant.est_fige:
            raise DejaFige
        if vue != self.version():
            raise ChangeEntreTemps
        valaient = set(accords_en_vigueur(courant, "demarrage"))
        self.test.save(update_fields=[*self.colonnes, "modifie_le"])
        if self.lignes is not None:
            self.lignes.enregistrer()
        # Who was taken off the list has no accord left to lose.
        restent = set(self.test.parties.values_list("pk", flat=True)) if valaient else set()
        self.test.refresh_from_db()
        return len((valaient & restent) - set(accords_en_vigueur(self.test, "demarrage")))

    def ecarts(self) -> list[tuple[str, str]]:
        """What the database says now where the person typed something else: (label, text)."""
        courant = Test.objects.select_related("organisation", "programme", "piste").get(
            pk=self.test.pk
        )
        trouves = []
        for nom in (nom for nom in self.colonnes if nom in self.form.fields):
            valeur = getattr(courant, nom)
            if valeur != self.form.cleaned_data.get(nom):
                trouves.append((str(self.form.fields[nom].label), str(valeur or "(vide)")))
        if self.lignes is not None:
            for ligne in self.lignes.en_base():
                texte = " · ".join(str(valeur) for valeur in ligne.values() if valeur)
                trouves.append(("Ligne enregistrée", texte))
        return trouves
