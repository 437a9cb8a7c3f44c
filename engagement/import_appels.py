"""A list of people to call, from a CSV: good lines become sheets, the others are said with their number and why."""

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from comptes.models import Territoire
from config.tableur_lu import LigneLue, LigneRefusee, lire, simplifie
from config.telephones import en_francais
from engagement.historique import noter
from engagement.models import FicheAppel, ListeAppels
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur

COLONNES = {
    "nom": ["Nom", "Nom et prénom", "Prénom et nom", "Personne"],
    "telephone": ["Téléphone", "Tél", "Numéro", "Portable", "Mobile"],
    "commune": ["Commune", "Ville"],
    "precision": ["À savoir", "Précision", "Remarque", "Commentaire"],
    "difficulte": ["Difficulté"],
}
LONGUEURS = {"nom": 120, "commune": 120, "precision": 300}
DIFFICULTES = {
    "": "2", "simple": "1", "facile": "1", "1": "1", "ordinaire": "2", "normale": "2", "2": "2",
    "delicate": "3", "delicat": "3", "difficile": "3", "3": "3",
}  # fmt: skip


@dataclasses.dataclass
class Rapport:
    """What an import did. ``communes``: written as they came, since we know none of that name."""

    gardees: int = 0
    refusees: list[LigneRefusee] = dataclasses.field(default_factory=list)
    inconnues: list[str] = dataclasses.field(default_factory=list)
    communes: list[str] = dataclasses.field(default_factory=list)


@transaction.atomic
def importer(liste: ListeAppels, contenu: bytes, *, par: "Utilisateur") -> Rapport:
    """Add the sheets of a file. Raises PermissionDenied, ActionRefusee, TableurRefuse (nothing is kept then)."""
    ListeAppels.objects.select_for_update().get(pk=liste.pk)
    liste.refresh_from_db()
    if not tient_le_guichet(par, liste.dispositif):
        raise PermissionDenied
    if obstacle := liste.obstacle():
        raise ActionRefusee(obstacle)
    tableur = lire(contenu, COLONNES, obligatoires=["nom", "telephone"])
    rapport = Rapport(refusees=tableur.refusees, inconnues=tableur.inconnues)
    connus = dict(liste.fiches.exclude(telephone="").values_list("telephone", "numero"))
    lues: dict[str, int] = {}
    fiches: list[FicheAppel] = []
    for ligne in tableur.lignes:
        fiche = _fiche(ligne)
        raison = fiche if isinstance(fiche, str) else ""
        if isinstance(fiche, FicheAppel):
            if fiche.telephone in connus:
                raison = f"ce numéro est déjà dans la liste (fiche {connus[fiche.telephone]})"
            elif fiche.telephone in lues:
                raison = f"ce numéro est déjà à la ligne {lues[fiche.telephone]}"
            else:
                lues[fiche.telephone] = ligne.numero
                fiches.append(fiche)
        if raison:
            dite = " ; ".join(v for v in ligne.valeurs.values() if v)
            rapport.refusees.append(LigneRefusee(ligne.numero, raison, dite[:300]))
    rapport.refusees.sort(key=lambda refusee: refusee.numero)
    rapport.communes = _situer(fiches)
    _ecrire(liste, fiches)
    rapport.gardees = len(fiches)
    libelle = f"Import : {len(fiches)} fiches, {len(rapport.refusees)} lignes refusées"
    noter(liste.dispositif_id, f"liste_appels:{liste.pk}", "importer", libelle, par=par)
    return rapport


def _fiche(ligne: LigneLue) -> FicheAppel | str:
    """The sheet a line describes, or why it is none."""
    valeurs = ligne.valeurs
    if not valeurs["nom"]:
        return "il manque le nom"
    if not valeurs["telephone"]:
        return "il manque le téléphone"
    telephone = en_francais(valeurs["telephone"])
    if telephone is None:
        return f"« {valeurs['telephone'][:40]} » n'est pas un numéro de téléphone"
    for nom, longueur in LONGUEURS.items():
        if len(valeurs.get(nom, "")) > longueur:
            return f"« {COLONNES[nom][0]} » : {longueur} caractères au plus"
    difficulte = DIFFICULTES.get(simplifie(valeurs.get("difficulte", "")))
    if difficulte is None:
        dite = valeurs["difficulte"][:40]
        return f"difficulté inconnue : « {dite} » (simple, ordinaire ou délicate)"
    return FicheAppel(
        nom=valeurs["nom"],
        telephone=telephone,
        commune=valeurs.get("commune", ""),
        precision=valeurs.get("precision", ""),
        difficulte=difficulte,
    )


def _situer(fiches: Iterable[FicheAppel]) -> list[str]:
    """Tie each sheet to its commune where one alone bears that name; return the names nobody knows. One query."""
    ecrites = {fiche.commune for fiche in fiches if fiche.commune}
    trouvees: dict[str, list[int]] = {}
    communes = Territoire.objects.filter(niveau="commune", nom__in=ecrites)
    for pk, nom in communes.values_list("pk", "nom"):
        trouvees.setdefault(nom, []).append(pk)
    for fiche in fiches:
        if len(seules := trouvees.get(fiche.commune, [])) == 1:
            fiche.territoire_id = seules[0]
    return sorted(ecrites - set(trouvees))[:20]


def _ecrire(liste: ListeAppels, fiches: list[FicheAppel]) -> None:
    dernier = liste.fiches.aggregate(m=Max("numero"))["m"] or 0
    for numero, fiche in enumerate(fiches, start=dernier + 1):
        fiche.liste, fiche.numero = liste, numero
    FicheAppel.objects.bulk_create(fiches, batch_size=1_000)
