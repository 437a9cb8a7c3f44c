"""One line of the desk in words: what it is, since when and for whom it waits, its one next step."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from config.jours import jour_de
from engagement.attentes_en_mots import attente_de
from engagement.bacs import Bac
from engagement.models import AccordMission, Besoin, MiseEnRelation, Offre
from engagement.vieillissement import Niveau, niveau

if TYPE_CHECKING:
    from comptes.models import Utilisateur

# Where the next step of a bac is taken; the others open the thing itself.
PAS = {
    "qualifier": "engagement:qualifier",
    "sans_candidat": "engagement:suggestions_besoin",
    "passes": "engagement:clore_besoin",
    "retours": "engagement:mission",
    "fins": "engagement:mission",
}
PAGES: dict[type[Model], tuple[str, str]] = {
    Offre: ("offre", "engagement:offre"),
    Besoin: ("besoin", "engagement:besoin"),
    MiseEnRelation: ("mise", "engagement:mise_en_relation"),
}


@dataclasses.dataclass(frozen=True)
class LigneDuGuichet:
    """What a line shows. ``suivi`` None: in nobody's basket; ``parti``: whoever followed it has left."""

    quoi: str
    pk: int
    titre: str
    detail: str
    attente: str
    niveau: Niveau
    adresse: str
    suivi: "Utilisateur | None"
    parti: bool
    aide_le: dt.datetime | None
    # Its place in the list of its bac.
    urgence: str
    repere: dt.date | dt.datetime


def lire(
    bacs: Iterable[Bac],
    cles: Mapping[str, list[int]],
    cellule: Collection[int],
    at: dt.datetime | None = None,
) -> dict[str, list[LigneDuGuichet]]:
    """The lines of these keys, in their order. A query for each kind of thing, and one for the accords."""
    objets: dict[type[Model], dict[int, Any]] = {}
    bacs = list(bacs)
    for modele in {bac.modele for bac in bacs}:
        voulues = {pk for bac in bacs if bac.modele is modele for pk in cles[bac.cle]}
        objets[modele] = _lus(modele).in_bulk(voulues) if voulues else {}
    _joindre_les_accords(objets.get(MiseEnRelation, {}), cles.get("accords", []))
    return {
        bac.cle: [
            une_ligne(bac, objets[bac.modele][pk], cellule, at)
            for pk in cles[bac.cle]
            if pk in objets[bac.modele]  # one that somebody else has just deleted
        ]
        for bac in bacs
    }


def _lus(modele: type[Model]) -> QuerySet[Any]:
    if modele is Offre:
        return Offre.objects.select_related("personne", "territoire").defer("recherche")
    if modele is Besoin:
        besoins = Besoin.objects.select_related("demandeur", "territoire", "mediateur")
        return besoins.defer("recherche", "territoire__recherche")
    mises: QuerySet[Any] = MiseEnRelation.objects.avec_dates_de_fin().select_related(
        "besoin__territoire", "offre", "personne", "mediateur", "pret", "attente"
    )
    return mises.defer("besoin__recherche", "offre__recherche", "besoin__territoire__recherche")


def _joindre_les_accords(mises: Mapping[int, Any], cles: list[int]) -> None:
    """Whose accords are still missing. One query, and none without a line that needs it."""
    if not cles:
        return
    attendus = AccordMission.objects.filter(mise_en_relation__in=cles, etat="demande")
    for pk in cles:
        if pk in mises:
            mises[pk].accords_attendus = []
    for accord in attendus.order_by("pk"):
        mises[accord.mise_en_relation_id].accords_attendus.append(accord.cote)


def une_ligne(
    bac: Bac, objet: Any, cellule: Collection[int], at: dt.datetime | None = None
) -> LigneDuGuichet:
    """One thing as a line of a bac."""
    quoi, page = PAGES[bac.modele]
    depuis = depuis_de(bac, objet)
    jour = depuis if not isinstance(depuis, dt.datetime) else jour_de(depuis)
    suivi = None if bac.modele is Offre else objet.mediateur
    besoin = objet.besoin if bac.modele is MiseEnRelation else objet
    adresse = reverse(PAS.get(bac.cle, page), args=[objet.pk])
    if bac.groupe in {"prets", "missions"} and hasattr(objet, "pret"):
        adresse = reverse("engagement:pret", args=[objet.pret.pk])
    return LigneDuGuichet(
        quoi=quoi,
        pk=objet.pk,
        titre=besoin.titre,
        detail=_detail(objet),
        attente=attente_de(bac.cle, objet, jour, at),
        niveau=niveau(bac.cle, jour, jour_de(at), besoin.urgence if bac.urgence else ""),
        adresse=adresse,
        suivi=suivi,
        parti=suivi is not None and suivi.pk not in cellule,
        aide_le=None if bac.modele is Offre else objet.aide_demandee_le,
        urgence=besoin.urgence if bac.urgence else "",
        repere=depuis,
    )


def depuis_de(bac: Bac, objet: Any) -> dt.datetime | dt.date:
    """The value a bac sorts its lines by."""
    if bac.cle == "prets":
        fin: dt.datetime = objet.pret.periode.upper
        return fin
    if bac.cle == "places":
        jusqua: dt.datetime = objet.attente.tenue_jusqua
        return jusqua
    valeur: dt.datetime | dt.date = getattr(objet, bac.depuis)
    return valeur


def _detail(objet: Any) -> str:
    """Who and where: never coordinates."""
    if isinstance(objet, MiseEnRelation):
        lieu = objet.besoin.territoire
        return f"{objet.personne.nom_montre} · {lieu.nom}"
    if isinstance(objet, Besoin):
        return f"{objet.demandeur.nom_montre} · {objet.territoire.nom}"
    return f"{objet.personne.nom_montre} · {objet.territoire.nom}"
