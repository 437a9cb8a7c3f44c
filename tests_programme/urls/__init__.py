"""Addresses of this room, by subject."""

from tests_programme.urls import apres, journal, programmes, tests, voix

app_name = "tests_programme"

urlpatterns = [
    *apres.urlpatterns,
    *journal.urlpatterns,
    *voix.urlpatterns,
    *programmes.urlpatterns,
    *tests.urlpatterns,
]
