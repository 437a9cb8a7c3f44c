"""What a curateur·rice types to write the next text of a piste."""

from typing import Any

from django import forms
from django.forms import formset_factory

from config.saisie import LONGUEUR_EDITION, ZoneDeTexte
from pistes.models import EditionPiste, Orientation, Piste
from pistes.redaction import DetailEcrit, InspirationEcrite, TextePiste, texte_de

LONG = {"rows": 8}
# Characters of all the words of a piste together: the search keeps them in one column, which has an end.
LONGUEUR_PISTE = 150_000


class TextePisteForm(forms.Form):
    """The words of a piste, without its détails and inspirations."""

    titre = forms.CharField(label="Titre", max_length=200)
    accroche = forms.CharField(
        label="Accroche",
        max_length=LONGUEUR_EDITION,
        widget=ZoneDeTexte({"rows": 3}),
        help_text="Une ou deux phrases.",
    )
    constat = forms.CharField(
        label="Constat",
        max_length=LONGUEUR_EDITION,
        widget=ZoneDeTexte(LONG),
        help_text="Ce que la crise a montré.",
    )
    levier = forms.CharField(
        label="Levier",
        max_length=LONGUEUR_EDITION,
        widget=ZoneDeTexte(LONG),
        help_text="Ce sur quoi on peut agir.",
    )
    source = forms.CharField(
        label="Source", max_length=200, required=False, help_text="Document et page."
    )
    mots_cles = forms.ModelMultipleChoiceField(
        Orientation.objects.none(),
        label="Mots-clés",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    renvois = forms.ModelMultipleChoiceField(
        Piste.objects.none(),
        label="Renvoie aux pistes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, piste: Piste, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mots_cles"].queryset = Orientation.objects.filter(recueil=piste.recueil_id)  # type: ignore[attr-defined]
        self.fields["mots_cles"].label_from_instance = lambda o: f"#{o.mot_cle}"  # type: ignore[attr-defined]
        voisines = Piste.objects.publiees().filter(recueil=piste.recueil_id).exclude(pk=piste.pk)
        titres = dict(
            EditionPiste.objects.publies()
            .filter(piste__recueil=piste.recueil_id)
            .values_list("piste_id", "titre")
        )
        self.fields["renvois"].queryset = voisines  # type: ignore[attr-defined]
        self.fields["renvois"].label_from_instance = lambda p: titres.get(p.pk, str(p))  # type: ignore[attr-defined]


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
        widget=ZoneDeTexte(LONG),
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
        widget=ZoneDeTexte({"rows": 5}),
    )
    lien = forms.URLField(
        label="Lien", max_length=500, required=False, assume_scheme="https",
        help_text="Adresse complète, par exemple https://exemple.fr/page",
    )  # fmt: skip


DetailFormSet = formset_factory(
    DetailForm, extra=2, can_delete=True, max_num=40, absolute_max=60, validate_max=True
)
InspirationFormSet = formset_factory(
    InspirationForm, extra=2, can_delete=True, max_num=40, absolute_max=60, validate_max=True
)


class Redaction:
    """The three forms of the page, bound together."""

    def __init__(self, base: EditionPiste, donnees: Any = None) -> None:
        self.base = texte_de(base)
        self.texte = TextePisteForm(
            donnees,
            piste=base.piste,
            initial={
                "titre": base.titre,
                "accroche": base.accroche,
                "constat": base.constat,
                "levier": base.levier,
                "source": base.source,
                "mots_cles": [orientation.pk for orientation in base.mots_cles.all()],
                "renvois": [renvoi.vers_id for renvoi in base.renvois.all()],
            },
        )
        self.details = DetailFormSet(
            donnees, prefix="details", initial=[vars(d) for d in self.base.details]
        )
        self.inspirations = InspirationFormSet(
            donnees, prefix="inspirations", initial=[vars(i) for i in self.base.inspirations]
        )

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
            mots_cles=[orientation.mot_cle for orientation in donnees["mots_cles"]],
            renvois=sorted(piste.rang for piste in donnees["renvois"]),
        )


def _gardees(formset: Any) -> list[dict[str, str]]:
    """The rows that were filled and not struck out."""
    return [
        {nom: valeur for nom, valeur in ligne.items() if nom != "DELETE"}
        for ligne in formset.cleaned_data
        if not ligne.get("DELETE") and any(ligne.values())
    ]
