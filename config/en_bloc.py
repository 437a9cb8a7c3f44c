"""Several sets of rows in one query, for a page that shows a little of many tables.

Each set crosses as an array of JSON objects and becomes instances again. For small sets only: a page's
critères and people, not a list of a thousand.
"""

from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Field, Model, QuerySet
from django.db.models.functions import JSONObject

M = TypeVar("M", bound=Model)


def en_bloc(objet: Model, **ensembles: QuerySet[Any]) -> dict[str, list[Any]]:
    """The rows of each set, in its order; ``OuterRef("pk")`` in a set is the object. One query.

    Computed columns (``GeneratedField``) are left out: they are read when somebody asks for them.
    """
    # Named apart: a set may bear the name of a relation.
    colonnes = {f"_{nom}": ArraySubquery(_en_json(lignes)) for nom, lignes in ensembles.items()}
    trouves = type(objet)._base_manager.filter(pk=objet.pk).values(**colonnes).first() or {}
    return {
        nom: [_instance(lignes.model, ligne) for ligne in trouves.get(f"_{nom}") or []]
        for nom, lignes in ensembles.items()
    }


def retenir(objet: Model, relation: str, lignes: list[M]) -> None:
    """What ``objet.relation.all()`` will answer, without a query; each row knows its object."""
    champ = objet._meta.get_field(relation).field  # type: ignore[union-attr]
    for ligne in lignes:
        setattr(ligne, champ.name, objet)
    ensemble = getattr(objet, relation).all()
    ensemble._result_cache = lignes
    ensemble._prefetch_done = True
    cache: dict[str, Any] = objet.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[relation] = ensemble


def _champs(modele: type[Model]) -> list["Field[Any, Any]"]:
    return [champ for champ in modele._meta.concrete_fields if not champ.generated]


def _en_json(lignes: QuerySet[Any]) -> QuerySet[Any]:
    champs = {champ.attname: champ.attname for champ in _champs(lignes.model)}
    return lignes.values(_ligne=JSONObject(**champs))


def _instance(modele: type[M], ligne: dict[str, Any]) -> M:
    champs = _champs(modele)
    valeurs = [champ.to_python(ligne[champ.attname]) for champ in champs]
    return modele.from_db("default", [champ.attname for champ in champs], valeurs)
