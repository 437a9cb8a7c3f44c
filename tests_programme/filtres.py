"""What narrows the list of tests, on the screen and in its exports."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from comptes.champs import OrganisationNommee, cles_de
from comptes.models import Organisation, Utilisateur
from config.filtres import Filtre
from config.recherche import requete_francaise
from pistes.champs import ChoixDePiste
from tests_programme.champs import ChoixDeProgramme
from tests_programme.models import Test
from tests_programme.querysets import TestQuerySet

JAMAIS_DEMARRES = {Test.Etat.PREPARATION, Test.Etat.ABANDONNE}


class FiltreTests(Filtre):
    """``?etat=``, ``?piste=`` (slug), ``?organisation=`` (name or pk), ``?programme=`` (clé), ``?q=``.

    ``user`` is the reader: only the organisations they may see are found by their name.
    """

    etat = forms.ChoiceField(
        label="État",
        choices=[("", "Tous les états"), *Test.Etat.choices, ("recit", "Récits documentés")],
        required=False,
    )
    piste = ChoixDePiste(
        label="Piste", to_field_name="slug", required=False, empty_label="Toutes les pistes"
    )
    organisation = OrganisationNommee(label="Organisation (le début de son nom)", required=False)
    programme = ChoixDeProgramme(
        label="Programme", required=False, empty_label="Tous les programmes"
    )
    q = forms.CharField(label="Mots", max_length=200, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: Utilisateur | AnonymousUser | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        organisation: Any = self.fields["organisation"]
        programme: Any = self.fields["programme"]
        programme.demande = self.data.get("programme", "").replace("\x00", "")
        self.lecteur = user or AnonymousUser()
        organisation.parmi = Organisation.objects.visible_to(self.lecteur)

    def appliquer(self, tests: TestQuerySet, at: dt.datetime | None = None) -> TestQuerySet:
        """The tests that the filter keeps at an instant (now when None), in the order they came."""
        if not self.is_valid():
            return tests.none()
        if etat := self.cleaned_data["etat"]:
            tests = tests.dans_l_etat(etat, at)
            if etat in JAMAIS_DEMARRES:
                tests = tests.jamais_demarres_pour(self.lecteur)
        for champ in ("piste", "programme"):
            if valeur := self.cleaned_data[champ]:
                tests = tests.filter(**{champ: valeur})
        if (organisations := self.cleaned_data["organisation"]) is not None:
            tests = tests.filter(organisation__in=organisations)
        if requete := requete_francaise(self.cleaned_data["q"]):
            nommees = cles_de(Organisation.objects.nommees(self.cleaned_data["q"]))
            tests = tests.filter(Q(recherche=requete) | Q(organisation__in=nommees))
        return tests
