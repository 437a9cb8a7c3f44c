"""Choosing among many pistes and terrains without JavaScript: what is tied already, and what a search finds."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from config.recherche import requete_francaise
from config.saisie import numero
from pistes.models import Cahier, Chantier, EditionPiste
from reflexes.models import TerrainFige

# All are shown when they are few; past that, only what is tied and what the search found.
PEU, TROUVES = 60, 25


@dataclass(frozen=True)
class Choix:
    """One box to tick."""

    pk: int
    titre: str
    note: str
    coche: bool


@dataclass(frozen=True)
class Liste:
    """The boxes of one kind; ``reste`` tells that there are more than what is shown."""

    choix: list[Choix]
    reste: bool


def pistes_a_choisir(objet: Chantier | Cahier, saisie: str) -> Liste:
    """Published pistes. Three queries."""
    liees = set(objet.pistes.values_list("pk", flat=True))
    editions = EditionPiste.objects.publies().select_related("piste__recueil")
    editions = editions.order_by("piste__recueil__annee", "piste__recueil_id", "piste__rang")
    return _liste(editions, "piste", liees, saisie, lambda e: e.piste.recueil.titre)


def terrains_a_choisir(objet: Chantier, saisie: str) -> Liste:
    """Terrains of published versions, each in its latest words. Three queries."""
    liees = set(objet.terrains.values_list("pk", flat=True))
    figes = TerrainFige.objects.publies().select_related("version__enquete")
    derniers = figes.order_by("terrain_id", "-version__rang").distinct("terrain_id").values("pk")
    figes = figes.filter(pk__in=derniers).order_by("version__enquete", "numero")
    return _liste(figes, "terrain", liees, saisie, lambda t: f"terrain {t.numero}")


def _liste(lignes: Any, vers: str, liees: set[int], saisie: str, note: Any) -> Liste:
    champ = f"{vers}_id"
    siennes = list(lignes.filter(**{f"{champ}__in": liees}))
    autres = lignes.exclude(**{f"{champ}__in": liees})
    requete, combien = requete_francaise(saisie), PEU
    if requete is not None:
        autres, combien = autres.filter(recherche=requete), TROUVES
    trouvees = list(autres[: combien + 1])
    reste = len(trouvees) > combien
    if requete is None and reste:
        trouvees = []
    choix = [
        Choix(getattr(ligne, champ), ligne.titre, note(ligne), getattr(ligne, champ) in liees)
        for ligne in [*siennes, *trouvees[:combien]]
    ]
    return Liste(choix, reste)


@transaction.atomic
def enregistrer(objet: Chantier | Cahier, donnees: Any) -> None:
    """Tie what is ticked, untie what was shown and is not. What was not shown stays as it is."""
    type(objet)._default_manager.select_for_update(of=("self",)).get(pk=objet.pk)
    _relier(objet.pistes, donnees, "piste", EditionPiste.objects.publies())
    if isinstance(objet, Chantier):
        _relier(objet.terrains, donnees, "terrain", TerrainFige.objects.publies())


def _relier(liens: Any, donnees: Any, nom: str, admises: Any) -> None:
    vues = {numero(v) for v in donnees.getlist(f"{nom}_vue")[:200]}
    cochees = {numero(v) for v in donnees.getlist(nom)[:200]}
    liens.remove(*(vues - cochees))
    champ = f"{nom}_id"
    liens.add(*set(admises.filter(**{f"{champ}__in": cochees}).values_list(champ, flat=True)))
