"""The enquête in Django's administration. Nothing is deleted there; a version is only read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comptes.administration import EnLectureSeule, ReserveAuxCurateurs
from reflexes.models import (
    Controverse,
    ControverseFigee,
    Enquete,
    Etape,
    Terrain,
    TerrainFige,
    VersionCartographie,
)


class SansSuppression(ReserveAuxCurateurs):
    """What others point to is corrected, not removed: its history would go with it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LuParLesCurateurs(EnLectureSeule, ReserveAuxCurateurs):
    """Drafts stand among these rows: curateur·rices alone read them."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permet(request)


class EtapeInline(SansSuppression, admin.StackedInline):  # type: ignore[type-arg]
    model = Etape
    extra = 0


@admin.register(Enquete)
class EnqueteAdmin(SansSuppression, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["titre", "cle", "debut", "fin"]
    inlines = [EtapeInline]


class TerrainInline(SansSuppression, admin.TabularInline):  # type: ignore[type-arg]
    model = Terrain
    extra = 0


@admin.register(Controverse)
class ControverseAdmin(SansSuppression, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["numero", "theme", "pole_a", "pole_b", "enquete"]
    list_display_links = ["theme"]
    list_select_related = ["enquete"]
    inlines = [TerrainInline]


class ControverseFigeeInline(LuParLesCurateurs, admin.StackedInline):  # type: ignore[type-arg]
    model = ControverseFigee
    fields = ["numero", "theme", "pole_a", "pole_b", "texte", "source"]
    extra = 0


class TerrainFigeInline(LuParLesCurateurs, admin.StackedInline):  # type: ignore[type-arg]
    model = TerrainFige
    fields = ["numero", "titre", "texte"]
    extra = 0


@admin.register(VersionCartographie)
class VersionAdmin(LuParLesCurateurs, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["titre", "code", "enquete", "publiee_le"]
    list_select_related = ["enquete"]
    inlines = [ControverseFigeeInline, TerrainFigeInline]
