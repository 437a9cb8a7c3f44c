"""What one types around a text: an orientation's words, a remark, a proposal, an answer."""

from django import forms

from config.liens import LienPublicField
from config.saisie import LONGUEUR_EDITION, LONGUEUR_TEXTE
from pistes.champs import ZoneDeProse
from pistes.models import Proposition


class OrientationForm(forms.Form):
    """The words of an orientation."""

    titre = forms.CharField(label="Titre", max_length=200)
    texte = forms.CharField(
        label="Texte", max_length=LONGUEUR_EDITION, widget=ZoneDeProse({"rows": 10})
    )
    question = forms.CharField(
        label="Question",
        max_length=LONGUEUR_EDITION,
        required=False,
        widget=ZoneDeProse({"rows": 3}),
        help_text="Celle qu'une équipe peut se poser pour commencer.",
    )
    source = forms.CharField(
        label="Source", max_length=200, required=False, help_text="Document et page."
    )


class MotifForm(forms.Form):
    """Why: a remark to the author, or the reason to take a text off the site."""

    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=LONGUEUR_TEXTE,
        widget=ZoneDeProse({"rows": 3}),
        error_messages={"required": "Dites pourquoi : ces mots restent dans l'historique."},
    )


class PropositionForm(forms.Form):
    """What somebody proposes on a piste."""

    type = forms.ChoiceField(
        label="Que proposez-vous ?",
        choices=[
            ("inspiration", "Une inspiration : cela s'est fait ailleurs"),
            ("correction", "Une correction : une erreur, un oubli"),
            ("retour", "Un retour d'expérience : nous l'avons essayé"),
        ],
        widget=forms.RadioSelect,
        initial=Proposition.Type.INSPIRATION,
    )
    texte = forms.CharField(
        label="Votre proposition",
        max_length=LONGUEUR_TEXTE,
        widget=ZoneDeProse({"rows": 8}),
        help_text="Ce qui s'est passé, pour qui, et ce qu'on en retient. Ne nommez personne : "
        "une fonction suffit.",
    )
    lieu = forms.CharField(
        label="Où ?", max_length=120, required=False, help_text="Une ville, un pays, un service."
    )
    lien = LienPublicField(
        label="Lien", required=False, help_text="Une page publique qui en parle, si elle existe."
    )


class ReponseForm(forms.Form):
    """The answer to a proposal; a refusal needs its words, which the model says."""

    reponse = forms.CharField(
        label="Votre réponse",
        max_length=LONGUEUR_TEXTE,
        required=False,
        widget=ZoneDeProse({"rows": 4}),
        help_text="La personne la lira. Obligatoire pour refuser : dites pourquoi.",
    )
