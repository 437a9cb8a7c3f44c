"""Keyset pages: "after this row" instead of "skip n rows", so page 4 000 costs what page 1 costs."""

from rest_framework.pagination import CursorPagination


class ApiPagination(CursorPagination):
    """Pages of the API. Takes ``?taille=`` (at most 200) and an opaque ``?curseur=``."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "taille"
    cursor_query_param = "curseur"
    ordering = "id"
