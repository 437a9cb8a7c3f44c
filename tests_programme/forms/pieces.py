"""The pictures and the files of a note, as a person sends, describes and takes them off.

Whatever else is wrong with the form, a file that arrived is kept: it comes back as a line to describe.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms

from config.documents import ACCEPT_DOCUMENTS, DOCUMENTS_EN_MOTS
from config.fichiers import (
    TAILLE_DOCUMENT,
    TAILLE_IMAGE,
    FichierPret,
    FichierRefuse,
    Mo,
    preparer_document,
    preparer_image,
)
from tests_programme.forms.piece import FichiersField, Ligne
from tests_programme.garde import FichierGarde, garder, retrouver
from tests_programme.models import Note, PieceJointe
from tests_programme.models.carnet import retirer_pieces

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from comptes.models import Utilisateur

PIECES_PAR_NOTE = 20
PERDU = (
    "Un fichier gardé n'est plus là : il a attendu trop longtemps, ou il est déjà dans une note. "
    "Choisissez-le à nouveau."
)


class PiecesForm(forms.Form):
    """New files, and one line for each that is there: its description, and whether it goes."""

    use_required_attribute = False
    images = FichiersField(
        label="Photos et images",
        accept="image/*",
        help_text=f"Plusieurs à la fois si vous voulez, {TAILLE_IMAGE // Mo} Mo au plus chacune. "
        "L'endroit et l'appareil ne sont pas gardés.",
    )
    documents = FichiersField(
        label="Fichiers",
        accept=ACCEPT_DOCUMENTS,
        help_text=f"{DOCUMENTS_EN_MOTS}, {TAILLE_DOCUMENT // Mo} Mo au plus chacun.",
    )

    def __init__(
        self,
        data: "QueryDict | None" = None,
        files: "MultiValueDict[str, Any] | None" = None,
        *,
        user: "Utilisateur",
        note: Note | None = None,
    ) -> None:
        self.user = user
        self.refus: list[tuple[str | None, str]] = []
        self.lignes = [Ligne(piece) for piece in note.pieces.all()] if note else []
        if data is not None and files is not None:
            data = data.copy()
            self._reprendre(data)
            self._recevoir(data, files, "images", preparer_image)
            self._recevoir(data, files, "documents", preparer_document)
        super().__init__(data)
        for ligne in self.lignes:
            self._ajouter_champs(ligne)

    def ajouter(self, pieces: "Iterable[PieceJointe]") -> None:
        """Show these too."""
        lignes = [Ligne(piece) for piece in pieces]
        for ligne in lignes:
            self._ajouter_champs(ligne)
        self.lignes = lignes + self.lignes

    def _reprendre(self, data: "QueryDict") -> None:
        """What an earlier sending of this form left."""
        for jeton in dict.fromkeys(data.getlist("garde")[: 2 * PIECES_PAR_NOTE]):
            garde = retrouver(jeton, par=self.user)
            if garde is None:
                self.refus.append((None, PERDU))
            else:
                self.lignes.append(Ligne(garde))

    def _recevoir(
        self,
        data: "QueryDict",
        files: "MultiValueDict[str, Any]",
        champ: str,
        preparer: Callable[[Any], FichierPret],
    ) -> None:
        """Prepare and keep each new file. ``nouvelle_description``: in their order, with JavaScript."""
        descriptions = data.getlist("nouvelle_description") if champ == "images" else []
        for rang, envoye in enumerate(files.getlist(champ)):
            if len(self.lignes) >= PIECES_PAR_NOTE:
                self.refus.append(
                    (champ, f"{PIECES_PAR_NOTE} images et fichiers au plus par note.")
                )
                return
            try:
                ligne = Ligne(garder(preparer(envoye), par=self.user))
            except FichierRefuse as refus:
                self.refus.append((champ, str(refus)))
                continue
            self.lignes.append(ligne)
            if rang < len(descriptions):
                data[f"description_{ligne.cle}"] = descriptions[rang]

    def _ajouter_champs(self, ligne: Ligne) -> None:
        if ligne.est_image:
            self.fields[f"description_{ligne.cle}"] = forms.CharField(
                label=f"Décrivez l'image « {ligne.nom} »",
                required=False,
                max_length=300,
                initial=ligne.piece.texte_alternatif if ligne.piece else "",
                help_text="Ce qu'on y voit, pour les personnes qui ne la voient pas.",
            )
        self.fields[f"retirer_{ligne.cle}"] = forms.BooleanField(
            label=f"Retirer « {ligne.nom} »", required=False
        )

    def clean(self) -> dict[str, Any]:
        """Each picture that stays is described; every refused file is named."""
        saisie: dict[str, Any] = super().clean() or self.cleaned_data
        for champ, message in self.refus:
            self.add_error(champ, message)
        for ligne in self.lignes:
            nom = f"description_{ligne.cle}"
            decrite = nom in self.errors or saisie.get(nom)
            if ligne.est_image and not decrite and not saisie.get(f"retirer_{ligne.cle}"):
                self.add_error(
                    nom, "L'image est gardée. Décrivez-la en quelques mots, ou retirez-la."
                )
        return saisie

    @property
    def champs_des_lignes(self) -> list[tuple[Ligne, Any, Any]]:
        """For the page: each line, its description (None for a document), its box."""
        return [
            (
                ligne,
                self[f"description_{ligne.cle}"] if ligne.est_image else None,
                self[f"retirer_{ligne.cle}"],
            )
            for ligne in self.lignes
        ]

    def enregistrer(self, note: Note) -> None:
        """Give the note what was sent and described; take off what goes. Inside a transaction."""
        retirees = []
        for ligne in self.lignes:
            description = self.cleaned_data.get(f"description_{ligne.cle}", "")
            if self.cleaned_data[f"retirer_{ligne.cle}"]:
                retirees += [ligne.piece] if ligne.piece else []
            elif ligne.piece is None:
                _attacher(note, cast(FichierGarde, ligne.garde), description)
            elif ligne.piece.texte_alternatif != description:
                ligne.piece.texte_alternatif = description
                ligne.piece.save(update_fields=["texte_alternatif"])
        retirer_pieces(retirees)


def _attacher(note: Note, garde: FichierGarde, description: str) -> None:
    nature = PieceJointe.Nature.IMAGE if garde.est_image else PieceJointe.Nature.DOCUMENT
    note.pieces.create(
        nature=nature,
        fichier=garde.chemin,
        nom=garde.nom,
        type_mime=garde.type_mime,
        taille=garde.taille,
        largeur=garde.largeur,
        hauteur=garde.hauteur,
        texte_alternatif=description,
    )
