"""Who sees what in Django's administration, for every room: two mixins of ModelAdmin, and read-only."""

from typing import Any

from django.http import HttpRequest


class _Reserve:
    """Every right of the administration goes by one question about the person."""

    def permet(self, request: HttpRequest) -> bool:
        """Whether this section is for this person."""
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.permet(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permet(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permet(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permet(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permet(request)


class ReserveAuxAdministrateurs(_Reserve):
    """Accounts, organisations, the outbox: personal data."""

    def permet(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "est_administrateur", False))


class ReserveAuxCurateurs(_Reserve):
    """The catalogue and the programmes; an administrateur reads them and changes nothing."""

    def permet(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "est_curateur", False))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permet(request) or bool(getattr(request.user, "est_administrateur", False))


class EnLectureSeule:
    """Put before a mixin above: shown, never written. (The base says no; viewing stays as above.)"""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
