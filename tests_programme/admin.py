"""What curateur·rices and administrateurs look after here. The life of a test is led by its team alone."""

from django.contrib import admin

from comptes.administration import EnLectureSeule, ReserveAuxCurateurs
from reflexes.admin import SansSuppression
from tests_programme.models import EntreeJournal, Programme, Seance, Test


class SeanceEnLigne(ReserveAuxCurateurs, admin.TabularInline):  # type: ignore[type-arg]
    """The sessions, with their programme."""

    model = Seance
    extra = 1


@admin.register(Programme)
class ProgrammeAdmin(SansSuppression, admin.ModelAdmin):  # type: ignore[type-arg]
    """Curateur·rices animate the programmes."""

    inlines = [SeanceEnLigne]
    list_display = ["titre", "debut", "fin"]
    filter_horizontal = ["pistes", "organisations"]
    prepopulated_fields = {"cle": ["titre"]}


@admin.register(Test)
class TestAdmin(EnLectureSeule, ReserveAuxCurateurs, admin.ModelAdmin):  # type: ignore[type-arg]
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
class EntreeJournalAdmin(EnLectureSeule, ReserveAuxCurateurs, admin.ModelAdmin):  # type: ignore[type-arg]
    """The history, to read."""

    list_display = ["le", "test", "libelle", "par"]
    list_select_related = ["test", "par"]
    date_hierarchy = "le"
