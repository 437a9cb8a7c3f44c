"""The meeting as a calendar entry: moved or cancelled, it keeps its UID and its SEQUENCE grows."""

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from config.agenda import nouvel_agenda, rendez_vous
from engagement.liens import jeton_de_conversation
from rappels.registre import PieceJointe

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation

DUREE = dt.timedelta(hours=1)


def rencontre_en_ics(
    mise: "MiseEnRelation", cote: str, *, le: dt.datetime, lieu: str, annulee: bool
) -> PieceJointe:
    """The entry of one side. One query: when it last changed."""
    modifiee, rang = _dernier_changement(mise)
    agenda = nouvel_agenda()
    agenda.add_component(
        rendez_vous(
            uid=f"rencontre-{mise.pk}",
            debut=le,
            duree=DUREE,
            titre=f"Rencontre : {mise.besoin.titre}",
            texte="Pour répondre ou prévenir d'un empêchement :",
            adresse=reverse("engagement:conversation", args=[jeton_de_conversation(mise, cote)]),
            modifie_le=modifiee,
            statut="CANCELLED" if annulee else "CONFIRMED",
            lieu=lieu,
            rang=rang,
        )
    )
    return PieceJointe("rencontre.ics", agenda.to_ical(), "text/calendar")


def _dernier_changement(mise: "MiseEnRelation") -> tuple[dt.datetime, int]:
    from engagement.models import Ligne

    actions = ["fixer_rencontre", "annuler_rencontre", "decliner"]
    lignes = Ligne.objects.filter(sujet=f"mise_en_relation:{mise.pk}", action__in=actions)
    dates = list(lignes.order_by("pk").values_list("le", flat=True))
    # The rank parts two changes of the same second.
    return (dates[-1] if dates else timezone.now()), len(dates)
