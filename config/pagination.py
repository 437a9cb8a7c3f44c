"""Keyset pages: "after this row" instead of "skip n rows", so page 4 000 costs what page 1 costs."""

from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from config.saisie import numero


class ApiPagination(CursorPagination):
    """Pages of the API. Takes ``?taille=`` (at most 200) and an opaque ``?curseur=``."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "taille"
    cursor_query_param = "curseur"
    ordering = "id"

    def decode_cursor(self, request: Request) -> Any:
        """The place a cursor means. Raises NotFound for one that means none: rows are placed by their id."""
        curseur = super().decode_cursor(request)
        if (
            curseur is not None
            and curseur.position is not None
            and not numero(str(curseur.position))
        ):
            raise NotFound(self.invalid_cursor_message)
        return curseur
