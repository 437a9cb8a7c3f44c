"""The journal de bord, the regular points, the thread with the animation."""

from django.urls import URLPattern, path

from tests_programme.views import entraide, journal, note, points

urlpatterns: list[URLPattern] = [
    path("tests/<int:pk>/journal/", journal.journal, name="journal"),
    path("tests/<int:pk>/journal/pieces/<int:numero>/", note.piece, name="piece"),
    path("tests/<int:pk>/journal/<int:numero>/", note.note, name="note"),
    path("tests/<int:pk>/journal/<int:numero>/retirer/", note.retirer_note, name="retirer_note"),
    path("tests/<int:pk>/points/", points.points, name="points"),
    path("tests/<int:pk>/points/<int:numero>/", points.point, name="point"),
    path("tests/<int:pk>/entraide/", entraide.entraide, name="entraide"),
    path("programmes/entraide/", entraide.entraides, name="entraides"),
]
