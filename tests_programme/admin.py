"""What curateur·rices and administrateurs look after here. The life of a test is led by its team alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tests_programme.models import EntreeJournal, Programme, Seance, Test


class Plateforme(admin.ModelAdmin):  # type: ignore[type-arg]
    """Both platform roles read; curateur·rices write, when ``ecriture``."""

    ecriture = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return bool(user.is_authenticated and (user.est_curateur or user.est_administrateur))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return bool(self.ecriture and user.is_authenticated and user.est_curateur)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SeanceEnLigne(admin.TabularInline):  # type: ignore[type-arg]
    """The sessions, with their programme."""

    model = Seance
    extra = 1

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return bool(user.is_authenticated and user.est_curateur)

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


@admin.register(Programme)
class ProgrammeAdmin(Plateforme):
    """Curateur·rices animate the programmes."""

    ecriture = True
    inlines = [SeanceEnLigne]
    list_display = ["titre", "debut", "fin"]
    filter_horizontal = ["pistes", "organisations"]
    prepopulated_fields = {"cle": ["titre"]}


@admin.register(Test)
class TestAdmin(Plateforme):
    """To look only: a state changes by a transition, never by hand."""

    list_display = [
        "titre",
        "organisation",
        "etat_libelle",
        "date_peremption",
        "visibilite",
        "est_demo",
    ]
    list_select_related = ["organisation"]
    list_filter = ["visibilite", "est_demo", "programme"]
    search_fields = ["titre"]


@admin.register(EntreeJournal)
class EntreeJournalAdmin(Plateforme):
    """The history, to read."""

    list_display = ["le", "test", "libelle", "par"]
    list_select_related = ["test", "par"]
    date_hierarchy = "le"
