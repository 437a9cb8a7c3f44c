"""The addresses that mails point to, for tests that need nothing behind them."""

from django.http import HttpResponse
from django.urls import include, path


def _rien(request, *args):
    return HttpResponse("")


_tests = [
    path("tests/<int:pk>/", _rien, name="test"),
    path("tests/<int:pk>/evaluation/", _rien, name="evaluation"),
    path("accords/<str:jeton>/", _rien, name="accord"),
]
_rappels = [path("rappels/choix/<str:jeton>/", _rien, name="choix")]
urlpatterns = [
    path("", include((_tests, "tests_programme"))),
    path("", include((_rappels, "rappels"))),
]
