"""A programme, or a session, as somebody fills it: what they were shown, and what it became meanwhile."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction

from reflexes.models import empreinte_de
from tests_programme.forms.etapes_programme import BaseEtapes, EtapesLignes
from tests_programme.forms.programmes import ProgrammeForm
from tests_programme.forms.saisie import ChangeEntreTemps
from tests_programme.forms.seances import SeanceForm
from tests_programme.models import Programme, Seance

if TYPE_CHECKING:
    from django.http import QueryDict

    from comptes.models import Utilisateur

LISTES = ("pistes", "organisations", "animateurs")


def _textes(objet: Programme | Seance, colonnes: list[str]) -> list[str]:
    return [str(getattr(objet, nom) or "") for nom in colonnes]


def _ecarts(form: forms.BaseForm, objet: Any, colonnes: list[str]) -> list[tuple[str, str]]:
    """What the database says now where the person typed something else: (label, text)."""
    return [
        (str(form.fields[nom].label), str(getattr(objet, nom) or "(vide)"))
        for nom in colonnes
        if getattr(objet, nom) != form.cleaned_data.get(nom)
    ]


class SaisieProgramme:
    """One programme with its lists and stages; a new one when ``programme`` is None."""

    colonnes = ["titre", "debut", "fin", "presentation"]

    def __init__(self, programme: Programme | None, data: "QueryDict | None" = None) -> None:
        self.programme = programme or Programme()
        self.form = ProgrammeForm(data, instance=self.programme)
        self.lignes: BaseEtapes = EtapesLignes(data, programme=self.programme, prefix="etapes")  # type: ignore[assignment, call-arg]

    def version(self) -> str:
        """The fingerprint of what the database holds now. Five queries; "" for a new programme."""
        if self.programme._state.adding:
            return ""
        courant = Programme.objects.get(pk=self.programme.pk)
        listes = [self.form.en_base(nom) for nom in LISTES]
        return empreinte_de(
            [_textes(courant, self.colonnes), listes, self.lignes.empreinte_en_base()]
        )

    def is_valid(self) -> bool:
        """Both, so that every error is shown at once."""
        return all([self.form.is_valid(), self.lignes.is_valid()])

    @transaction.atomic
    def enregistrer(self, vue: str, par: "Utilisateur") -> Programme:
        """Save it all. ``vue`` is the version the person was shown. Raises ChangeEntreTemps."""
        champs = {nom: self.form.cleaned_data[nom] for nom in self.colonnes}
        if self.programme._state.adding:
            programme = Programme.ouvrir(par=par, **champs)
            self.programme = self.lignes.programme = programme
        else:
            Programme.objects.select_for_update().get(pk=self.programme.pk)
            if vue != self.version():
                raise ChangeEntreTemps
            programme = self.programme
            programme.save(update_fields=self.colonnes)
        for nom in LISTES:
            getattr(programme, nom).set(self.form.voulues(nom))
        self.lignes.enregistrer()
        return programme

    def ecarts(self) -> list[tuple[str, str]]:
        """What the database says now where the person typed something else."""
        courant = Programme.objects.get(pk=self.programme.pk)
        trouves = _ecarts(self.form, courant, self.colonnes)
        for nom in LISTES:
            if self.form.en_base(nom) != self.form.voulues(nom):
                noms = ", ".join(self._noms(nom)) or "(vide)"
                trouves.append((str(self.form.fields[nom].label), noms))
        for ligne in self.lignes.en_base():
            texte = " · ".join(str(valeur) for valeur in ligne.values() if valeur)
            trouves.append(("Étape enregistrée", texte))
        return trouves

    def _noms(self, nom: str) -> list[str]:
        champ: Any = self.form.fields[nom]
        return [champ.label_from_instance(objet) for objet in getattr(self.programme, nom).all()]


class SaisieSeance:
    """One session; a new one when ``seance`` is None."""

    def __init__(
        self, programme: Programme, seance: Seance | None, data: "QueryDict | None" = None
    ) -> None:
        self.programme, self.seance = programme, seance
        self.form = SeanceForm(data, instance=seance or Seance(programme=programme))
        self.colonnes = list(self.form.fields)

    def version(self) -> str:
        """The fingerprint of what the database holds now. One query; "" for a new session."""
        if self.seance is None:
            return ""
        return empreinte_de(_textes(Seance.objects.get(pk=self.seance.pk), self.colonnes))

    @transaction.atomic
    def enregistrer(self, vue: str, par: "Utilisateur") -> Seance:
        """Save it. Raises ChangeEntreTemps."""
        if self.seance is None:
            champs = {nom: self.form.cleaned_data[nom] for nom in self.colonnes}
            return Seance.ajouter(programme=self.programme, par=par, **champs)
        Seance.objects.select_for_update().get(pk=self.seance.pk)
        if vue != self.version():
            raise ChangeEntreTemps
        self.seance.save(update_fields=[*self.colonnes, "modifie_le"])
        return self.seance

    def ecarts(self) -> list[tuple[str, str]]:
        """What the database says now where the person typed something else."""
        assert self.seance is not None
        return _ecarts(self.form, Seance.objects.get(pk=self.seance.pk), self.colonnes)
