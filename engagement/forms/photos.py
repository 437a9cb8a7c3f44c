"""A picture of what is lent: one at a time, described, made small and stripped of where it was taken."""

from typing import Any

from django import forms

from config.fichiers import FichierPret, FichierRefuse, preparer_image
from engagement.models import Offre, PhotoOffre

PHOTOS = 6


class PhotoForm(forms.Form):
    """``fichier`` once cleaned is a FichierPret."""

    use_required_attribute = False
    fichier = forms.FileField(
        label="Ajouter une photo",
        widget=forms.ClearableFileInput({"accept": "image/*"}),
        help_text="L'endroit où elle a été prise et l'appareil ne sont pas gardés.",
        error_messages={"required": "Choisissez une photo.", "empty": "Ce fichier est vide."},
    )
    description = forms.CharField(
        label="Ce qu'on y voit",
        max_length=200,
        help_text="Pour les personnes qui ne la voient pas : « la salle vue de l'entrée ».",
    )

    def __init__(self, data: Any = None, files: Any = None, *, offre: Offre) -> None:
        super().__init__(data, files)
        self.offre = offre

    def clean_fichier(self) -> FichierPret:
        """A picture, whatever it is called. Raises ValidationError."""
        try:
            return preparer_image(self.cleaned_data["fichier"])
        except FichierRefuse as refus:
            raise forms.ValidationError(str(refus)) from refus

    def clean(self) -> dict[str, Any]:
        """A few are enough to know what it looks like."""
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if self.offre.photos.count() >= PHOTOS:
            raise forms.ValidationError(f"{PHOTOS} photos au plus : retirez-en une d'abord.")
        return donnees

    def attacher(self) -> PhotoOffre:
        """Keep it with its offer."""
        pret: FichierPret = self.cleaned_data["fichier"]
        photo: PhotoOffre = self.offre.photos.create(
            fichier=pret.contenu,
            description=self.cleaned_data["description"],
            type_mime=pret.type_mime,
            largeur=pret.largeur,
            hauteur=pret.hauteur,
        )
        return photo
