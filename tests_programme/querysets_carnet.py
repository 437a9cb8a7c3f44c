"""Who reads the notes of a journal de bord, and their pictures and files."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from tests_programme.querysets import visibles

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


def _lisibles(user: "Utilisateur | AnonymousUser", prefixe: str = "") -> Q:
    """The notes this reader may open: by who they are to the test, and what each note allows.

    A note shown to the programme is read by all who are part of it, also when the test is kept private:
    its author chose so, note by note.
    """
    publiques = Q(**{f"{prefixe}portee": "public"}) & visibles(user, f"{prefixe}test__")
    if not user.is_authenticated:
        return publiques
    if user.est_curateur or user.est_administrateur:
        return Q()
    from tests_programme.models import Programme

    siennes = user.adhesions.actives().values("organisation")
    suivis = Programme.objects.suivis_par(user).values("pk")
    return (
        publiques
        | Q(**{f"{prefixe}test__organisation__in": siennes})
        | Q(**{f"{prefixe}portee": "programme", f"{prefixe}test__programme__in": suivis})
    )


class NoteQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Notes of journaux de bord, by reader."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """All that this reader may open."""
        return self.filter(_lisibles(user))

    def recentes(self) -> Self:
        """Newest first, with author, pictures, files and voices. Three queries."""
        return (
            self.select_related("auteur").prefetch_related("pieces", "voix").order_by("-le", "-pk")
        )

    def apres(self, le: dt.date, pk: int) -> Self:
        """The next ones of the list, newest first, after that row."""
        # The first condition says nothing more; it lets the index find its place.
        return self.filter(le__lte=le).exclude(le=le, pk__gte=pk)


class PieceJointeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Pictures and files, by reader."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those of the notes this reader may open."""
        return self.filter(_lisibles(user, "note__"))
