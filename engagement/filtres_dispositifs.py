"""What narrows the list of dispositifs: where one is, what one can offer, in whose name."""

from django import forms

from config.filtres import Filtre
from engagement.forms.territoire import territoires_nommes
from engagement.modeles import MODELES
from engagement.querysets import DispositifQuerySet

QUOI = {"temps": "du_temps", "lieu": "des_lieux", "materiel": "du_materiel"}
QUI = {"agent": "aux_agents", "habitant": "aux_habitants", "organisation": "aux_organisations"}


class FiltreDispositifs(Filtre):
    """Open ones unless asked otherwise."""

    territoire = forms.CharField(
        label="Où", required=False, max_length=120, help_text="Commune ou code postal."
    )
    quoi = forms.ChoiceField(
        label="Ce que je peux offrir",
        required=False,
        choices=[
            ("", "Tout"),
            ("temps", "Du temps"),
            ("lieu", "Un lieu"),
            ("materiel", "Du matériel"),
        ],
    )
    qui = forms.ChoiceField(
        label="Je suis",
        required=False,
        choices=[
            ("", "Peu importe"), ("agent", "Agent·e"), ("habitant", "Habitant·e"),
            ("organisation", "Une organisation"),
        ],
    )  # fmt: skip
    modele = forms.ChoiceField(
        label="Sorte de dispositif",
        required=False,
        choices=[("", "Toutes"), *((m.cle, m.nom) for m in MODELES.values())],
    )
    etat = forms.ChoiceField(
        label="Lesquels",
        required=False,
        choices=[("", "Ouverts"), ("clos", "Fermés, avec leur récit")],
    )

    def appliquer(self, dispositifs: DispositifQuerySet) -> DispositifQuerySet:
        """One query more when a territory is named."""
        if not self.is_valid():
            return dispositifs.none()
        choix = self.cleaned_data
        if choix["etat"]:
            dispositifs = dispositifs.finis()
        else:
            dispositifs = dispositifs.exclude(pk__in=dispositifs.finis().values("pk"))
        if choix["territoire"]:
            dispositifs = dispositifs.sur(territoires_nommes(choix["territoire"]))
        for nom, champs in (("quoi", QUOI), ("qui", QUI)):
            if choix[nom]:
                dispositifs = dispositifs.filter(**{champs[choix[nom]]: True})
        if choix["modele"]:
            dispositifs = dispositifs.filter(modele=choix["modele"])
        return dispositifs
