"""What surrounds a piste: renvois, terrains, programmes, chantiers, and the next piste on the way. One query.

A page of a piste has much to name and little to say of each: every part gives the same five columns, and the
database puts them end to end.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from pistes.chemins import Chemin
from pistes.models import EditionOrientation, EditionPiste, Piste
from reflexes.models import TerrainFige

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

# Of each kind; a page that names more would no longer be read.
DE_CHAQUE = 60


@dataclass(frozen=True)
class Voisin:
    """Something named: its title and where it is."""

    titre: str
    adresse: str
    numero: str = ""


@dataclass
class Alentours:
    """The neighbours of one piste, by what they are to it."""

    renvois: list[Voisin] = field(default_factory=list)
    renvois_recus: list[Voisin] = field(default_factory=list)
    terrains: list[Voisin] = field(default_factory=list)
    programmes: list[Voisin] = field(default_factory=list)
    chantiers: list[Voisin] = field(default_factory=list)
    chemin: Chemin | None = None
    precedente: Voisin | None = None
    suivante: Voisin | None = None
    precedente_du_chemin: Voisin | None = None
    suivante_du_chemin: Voisin | None = None


def alentours(
    edition: EditionPiste, user: "Utilisateur | AnonymousUser", demande: Chemin | None = None
) -> Alentours:
    """All that is around the public text of a piste, for this reader. One query.

    ``demande`` is the way asked for; ``chemin`` in the answer is that way, when it is one of this recueil.
    """
    piste = edition.piste
    publies = EditionPiste.objects.publies()
    du_recueil = publies.filter(piste__recueil=piste.recueil_id)
    parties = [
        _pistes(publies.filter(piste__renvois_recus__edition=edition), "renvois"),
        _pistes(publies.filter(renvois__vers=piste), "renvois_recus"),
        _terrains(piste),
        _programmes(piste),
        _chantiers(piste, user),
        *_voisines(du_recueil, piste, ""),
    ]
    if demande is not None:
        parties += [_chemin(demande, piste), *_voisines(demande.pistes(), piste, "_du_chemin")]
    premiere, *suite = parties
    trouves: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for sens, *ligne in premiere.union(*suite, all=True):
        trouves[sens].append(tuple(ligne))
    titres = trouves.pop("chemin", [])
    if demande is None or not titres:
        return _ranger({s: t for s, t in trouves.items() if not s.endswith("_du_chemin")}, None)
    return _ranger(trouves, replace(demande, titre=titres[0][1]))


def _ranger(trouves: dict[str, list[tuple[Any, ...]]], chemin: Chemin | None) -> Alentours:
    tous = Alentours(chemin=chemin)
    for sens, lignes in trouves.items():
        voisins = [
            Voisin(titre, _adresse(sens, cle, mere, chemin), numero if sens == "terrains" else "")
            for _, titre, cle, mere, numero in sorted(lignes, key=_ordre)
        ]
        seul = not isinstance(getattr(tous, sens), list)
        setattr(tous, sens, voisins[0] if seul else voisins)
    return tous


def _ordre(ligne: tuple[Any, ...]) -> tuple[int, list[int], str]:
    """By place in the recueil; terrains by their number, 2.1 before 10.1."""
    rang, titre, _, _, numero = ligne
    return rang, [int(n) for n in numero.split(".") if n.isdecimal()], titre


def _adresse(sens: str, cle: str, mere: str, chemin: Chemin | None) -> str:
    match sens:
        case "terrains":
            return reverse("reflexes:terrain", args=[mere, cle])
        case "programmes":
            return reverse("tests_programme:programme", args=[cle])
        case "chantiers":
            return reverse("pistes:chantier", args=[int(cle)])
    adresse = reverse("pistes:piste", args=[cle])
    return f"{adresse}{chemin.requete}" if chemin and sens.endswith("_du_chemin") else adresse


def _lignes(
    lignes: "QuerySet[Any]", sens: str, rang: Any, titre: Any, cle: Any, mere: Any, numero: Any
) -> "QuerySet[Any]":
    """Five columns after the kind, of the same types whatever the table."""
    colonnes: Iterable[tuple[Any, Any]] = [
        (Value(sens), CharField()),
        (rang, IntegerField()),
        (titre, TextField()),
        (cle, TextField()),
        (mere, TextField()),
        (numero, TextField()),
    ]
    return lignes.values_list(*[Cast(colonne, type_) for colonne, type_ in colonnes])


def _pistes(editions: "QuerySet[Any]", sens: str) -> "QuerySet[Any]":
    ordonnees = editions.order_by("piste__rang", "pk")[:DE_CHAQUE]
    return _lignes(
        ordonnees, sens, F("piste__rang"), F("titre"), F("piste__slug"), Value(""), Value("")
    )


def _voisines(editions: "QuerySet[Any]", piste: Piste, suffixe: str) -> "list[QuerySet[Any]]":
    avant = editions.filter(piste__rang__lt=piste.rang).order_by("-piste__rang")[:1]
    apres = editions.filter(piste__rang__gt=piste.rang).order_by("piste__rang")[:1]
    colonnes = (F("piste__rang"), F("titre"), F("piste__slug"), Value(""), Value(""))
    return [
        _lignes(avant, f"precedente{suffixe}", *colonnes),
        _lignes(apres, f"suivante{suffixe}", *colonnes),
    ]


def _chemin(demande: Chemin, piste: Piste) -> "QuerySet[Any]":
    """The name of the way, when it is one of this recueil."""
    editions = EditionOrientation.objects.publies().filter(
        orientation__slug=demande.slug, orientation__recueil=piste.recueil_id
    )
    titre = Concat(Value("#"), "orientation__mot_cle") if demande.est_un_mot_cle else F("titre")
    return _lignes(
        editions.order_by("pk")[:1], "chemin", Value(0), titre, Value(""), Value(""), Value("")
    )


def _terrains(piste: Piste) -> "QuerySet[Any]":
    figes = TerrainFige.objects.en_vigueur().filter(terrain__pistes=piste).order_by("pk")
    enquete = F("terrain__controverse__enquete__cle")
    return _lignes(
        figes[:DE_CHAQUE], "terrains", Value(0), F("titre"), F("terrain__cle"), enquete, F("numero")
    )


def _programmes(piste: Piste) -> "QuerySet[Any]":
    """Through the piste: this room knows no programme."""
    siens = piste.programmes.order_by("pk")[:DE_CHAQUE]
    return _lignes(siens, "programmes", Value(0), F("titre"), F("cle"), Value(""), Value(""))


def _chantiers(piste: Piste, user: "Utilisateur | AnonymousUser") -> "QuerySet[Any]":
    siens = piste.chantiers.visible_to(user).order_by("pk")[:DE_CHAQUE]
    return _lignes(siens, "chantiers", Value(0), F("titre"), F("pk"), Value(""), Value(""))
