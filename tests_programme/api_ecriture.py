"""Logging a test and its journal from another tool: the forms of the pages, asked in JSON.

Docstrings of serializers are in French: the API's public documentation shows them.
"""

import uuid
from typing import Any, cast

from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request

from comptes.models import Organisation, Utilisateur
from config.jours import jour_de
from reflexes.models import empreinte_de
from tests_programme.forms import EssentielForm
from tests_programme.forms.note import NoteForm
from tests_programme.models import Note, Test
from tests_programme.models.carnet import CarnetFerme
from tests_programme.perms import peut_modifier


class TestANoterSerializer(serializers.Serializer[Any]):
    """Ce qu'il faut pour préparer un test ; le reste se remplit sur le site."""

    __test__ = False

    titre = serializers.CharField(max_length=200)
    organisation = serializers.IntegerField(
        required=False, help_text="Inutile quand vous n'en avez qu'une."
    )
    piste = serializers.SlugField(help_text="L'adresse de la piste (`slug`).", max_length=200)
    programme = serializers.CharField(required=False, help_text="La clé du programme.")
    contexte = serializers.CharField(required=False, allow_blank=True)
    visibilite = serializers.ChoiceField(choices=Test.Visibilite.choices, required=False)
    envoi = serializers.UUIDField(
        required=False, help_text="Tiré par vous : le même, envoyé deux fois, ne fait qu'un test."
    )


class NoteANoterSerializer(serializers.Serializer[Any]):
    """Une note datée."""

    texte = serializers.CharField()
    le = serializers.DateField(required=False, help_text="Aujourd'hui, sans lui.")
    portee = serializers.ChoiceField(choices=Note.Portee.choices, required=False)
    envoi = serializers.UUIDField(
        required=False, help_text="Tiré par vous : le même, envoyé deux fois, ne fait qu'une note."
    )


class NoteSerializer(serializers.ModelSerializer[Note]):
    """Une note du journal de bord."""

    class Meta:
        model = Note
        fields = ["id", "le", "texte", "portee", "ecrite_le"]


def preparer_un_test(request: Request) -> Test:
    """Open a draft. Raises ValidationError, PermissionDenied for somebody without organisation."""
    dit = _lire(TestANoterSerializer, request)
    user = cast(Utilisateur, request.user)
    siennes = list(Organisation.objects.de_membre(user)[:2])
    if not siennes:
        raise PermissionDenied("Rejoignez d'abord une organisation, sur le site.")
    form = EssentielForm(_pour_le_formulaire(dit, siennes), user=user)
    if not form.is_valid():
        raise ValidationError(cast(Any, form.errors))
    envoi = empreinte_de([str(user.pk), str(dit.get("envoi") or uuid.uuid4())])
    return Test.ouvrir(par=user, empreinte_envoi=envoi, **form.cleaned_data)


def noter(request: Request, test: Test) -> Note:
    """Keep a note. Raises ValidationError; PermissionDenied when the test is only seen."""
    dit = _lire(NoteANoterSerializer, request)
    user = cast(Utilisateur, request.user)
    if not peut_modifier(user, test):
        raise PermissionDenied("Ce test n'est pas de votre organisation.")
    donnees = {
        "texte": dit["texte"],
        "le": (dit.get("le") or jour_de()).isoformat(),
        "portee": dit.get("portee", Note.Portee.EQUIPE),
        "envoi": str(dit.get("envoi") or uuid.uuid4()),
    }
    form = NoteForm(donnees, test=test, instance=Note(test=test))
    if not form.is_valid():
        raise ValidationError(cast(Any, form.errors))
    form.instance.envoi = form.cleaned_data["envoi"]
    try:
        return cast(Note, form.instance.ecrire(par=user))
    except CarnetFerme as erreur:
        raise ValidationError({"test": ["Son journal de bord est fermé."]}) from erreur


def _lire(lecteur: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    lu = lecteur(data=request.data)
    lu.is_valid(raise_exception=True)
    return cast("dict[str, Any]", lu.validated_data)


def _pour_le_formulaire(dit: dict[str, Any], siennes: list[Organisation]) -> dict[str, Any]:
    """As the page would send it: keys of rows for what the API names by address."""
    from pistes.models import Piste
    from tests_programme.models import Programme

    piste = Piste.objects.publiees().filter(slug=dit["piste"]).first()
    cle = dit.get("programme", "")
    programme = Programme.objects.filter(cle=cle).first() if cle else None
    if cle and programme is None:
        raise ValidationError({"programme": ["Aucun programme n'a cette clé."]})
    seule = siennes[0].pk if len(siennes) == 1 else ""
    return {
        "titre": dit["titre"],
        "organisation": dit.get("organisation", seule),
        "piste": piste.pk if piste else "",
        "programme": programme.pk if programme else "",
        "contexte": dit.get("contexte", ""),
        "visibilite": dit.get("visibilite", Test.Visibilite.PUBLIC),
    }
