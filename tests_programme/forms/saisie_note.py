"""A note as a person fills it: its text, its pictures and files, a voice it quotes."""

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction

from tests_programme.forms.note import NoteForm, VoixCiteeForm
from tests_programme.forms.pieces import PiecesForm
from tests_programme.forms.saisie import ChangeEntreTemps
from tests_programme.models import Note, Test, Voix

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from comptes.models import Utilisateur


class DejaEcrite(Exception):
    """The same sending was already kept: an answer was lost on its way, or a button pressed twice."""

    def __init__(self, note: Note) -> None:
        super().__init__(str(note))
        self.note = note


class SaisieNote:
    """A note shown or sent back, new or not: its three forms."""

    def __init__(
        self,
        test: Test,
        user: "Utilisateur",
        note: Note | None = None,
        data: "QueryDict | None" = None,
        files: "MultiValueDict[str, Any] | None" = None,
    ) -> None:
        self.test, self.user, self._data = test, user, data
        self.note = note or Note(test=test)
        self.form = NoteForm(data, instance=self.note, test=test)
        self.pieces = PiecesForm(data, files, user=user, note=note)
        self.voix = VoixCiteeForm(data, prefix="voix")
        # Whether a voice it adds made a submitted évaluation be submitted no longer.
        self.reprise = False

    def sur(self, note: Note) -> "SaisieNote":
        """The same typing, to correct that note with; the files just received stay with it."""
        reprise = SaisieNote(self.test, self.user, note, self._data)
        reprise.is_valid()
        reprise.pieces = self.pieces
        self.pieces.ajouter(note.pieces.all())
        return reprise

    @property
    def envoi(self) -> str:
        """What tells this sending from another, drawn once for each note begun."""
        lu = getattr(self.form, "cleaned_data", {}).get("envoi")
        return str(lu or self.form.initial.get("envoi") or uuid.uuid4())

    @property
    def formulaires(self) -> list[forms.BaseForm]:
        """All of them, in the order of the page."""
        return [self.form, self.pieces, self.voix]

    @property
    def fausse(self) -> bool:
        """Whether something was sent that must be corrected."""
        return any(form.errors for form in self.formulaires)

    def is_valid(self) -> bool:
        """All three, so that every error is shown at once."""
        valides = [form.is_valid() for form in self.formulaires]
        return all(valides)

    @transaction.atomic
    def ecrire(self) -> Note:
        """Keep the new note. Raises DejaEcrite, PermissionDenied, CarnetFerme."""
        self.note.envoi = self.form.cleaned_data["envoi"]
        ecrite = self.note.ecrire(par=self.user)
        if ecrite is not self.note:
            raise DejaEcrite(ecrite)
        self._joindre(ecrite)
        return ecrite

    @transaction.atomic
    def corriger(self, vue: str) -> None:
        """Keep the changes. ``vue`` is the version the person was shown.

        Raises ChangeEntreTemps, PermissionDenied, CarnetFerme.
        """
        Test.objects.select_for_update(of=("self",)).get(pk=self.test.pk)
        if vue != self.note.version():
            raise ChangeEntreTemps
        self.note.corriger(par=self.user)
        self._joindre(self.note)

    def _joindre(self, note: Note) -> None:
        self.pieces.enregistrer(note)
        if self.voix.has_changed():
            voix = self.voix.save(commit=False)
            voix.test, voix.note = note.test, note
            voix.origine, voix.recueillie_le = Voix.Origine.JOURNAL, note.le
            voix.save()
            self.reprise = note.test.reprendre(par=self.user)

    def ecarts(self) -> list[tuple[str, str]]:
        """What is kept where the person typed something else: (label, text)."""
        gardee = Note.objects.get(pk=self.note.pk)
        lisible = {
            "texte": gardee.texte,
            "le": f"{gardee.le:%d/%m/%Y}",
            "portee": gardee.get_portee_display(),
        }
        return [
            (str(self.form.fields[nom].label), lisible[nom])
            for nom in lisible
            if getattr(gardee, nom) != self.form.cleaned_data.get(nom)
        ]
