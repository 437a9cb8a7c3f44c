"""Atom feeds: the latest pistes, tests and lessons everybody may read."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from config.jours import instant_de, jour_de
from pistes.models import EditionPiste
from tests_programme.models import Enseignement, Test

NOMBRE = 30
LONGUEUR = 500


class FluxAtom(Feed):  # type: ignore[type-arg]
    """What the three share; subclasses say what, in which order, and since when."""

    feed_type = Atom1Feed
    language = "fr"
    author_name = "Réflexes publics"

    def item_title(self, item: Any) -> str:
        return str(item)

    def item_link(self, item: Any) -> str:
        return str(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """It stays when the address changes."""
        return f"{item._meta.label_lower}:{item.pk}"

    item_guid_is_permalink = False


class FluxPistes(FluxAtom):
    """The pistes, last published first."""

    title = "Réflexes publics : les pistes"
    description = "Les pistes publiées, les dernières d'abord."

    def link(self) -> str:
        return reverse("pistes:liste")

    def items(self) -> Any:
        editions = EditionPiste.objects.publies().select_related("piste__recueil")
        return editions.order_by("-publie_le", "-pk")[:NOMBRE]

    def item_title(self, item: Any) -> str:
        return str(item.titre)

    def item_description(self, item: Any) -> str:
        return str(item.accroche)[:LONGUEUR]

    def item_link(self, item: Any) -> str:
        return str(item.piste.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        return f"pistes.piste:{item.piste_id}"

    def item_updateddate(self, item: Any) -> dt.datetime | None:
        publie_le: dt.datetime | None = item.publie_le
        return publie_le


class FluxTests(FluxAtom):
    """The public tests, last started first."""

    title = "Réflexes publics : les tests"
    description = "Les tests que tout le monde peut lire, les derniers d'abord."

    def link(self) -> str:
        return reverse("tests_programme:liste")

    def items(self) -> Any:
        tests = Test.objects.publics().filter(est_demo=False).select_related("organisation")
        return tests.order_by("-cree_le", "-pk")[:NOMBRE]

    def item_title(self, item: Any) -> str:
        return f"{item.titre} ({item.etat_en_mots()})"

    def item_description(self, item: Any) -> str:
        return f"{item.organisation} : {item.hypothese}"[:LONGUEUR]

    def item_updateddate(self, item: Any) -> dt.datetime:
        modifie_le: dt.datetime = item.modifie_le
        return modifie_le


class FluxEnseignements(FluxAtom):
    """The published lessons, newest first."""

    title = "Réflexes publics : les enseignements"
    description = "Ce que les tests ont appris, le plus récent d'abord."

    def link(self) -> str:
        return reverse("tests_programme:enseignements")

    def items(self) -> Any:
        lecons = Enseignement.objects.publics().filter(test__est_demo=False)
        dates = Coalesce("test__evaluation__publiee_le", "test__cree_le")
        return lecons.annotate(publie_le=dates).recents()[:NOMBRE]

    def item_title(self, item: Any) -> str:
        return f"{item.get_type_display()} : {item.texte[:80]}"

    def item_description(self, item: Any) -> str:
        return f"{item.texte} ({item.test.organisation})"[:LONGUEUR]

    def item_link(self, item: Any) -> str:
        return str(item.test.get_absolute_url())

    def item_updateddate(self, item: Any) -> dt.datetime:
        return item.publie_le or instant_de(jour_de())
