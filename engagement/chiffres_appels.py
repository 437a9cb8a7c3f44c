"""How a list of calls goes, in figures: read by the cellule, exported without a name."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from config.jours import PARIS, jour_de

if TYPE_CHECKING:
    from engagement.models import ListeAppels

MONTREES = 30


def avancement(liste: "ListeAppels", at: dt.datetime | None = None) -> dict[str, Any]:
    """The figures of its page. One query."""
    ouvertes = Q(etat__in=["a_appeler", "a_rappeler"])
    return liste.fiches.aggregate(
        total=Count("pk"),
        jointes=Count("pk", filter=Q(etat="faite")),
        a_appeler=Count("pk", filter=Q(etat="a_appeler")),
        a_rappeler=Count("pk", filter=Q(etat="a_rappeler")),
        du_jour=Count("pk", filter=Q(etat="a_rappeler", rappeler_le__lte=jour_de(at))),
        refus=Count("pk", filter=Q(etat="refus")),
        injoignables=Count("pk", filter=Q(etat="injoignable")),
        sans_personne=Count("pk", filter=ouvertes & Q(appelant=None)),
        delicates=Count("pk", filter=ouvertes & Q(difficulte="3")),
    )


def a_suivre(liste: "ListeAppels", at: dt.datetime | None = None) -> dict[str, Any]:
    """Who calls and how far they are; what the cellule must look at. Four queries."""
    from engagement.models import Appel, Personne

    siennes = Q(fiches_appels__liste=liste)
    ouvertes = siennes & Q(fiches_appels__etat__in=["a_appeler", "a_rappeler"])
    appelants = Personne.objects.filter(siennes).annotate(
        en_main=Count("fiches_appels", filter=ouvertes, distinct=True),
        faites=Count(
            "fiches_appels", filter=siennes & Q(fiches_appels__etat="faite"), distinct=True
        ),
    )
    orientations = Appel.objects.filter(fiche__liste=liste, transmise_le=None).exclude(
        orientation=""
    )
    return {
        "appelants": list(appelants.order_by("-en_main", "nom")[:MONTREES]),
        "du_jour": list(liste.fiches.a_rappeler(at).order_by("rappeler_le", "numero")[:MONTREES]),
        "fiches_delicates": list(
            liste.fiches.ouvertes().filter(difficulte="3").order_by("numero")[:MONTREES]
        ),
        "orientations": list(orientations.select_related("fiche").order_by("le")[:MONTREES]),
    }


def lignes(liste: "ListeAppels") -> Iterator[tuple[str, str, int]]:
    """What is exported: (what, which, how many). Five queries; no name, no phone, no word of anybody."""
    from engagement.models import Appel, FicheAppel

    appels = Appel.objects.filter(fiche__liste=liste).order_by()
    yield "Fiches", "total", liste.fiches.count()
    yield from _par(liste.fiches.order_by(), "etat", "Fiches", dict(FicheAppel.Etat.choices))
    difficultes = dict(FicheAppel.Difficulte.choices)
    yield from _par(liste.fiches.order_by(), "difficulte", "Difficulté", difficultes)
    yield from _par(appels, "resultat", "Appels", dict(Appel.Resultat.choices))
    yield from _par(appels.exclude(orientation=""), "orientation", "Orientations", {})
    par_jour = appels.annotate(jour=TruncDate("le", tzinfo=PARIS))
    for ligne in par_jour.values("jour").annotate(n=Count("pk")).order_by("jour"):
        yield "Appels par jour", f"{ligne['jour']:%d/%m/%Y}", ligne["n"]


def _par(
    lignes: Any, champ: str, quoi: str, libelles: dict[str, Any]
) -> Iterator[tuple[str, str, int]]:
    for ligne in lignes.values(champ).annotate(n=Count("pk")).order_by(champ):
        yield quoi, str(libelles.get(ligne[champ], ligne[champ])), ligne["n"]
