"""The journal of exports in the administration: read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from rapports.models import ExportFait


@admin.register(ExportFait)
class ExportFaitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Seen by administrateur·rices; nobody writes or erases a line."""

    list_display = ["fait_le", "par", "quoi", "format", "etat", "lignes"]
    list_filter = ["quoi", "format"]
    list_select_related = ["par"]
    date_hierarchy = "fait_le"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("rapports.voir_les_exports")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("rapports.voir_les_exports")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
