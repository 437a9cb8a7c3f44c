"""What a curateur·rice types to write the next text of a piste."""

from typing import Any

from django import forms
from django.forms import formset_factory

from config.liens import LienPublicField
from config.saisie import LONGUEUR_EDITION, numero
from pistes.champs import ZoneDeProse
from pistes.models import EditionPiste, Orientation, Piste, Recueil
from pistes.redaction import (
    DetailEcrit,
    InspirationEcrite,
    TextePiste,
    mot_cle_normalise,
    texte_de,
)

LONG = {"rows": 8}
# Characters of all the words of a piste together: the search keeps them in one column, which has an end.
LONGUEUR_PISTE = 150_000


# Boxes to tick; beyond, a recueil's pistes are named by their numbers.
CASES = 60


class RangsField(forms.CharField):
    """Pistes of a long recueil, by page or number: « 12, 40 ». Its value is their row numbers."""

    def __init__(self, pistes: list[Piste]) -> None:
        self.par_rang = {piste.rang: piste.pk for piste in pistes}
        super().__init__(
            label="Renvoie aux pistes",
            required=False,
            max_length=400,
            help_text="Leur page ou leur numéro dans le recueil, séparés par des virgules : 12, 40.",
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return ", ".join(str(rang) for rang, pk in self.par_rang.items() if pk in value)

    def clean(self, value: Any) -> Any:
        mots = str(super().clean(value)).replace(",", " ").split()
        inconnus = [mot for mot in mots if numero(mot) not in self.par_rang]
        if inconnus:
            raise forms.ValidationError(
                f"Aucune autre piste du recueil ne porte ce numéro : {', '.join(inconnus[:5])}."
            )
        return [self.par_rang[numero(mot)] for mot in mots]


class TextePisteForm(forms.Form):
    """The words of a piste, without its détails and inspirations."""

    titre = forms.CharField(label="Titre", max_length=200)
    accroche = forms.CharField(
        label="Accroche",
        max_length=LONGUEUR_EDITION,
        widget=ZoneDeProse({"rows": 3}),
        help_text="Une ou deux phrases.",
    )
    constat = forms.CharField(
        label="Constat",
        max_length=LONGUEUR_EDITION,
        widget=ZoneDeProse(LONG),
        help_text="Ce que la crise a montré.",
    )
    levier = forms.CharField(
        label="Levier",
        max_length=LONGUEUR_EDITION,
        widget=ZoneDeProse(LONG),
        help_text="Ce sur quoi on peut agir.",
    )
    source = forms.CharField(
        label="Source", max_length=200, required=False, help_text="Document et page."
    )
    mots_cles = forms.TypedMultipleChoiceField(
        label="Mots-clés",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    renvois = forms.TypedMultipleChoiceField(
        label="Renvoie aux pistes",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, recueil: Recueil, piste: Piste | None, incomplet: bool = False, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.orientations = list(Orientation.objects.filter(recueil=recueil))
        # Every piste of the recueil, drafts included: a renvoi waits for its piste to be public.
        pistes = recueil.pistes.avec_dernier_titre()
        self.voisines = [p for p in pistes if piste is None or p.pk != piste.pk]
        self._offrir("mots_cles", [(o.pk, f"#{o.mot_cle}") for o in self.orientations])
        if len(self.voisines) > CASES:
            self.fields["renvois"] = RangsField(self.voisines)
        else:
            self._offrir("renvois", [(p.pk, p.titre or f"Page {p.rang}") for p in self.voisines])
        if incomplet:
            for nom in ("accroche", "constat", "levier"):
                self.fields[nom].required = False

    def _offrir(self, nom: str, choix: list[tuple[int, str]]) -> None:
        champ = self.fields[nom]
        assert isinstance(champ, forms.TypedMultipleChoiceField)
        champ.choices = choix


class DetailForm(forms.Form):
    """A titled point."""

    titre = forms.CharField(
        label="Titre du détail",
        max_length=300,
        required=False,
        help_text="Vide pour un texte qui ouvre les détails.",
    )
    texte = forms.CharField(
        label="Texte du détail",
        max_length=LONGUEUR_EDITION,
        required=False,
        widget=ZoneDeProse(LONG),
    )


class InspirationForm(forms.Form):
    """Somewhere it has been done."""

    titre = forms.CharField(label="Titre de l'inspiration", max_length=300)
    lieu = forms.CharField(label="Lieu", max_length=120, required=False)
    pays = forms.CharField(label="Pays", max_length=60, required=False)
    texte = forms.CharField(
        label="Texte",
        max_length=LONGUEUR_EDITION,
        required=False,
        widget=ZoneDeProse({"rows": 5}),
    )
    lien = LienPublicField(
        label="Lien",
        required=False,
        help_text="Adresse complète, par exemple https://exemple.fr/page",
    )


DetailFormSet = formset_factory(
    DetailForm, extra=2, can_delete=True, max_num=40, absolute_max=60, validate_max=True
)
InspirationFormSet = formset_factory(
    InspirationForm, extra=2, can_delete=True, max_num=40, absolute_max=60, validate_max=True
)


class Redaction:
    """The three forms of the page, bound together. ``incomplet``: a text may wait for some of its parts."""

    def __init__(
        self,
        texte: TextePiste,
        donnees: Any = None,
        *,
        recueil: Recueil,
        piste: Piste | None,
        incomplet: bool = False,
    ) -> None:
        self.base = texte
        self.texte = TextePisteForm(donnees, recueil=recueil, piste=piste, incomplet=incomplet)
        mots = {mot_cle_normalise(mot) for mot in texte.mots_cles}
        orientations, voisines = self.texte.orientations, self.texte.voisines
        self.texte.initial = {
            **vars(texte),
            "mots_cles": [o.pk for o in orientations if mot_cle_normalise(o.mot_cle) in mots],
            "renvois": [p.pk for p in voisines if p.rang in texte.renvois],
        }
        self.details = DetailFormSet(
            donnees, prefix="details", initial=[vars(d) for d in texte.details]
        )
        self.inspirations = InspirationFormSet(
            donnees, prefix="inspirations", initial=[vars(i) for i in texte.inspirations]
        )

    @classmethod
    def depuis(cls, edition: EditionPiste, donnees: Any = None) -> "Redaction":
        """The form that goes on from an edition (``pour_redaction``)."""
        piste, texte = edition.piste, texte_de(edition)
        incomplet = not (texte.accroche and texte.constat and texte.levier)
        return cls(texte, donnees, recueil=piste.recueil, piste=piste, incomplet=incomplet)

    def is_valid(self) -> bool:
        """All three, so that every error shows at once; then their length together."""
        if not all([self.texte.is_valid(), self.details.is_valid(), self.inspirations.is_valid()]):
            return False
        if self.ecrit().longueur > LONGUEUR_PISTE:
            self.texte.add_error(
                None,
                f"Le texte de la piste, détails et inspirations compris, dépasse {LONGUEUR_PISTE // 1000} 000 "
                "caractères : raccourcissez-le.",
            )
            return False
        return True

    def ecrit(self) -> TextePiste:
        """The text that was typed."""
        donnees = self.texte.cleaned_data
        return TextePiste(
            **{nom: donnees[nom] for nom in ("titre", "accroche", "constat", "levier", "source")},
            autres_titres=self.base.autres_titres,
            details=[DetailEcrit(**ligne) for ligne in _gardees(self.details)],
            inspirations=[InspirationEcrite(**ligne) for ligne in _gardees(self.inspirations)],
            mots_cles=[o.mot_cle for o in self.texte.orientations if o.pk in donnees["mots_cles"]],
            renvois=sorted(p.rang for p in self.texte.voisines if p.pk in donnees["renvois"]),
        )


def _gardees(formset: Any) -> list[dict[str, str]]:
    """The rows that were filled and not struck out."""
    return [
        {nom: valeur for nom, valeur in ligne.items() if nom != "DELETE"}
        for ligne in formset.cleaned_data
        if not ligne.get("DELETE") and any(ligne.values())
    ]
