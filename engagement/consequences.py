"""What a change of the rules touches of what runs already, said before it is made. Nothing agreed is undone."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncMonth, TruncWeek

from config.jours import jour_de

if TYPE_CHECKING:
    from engagement.models import Dispositif

NATURES = {
    "du_temps": ("temps", "de temps"),
    "des_lieux": ("lieu", "de lieu"),
    "du_materiel": ("materiel", "de matériel"),
}
PUBLICS = {
    "aux_agents": ("agent", "d'agent·es"),
    "aux_habitants": ("habitant", "d'habitant·es"),
    "aux_organisations": ("organisation", "d'organisations"),
}


def touche(
    dispositif: "Dispositif",
    avant: dict[str, Any],
    *,
    genres: list[str],
    at: dt.datetime | None = None,
) -> list[str]:
    """What the new rules (on ``dispositif``, not saved) leave as it is, in sentences; nothing when nothing runs."""
    dits = [
        *_budgets(dispositif, avant, at),
        *_duree(dispositif, avant),
        *_fin(dispositif, avant),
        *_offres(dispositif, avant),
        *_genres(dispositif, genres),
    ]
    return [dit for dit in dits if dit]


def _baisse(dispositif: "Dispositif", avant: dict[str, Any], champ: str) -> int | None:
    """The new limit, when it is lower than it was."""
    ancien, nouveau = avant[champ], getattr(dispositif, champ)
    if nouveau is None or (ancien is not None and nouveau >= ancien):
        return None
    return int(nouveau)


def _budgets(dispositif: "Dispositif", avant: dict[str, Any], at: dt.datetime | None) -> list[str]:
    from engagement.models import DemiJournee

    dits = []
    prises = DemiJournee.objects.filter(
        mise_en_relation__dispositif=dispositif.pk,
        etat__in=["prevue", "tenue"],
        jour__gte=jour_de(at),
    )
    for champ, tronquer, quand in (
        ("par_semaine", TruncWeek("jour"), "dans une même semaine"),
        ("par_mois", TruncMonth("jour"), "dans un même mois"),
    ):
        if (limite := _baisse(dispositif, avant, champ)) is not None:
            groupes = prises.order_by().annotate(periode=tronquer).values("personne", "periode")
            trop = (
                groupes.annotate(n=Count("pk")).filter(n__gt=limite).values("personne").distinct()
            )
            dits.append(
                _phrase(
                    trop.count(),
                    "personne a",
                    "personnes ont",
                    f"déjà plus de {limite} demi-journées {quand} : elles restent prévues.",
                )
            )
    return dits


def _duree(dispositif: "Dispositif", avant: dict[str, Any]) -> list[str]:
    limite = _baisse(dispositif, avant, "duree_maximale")
    if limite is None:
        return []
    missions = dispositif.mises_en_relation.filter(etat="en_mission", pret=None)
    longues = missions.annotate(duree=F("besoin__fin") - F("besoin__debut"))
    nombre = longues.filter(duree__gte=dt.timedelta(days=limite)).count()
    return [
        _phrase(
            nombre, "mission dure", "missions durent", f"plus de {limite} jours : rien n'y change."
        )
    ]


def _fin(dispositif: "Dispositif", avant: dict[str, Any]) -> list[str]:
    from engagement.models import DemiJournee

    fin = dispositif.fin
    if fin is None or (avant["fin"] is not None and fin >= avant["fin"]):
        return []
    apres = DemiJournee.objects.filter(
        mise_en_relation__dispositif=dispositif.pk, etat__in=["prevue", "tenue"], jour__gt=fin
    )
    return [
        _phrase(
            apres.count(),
            "demi-journée est prévue",
            "demi-journées sont prévues",
            "après cette date : elles restent jusqu'à la fermeture.",
        )
    ]


def _offres(dispositif: "Dispositif", avant: dict[str, Any]) -> list[str]:
    """Offers of a kind that is not taken any more."""
    offres: QuerySet[Any] = dispositif.offres.filter(etat="active")
    dits = []
    for champs, filtre in ((NATURES, "nature"), (PUBLICS, "personne__statut")):
        for champ, (valeur, mots) in champs.items():
            if avant[champ] and not getattr(dispositif, champ):
                nombre = offres.filter(**{filtre: valeur}).count()
                suite = "reste ; aucune autre ne sera reçue."
                plusieurs = f"offres {mots} restent ; aucune autre ne sera reçue."
                dits.append(_phrase(nombre, f"offre {mots} {suite}", plusieurs, ""))
    return dits


def _genres(dispositif: "Dispositif", genres: list[str]) -> list[str]:
    """Kinds that leave the list, and who had chosen them."""
    gardes = {g.casefold() for g in genres}
    dits = []
    for genre in dispositif.genres.annotate(
        n_offres=Count("offres", distinct=True), n_besoins=Count("besoins", distinct=True)
    ):
        if genre.libelle.casefold() not in gardes and (genre.n_offres or genre.n_besoins):
            des = [
                _phrase(genre.n_offres, "offre", "offres", ""),
                _phrase(genre.n_besoins, "besoin", "besoins", ""),
            ]
            dits.append(f"« {genre.libelle} » disparaît de {' et '.join(filter(None, des))}.")
    return dits


def _phrase(nombre: int, un: str, plusieurs: str, suite: str) -> str:
    return f"{nombre} {un if nombre == 1 else plusieurs} {suite}".strip() if nombre else ""
