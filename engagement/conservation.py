"""How long people are kept: what the night forgets, by the date alone (engagement/effacement.py says how)."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    Max,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from engagement.refus import ActionRefusee
from rappels import boite

if TYPE_CHECKING:
    from engagement.models import Offre

# Somebody who has not confirmed their address in that time will not.
DELAI_DE_CONFIRMATION = dt.timedelta(days=14)
# People a night forgets: one at a time, so that one failure holds up nobody.
LOT = 500


def a_effacer(at: dt.datetime | None = None) -> Any:
    """Those whose time has come: ``conservation`` months after the end of the dispositif, or after the last
    thing that happened to them in one that never closes."""
    from engagement.models import Personne

    at = at or timezone.now()
    return (
        Personne.objects.filter(effacee_le=None)
        .annotate(
            _dernier=Greatest(
                "cree_le", "consenti_le", "confirmee_le", "derniere_sollicitation_le",
                _dernier_de("mises_en_relation__attend_depuis"), _dernier_de("mises_en_relation__terminee_le"),
                _dernier_de("offres__cree_le"), _dernier_de("besoins__cree_le"),
            ),
        )
        .annotate(_depuis=_depuis_quand())
        .filter(_depuis__lt=_il_y_a_des_mois(at))
        .exclude(offres__mises_en_relation__etat__in=["en_mission", "retour"], dispositif__clos_le=None)
    )  # fmt: skip


def _dernier_de(chemin: str) -> Any:
    """The last instant of one kind of thing of a person, as a subquery of its own."""
    from engagement.models import Personne

    un = Personne.objects.filter(pk=OuterRef("pk")).order_by().values("pk").annotate(le=Max(chemin))
    return Subquery(un.values("le"), output_field=DateTimeField())


def _depuis_quand() -> Any:
    """The end of the dispositif; while it has none, the last thing that happened."""
    return Coalesce("dispositif__clos_le", F("_dernier"))


def _il_y_a_des_mois(at: dt.datetime) -> Any:
    """The instant that many months ago, each dispositif its own number."""
    mois = Func(
        Value(0), F("dispositif__conservation"), function="make_interval", output_field=DateTimeField()
    )  # fmt: skip
    return ExpressionWrapper(Value(at, DateTimeField()) - mois, output_field=DateTimeField())


def effacer_les_personnes(at: dt.datetime | None = None) -> int:
    """Forget those whose time has come, and offers nobody confirmed; return how many. Harmless twice."""
    from engagement.models import Personne

    effacees = 0
    for pk in list(a_effacer(at).values_list("pk", flat=True)[:LOT]):
        try:
            Personne.objects.get(pk=pk).effacer(at=at)
        except ActionRefusee:  # something of theirs is still out: tomorrow night, or the next
            continue
        effacees += 1
    return effacees + effacer_les_non_confirmees(at)


def effacer_les_non_confirmees(at: dt.datetime | None = None) -> int:
    """Offers whose address nobody confirmed in 14 days, and whoever has nothing else here; return how many."""
    from engagement.models import Offre, Personne

    limite = (at or timezone.now()) - DELAI_DE_CONFIRMATION
    vieilles = Offre.objects.filter(etat="a_confirmer", cree_le__lt=limite)
    for offre in list(vieilles.select_related("personne")[:LOT]):
        _oublier_l_offre(offre)
    seules = Personne.objects.filter(
        confirmee_le=None, utilisateur=None, effacee_le=None, recueilli_par=None, cree_le__lt=limite
    ).exclude(email="")
    oubliees = seules.filter(offres=None, besoins=None, mises_en_relation=None)
    nombre, _ = Personne.objects.filter(pk__in=oubliees.values("pk")[:LOT]).delete()
    return nombre


@transaction.atomic
def _oublier_l_offre(offre: "Offre") -> None:
    """It never counted: nothing of it stays."""
    boite.annuler(sujet=f"offre:{offre.pk}")
    offre.delete()
