"""The évaluation, its observed values, voices and lessons: everything may wait, as a draft."""

from typing import Any

from django import forms

from config.saisie import ZoneDeTexte
from pistes.champs import ChoixDePiste
from tests_programme.forms.dates_bornees import JourPlausible
from tests_programme.models import Critere, Enseignement, Evaluation, Test


class EvaluationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The answer and the suites."""

    use_required_attribute = False
    suites_date = JourPlausible(label="À partir du", required=False)

    class Meta:
        model = Evaluation
        fields = [
            "verdict", "reponse", "inattendu", "conditions", "autonomie", "sans_voix",
            "suites", "suites_texte", "suites_defait", "suites_changement",
            "suites_porteur", "suites_cadre", "suites_date",
        ]  # fmt: skip
        widgets = {
            "verdict": forms.RadioSelect,
            "suites": forms.RadioSelect,
            **{
                nom: ZoneDeTexte({"rows": 3})
                for nom in (
                    "reponse",
                    "inattendu",
                    "conditions",
                    "autonomie",
                    "sans_voix",
                    "suites_texte",
                    "suites_defait",
                    "suites_changement",
                    "suites_cadre",
                )
            },
        }
        help_texts = {
            "inattendu": "Si rien n'a surpris, dites-le.",
            "sans_voix": "Seulement si personne n'a pu être entendu.",
            "conditions": "Les gens, le lieu, le moment, la météo comprise. Qui voudra refaire ce test "
            "commencera par là.",
            "autonomie": "Ce qui continue quand on cesse de s'en occuper, même si c'est « rien ».",
            "suites_defait": "Ce qu'on range, ce qu'on rend, qui l'a su. S'arrêter là est une vraie réponse.",
            "suites_changement": "Une seule : sinon, on ne saura pas ce qui a fait la différence. Elle sera "
            "reprise dans le test suivant.",
            "suites_porteur": "Une fonction, jamais un nom : « cheffe du service éducation ».",
            "suites_date": "Six mois après, un message vous demandera si cela tient toujours.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A radio needs no blank choice: leaving it alone is the draft.
        choix_sans_vide = {
            "verdict": Evaluation.Verdict.choices,
            "suites": Evaluation.Suites.choices,
        }
        for nom, choix in choix_sans_vide.items():
            champ = self.fields[nom]
            assert isinstance(champ, forms.TypedChoiceField)
            champ.choices = choix

    def enregistrer(self) -> None:
        """Write what this form asks, and nothing else: meanwhile somebody may have submitted it or handed
        it back. The caller has locked the test.
        """
        brouillon, _ = Evaluation.objects.get_or_create(test=self.instance.test)
        for nom in self.Meta.fields:
            setattr(brouillon, nom, self.cleaned_data[nom])
        brouillon.save(update_fields=self.Meta.fields)

    # Asked of those suites only: the page groups them, and hides those of the others.
    SUITES = {
        "abandonner": ("suites_defait",),
        "iterer": ("suites_changement",),
        "perenniser": ("suites_porteur", "suites_cadre", "suites_date"),
    }

    @property
    def de_la_reponse(self) -> list[forms.BoundField]:
        """The fields that come before the suites."""
        return [self[nom] for nom in self.Meta.fields if not nom.startswith("suites")]

    @property
    def des_suites(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """What each kind of suites asks for: (key, heading, fields)."""
        return [
            (cle, str(Evaluation.Suites(cle).label), [self[nom] for nom in noms])
            for cle, noms in self.SUITES.items()
        ]


class ValeursForm(forms.Form):
    """What was observed, one field a critère."""

    use_required_attribute = False

    def __init__(self, *args: Any, test: Test, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteres: list[Critere] = list(test.criteres.all())
        for critere in self.criteres:
            unite = f" ({critere.unite})" if critere.unite else ""
            aide = [
                f"{mot} : {valeur}."
                for mot, valeur in (
                    ("Au départ", critere.valeur_depart),
                    ("Attendu", critere.attendu),
                    ("Nous surprendrait", critere.surprise),
                )
                if valeur
            ]
            self.fields[f"critere_{critere.pk}"] = forms.CharField(
                label=f"{critere.libelle}{unite}",
                help_text=" ".join(aide),
                initial=critere.valeur_observee,
                required=False,
                max_length=2000,
                widget=ZoneDeTexte({"rows": 2}),
            )

    def enregistrer(self) -> None:
        """Write the values that changed."""
        for critere in self.criteres:
            valeur = self.cleaned_data[f"critere_{critere.pk}"]
            if valeur != critere.valeur_observee:
                critere.valeur_observee = valeur
                critere.save(update_fields=["valeur_observee"])


class EnseignementForm(forms.ModelForm):  # type: ignore[type-arg]
    """A lesson, about the test's piste unless said otherwise."""

    use_required_attribute = False
    piste = ChoixDePiste(label="Piste", empty_label=None)

    class Meta:
        model = Enseignement
        fields = ["type", "texte", "piste"]
        widgets = {"texte": ZoneDeTexte({"rows": 3})}

    def __init__(self, data: Any = None, *, test: Test, **kwargs: Any) -> None:
        super().__init__(data, initial={"piste": test.piste_id}, **kwargs)
