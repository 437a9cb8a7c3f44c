"""When a need is: one day, several, or every week; from and until for a loan. Half-days, never hours."""

import datetime as dt
import re
from typing import Any

from django import forms

from config.saisie import ZoneDeTexte
from engagement import creneaux
from engagement.forms.dates import Jour
from engagement.semaine import JOURS, MOMENTS, DemiJournee

# « mardi 12/01/2027 matin », « 2027-01-12 ».
LIGNE = re.compile(
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)?\s*(?:le\s+)?"
    r"(?:(?P<j>\d{1,2})[/.\-](?P<m>\d{1,2})[/.\-](?P<a>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))"
    r"\s*,?\s*(?P<moment>matin|apr[eè]s[- ]midi)?",
    re.I,
)
LIGNES = 400


class QuandForm(forms.Form):
    """``demi_journees`` once valid; for a loan, ``debut`` and ``fin``."""

    use_required_attribute = False

    quand = forms.ChoiceField(
        label="C'est pour",
        choices=[
            ("jour", "Un jour"), ("jours", "Plusieurs jours"), ("semaines", "Toutes les semaines"),
        ],
        initial="jour",
        required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    jour = Jour(label="Quel jour", required=False)
    jours = forms.CharField(
        label="Quels jours",
        help_text="Un par ligne : « 12/01/2027 », ou « 12/01/2027 matin » si la moitié de la journée change d'un "
        "jour à l'autre.",
        required=False,
        max_length=20_000,
        widget=ZoneDeTexte(attrs={"rows": 4}),
    )
    jours_semaine = forms.MultipleChoiceField(
        label="Quels jours de la semaine",
        choices=[(str(n), nom.capitalize()) for n, nom in enumerate(JOURS)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    debut = Jour(label="Du", required=False)
    fin = Jour(label="Au", required=False)
    feries = forms.BooleanField(label="Aussi les jours fériés", required=False)
    moments = forms.MultipleChoiceField(
        label="Quelle moitié de la journée",
        choices=[(str(n), nom.capitalize()) for n, nom in enumerate(MOMENTS)],
        help_text="Cochez les deux pour la journée entière.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, pret: bool = False, deja: int = 0, **kwargs: Any) -> None:
        """``deja``: how many half-days the need has already."""
        super().__init__(*args, **kwargs)
        self.pret, self.deja, self.lieu = pret, deja, ""
        self.demi_journees: list[DemiJournee] = []
        self.sautes: list[tuple[dt.date, str]] = []

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if self.pret:
            self._periode(donnees)
            return donnees
        facon = donnees.get("quand") or "jour"
        moments = [int(m) for m in donnees.get("moments", [])]
        lire = {"jour": self._un_jour, "jours": self._des_jours, "semaines": self._des_semaines}
        self.demi_journees = sorted(set(lire[facon](donnees, moments)))
        if not self.errors:
            champ = {"jour": "jour", "jours": "jours", "semaines": "debut"}[facon]
            for obstacle in creneaux.obstacles(self.demi_journees, deja=self.deja):
                self.add_error(champ, obstacle)
        return donnees

    def _un_jour(self, donnees: dict[str, Any], moments: list[int]) -> list[DemiJournee]:
        if donnees.get("jour") is None and "jour" not in self.errors:
            self.add_error("jour", "Dites quel jour.")
        self._exiger(moments)
        return [(donnees["jour"], m) for m in moments] if donnees.get("jour") else []

    def _des_jours(self, donnees: dict[str, Any], moments: list[int]) -> list[DemiJournee]:
        lus: list[DemiJournee] = []
        faux = []
        lignes = [bout.strip() for bout in re.split(r"[\n;,]+", donnees.get("jours", ""))]
        lignes = [ligne for ligne in lignes if ligne]
        for ligne in lignes[:LIGNES]:
            trouve = LIGNE.fullmatch(ligne)
            jour = _date(trouve) if trouve else None
            if trouve is None or jour is None:
                faux.append(f"« {ligne[:60]} »")
                continue
            siens = (
                [0 if trouve["moment"].lower() == "matin" else 1] if trouve["moment"] else moments
            )
            if not siens:
                self._exiger(siens)
            lus += [(jour, m) for m in siens]
        if faux:
            self.add_error("jours", f"Nous n'avons pas compris : {', '.join(faux[:5])}.")
        elif not lignes and "jours" not in self.errors:
            self.add_error("jours", "Écrivez au moins un jour.")
        if len(lignes) > LIGNES:
            self.add_error("jours", f"{LIGNES} lignes au plus.")
        return lus

    def _des_semaines(self, donnees: dict[str, Any], moments: list[int]) -> list[DemiJournee]:
        jours = [int(j) for j in donnees.get("jours_semaine", [])]
        if not jours and "jours_semaine" not in self.errors:
            self.add_error("jours_semaine", "Cochez au moins un jour de la semaine.")
        self._exiger(moments)
        if not self._periode(donnees) or self.errors:
            return []
        if donnees["fin"] - donnees["debut"] > creneaux.LE_PLUS_LOIN:
            self.add_error("fin", "Trois ans au plus.")
            return []
        regle = creneaux.appliquer(
            du=donnees["debut"], au=donnees["fin"], jours=jours, moments=moments,
            avec_feries=donnees.get("feries", False), lieu=self.lieu,
        )  # fmt: skip
        if not donnees.get("feries"):
            self.sautes = regle.feries
        if not regle.demi_journees:
            self.add_error("fin", "Aucun de ces jours ne tombe dans cette période.")
        return regle.demi_journees

    def _periode(self, donnees: dict[str, Any]) -> bool:
        """Both days, in their order; for a loan, not over yet."""
        debut, fin = donnees.get("debut"), donnees.get("fin")
        for nom, valeur, mots in (("debut", debut, "Dites à partir de quel jour."),
                                  ("fin", fin, "Dites jusqu'à quel jour.")):  # fmt: skip
            if valeur is None and nom not in self.errors:
                self.add_error(nom, mots)
        if debut and fin and fin < debut:
            self.add_error("fin", "La fin vient après le début.")
            return False
        if self.pret and debut and creneaux.est_passe(debut, 1):
            self.add_error("debut", "Ce jour est déjà passé.")
        return bool(debut and fin)

    def _exiger(self, moments: list[int]) -> None:
        if not moments and "moments" not in self.errors:
            self.add_error("moments", "Dites le matin, l'après-midi ou les deux.")


def _date(trouve: "re.Match[str]") -> dt.date | None:
    """None for the 31st of February, or a year nobody lives in."""
    try:
        if trouve["iso"]:
            jour = dt.date.fromisoformat(trouve["iso"])
        else:
            jour = dt.date(int(trouve["a"]), int(trouve["m"]), int(trouve["j"]))
    except ValueError:
        return None
    return jour if 2000 <= jour.year <= 2099 else None
