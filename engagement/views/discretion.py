"""Pages whose address is a key, or may be one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

Vue = Callable[..., HttpResponse]


def discrete(vue: Vue) -> Vue:
    """Whatever the page answers: not for search engines, kept by nobody, and its address told to no other site.

    Not ``no-referrer``: browsers would then send ``Origin: null`` and the form's own check would fail.
    """

    @wraps(vue)
    def discretement(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reponse = vue(request, *args, **kwargs)
        reponse["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        reponse["Referrer-Policy"] = "same-origin"
        reponse["Cache-Control"] = "private, no-store"
        return reponse

    return discretement
