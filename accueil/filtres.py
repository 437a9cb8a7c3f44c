"""What narrows a search among the pistes: those of their list, and the state of their tests."""

from typing import TYPE_CHECKING, Any

from django import forms

from pistes.filtres import FiltrePistes
from pistes.models import EditionPiste
from pistes.querysets import EditionPisteQuerySet
from tests_programme.models import Test

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

AUCUN = "aucun"
ETATS = [
    ("", "Peu importe"),
    ("en_cours", "Un test en cours"),
    ("a_evaluer", "Un test à évaluer"),
    ("evalue", "Un test évalué"),
    ("abandonne", "Un test abandonné"),
    ("recit", "Un récit de test"),
    (AUCUN, "Aucun test encore"),
]


class FiltreDesPistes(FiltrePistes):
    """``?recueil=``, ``?orientation=``, ``?mot_cle=`` and ``?tests=`` (a state, or ``aucun``)."""

    q = None  # type: ignore[assignment] # the words are the search itself
    tests = forms.ChoiceField(label="Ses tests", choices=ETATS, required=False)

    def appliquer_pour(
        self, editions: Any, user: "Utilisateur | AnonymousUser"
    ) -> EditionPisteQuerySet:
        """The editions the filter keeps; the tests counted are those this reader may see."""
        if not self.is_valid():
            return EditionPiste.objects.none()
        gardees = self.appliquer(editions)
        etat = self.cleaned_data["tests"]
        if not etat:
            return gardees
        visibles = Test.objects.visible_to(user)
        if etat == AUCUN:
            return gardees.exclude(piste__in=visibles.values("piste"))
        return gardees.filter(piste__in=visibles.dans_l_etat(etat).values("piste"))
