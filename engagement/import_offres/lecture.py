"""One line of the file becomes a person and an offer, or every reason why not."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from config.jours import jour_de
from config.tableur_lu import LigneLue, simplifie
from config.telephones import en_francais
from engagement.forms.offres import titre_du_temps
from engagement.forms.personnes import statuts_permis
from engagement.import_offres import mots
from engagement.import_offres.colonnes import COLONNES, LONGUEURS
from engagement.import_offres.communes import Annuaire, Commune
from engagement.models import GenreMission, Nature, Offre
from engagement.semaine import SEMAINE_ENTIERE, WEEK_END

if TYPE_CHECKING:
    from engagement.models import Dispositif

FORMULES = ("=", "+", "-", "@")


@dataclasses.dataclass(frozen=True)
class OffreLue:
    """A good line: fields of Personne, fields of Offre, the commune, the kinds of mission."""

    numero: int
    personne: dict[str, Any]
    offre: dict[str, Any]
    commune: Commune
    genres: list[GenreMission]

    @property
    def qui(self) -> tuple[str, ...]:
        """The same person: their address, else their name and phone."""
        if email := self.personne["email"]:
            return ("@", email)
        return ("", simplifie(self.personne["nom"]), self.personne["telephone"])

    @property
    def quoi(self) -> tuple[Any, ...]:
        """The same offer of the same person."""
        o = self.offre
        return (o["nature"], o["titre"].casefold(), o["envies"], self.commune.pk, o["semaine"])


@dataclasses.dataclass(frozen=True)
class Refusee:
    """A line that is set aside: why, and what it said. ``a_corriger``: not when it is there already."""

    numero: int
    raison: str
    valeurs: dict[str, str]
    texte: str = ""
    a_corriger: bool = True


class Lecteur:
    """What every line of one file is read against."""

    def __init__(
        self, dispositif: "Dispositif", lignes: list[LigneLue], at: dt.datetime | None = None
    ) -> None:
        self.dispositif, self.jour = dispositif, jour_de(at)
        dites = (
            (_cellule(li.valeurs.get("commune", "")), li.valeurs.get("code_postal", ""))
            for li in lignes
        )
        self.annuaire = Annuaire(dispositif, dites)
        self.statuts = [valeur for valeur, _ in statuts_permis(dispositif)]
        self.genres = {simplifie(g.libelle): g for g in dispositif.genres.all()}

    def lire(self, ligne: LigneLue) -> OffreLue | Refusee:
        """Every reason at once, so that a line is corrected in one go."""
        raisons: list[str] = []
        dits = {nom: _cellule(ligne.valeurs.get(nom, "")) for nom in COLONNES}
        for nom, longueur in LONGUEURS.items():
            if len(dits[nom]) > longueur:
                raisons.append(f"{COLONNES[nom][0].lower()} : {longueur} lettres au plus")
        personne = self._personne(dits, raisons)
        offre, genres = self._offre(dits, raisons)
        commune = self.annuaire.trouver(dits["commune"], dits["code_postal"])
        if isinstance(commune, str):
            raisons.append(commune if dits["commune"] else "la commune manque")
        if raisons or isinstance(commune, str):
            return Refusee(ligne.numero, " ; ".join(raisons), ligne.valeurs)
        return OffreLue(ligne.numero, personne, offre, commune, genres)

    def _personne(self, dits: dict[str, str], raisons: list[str]) -> dict[str, Any]:
        if not dits["nom"]:
            raisons.append("le nom manque")
        defaut = self.statuts[0] if len(self.statuts) == 1 else "habitant"
        statut = self._mot(mots.STATUTS, dits["statut"], defaut, "qui", raisons)
        if statut not in self.statuts:
            raisons.append(f"ce dispositif ne prend pas d'offre de ce genre de personne ({statut})")
        telephone = en_francais(dits["telephone"]) if dits["telephone"] else ""
        if telephone is None:
            raisons.append(f"téléphone : « {dits['telephone'][:30]} » n'est pas complet")
        for nom in ("email", "manager_email"):
            dits[nom] = dits[nom].lower()
            try:
                if dits[nom]:
                    validate_email(dits[nom])
            except ValidationError:
                raisons.append(f"« {dits[nom][:60]} » n'est pas une adresse e-mail")
        if not (dits["email"] or dits["telephone"] or dits["structure"]):
            raisons.append("ni adresse, ni téléphone, ni structure : personne ne peut la joindre")
        copies = ("nom", "fonction", "structure", "email", "manager_nom", "manager_email")
        return {nom: dits[nom] for nom in copies} | {
            "statut": statut,
            "telephone": telephone or "",
        }

    def _offre(
        self, dits: dict[str, str], raisons: list[str]
    ) -> tuple[dict[str, Any], list[GenreMission]]:
        nature = self._mot(mots.NATURES, dits["nature"], Nature.TEMPS.value, "quoi", raisons)
        permises = {"temps": "du_temps", "lieu": "des_lieux", "materiel": "du_materiel"}
        if nature in permises and not getattr(self.dispositif, permises[nature]):
            raisons.append(f"ce dispositif ne prend pas ce genre d'offre ({nature})")
        rayon = self._mot(mots.RAYONS, dits["rayon"], Offre.Rayon.EPCI.value, "jusqu'où", raisons)
        semaine = self._lire(mots.semaine, dits["demi_journees"], SEMAINE_ENTIERE, raisons)
        refuse: list[str] = self._lire(mots.limites, dits["refuse"], [], raisons)
        if "week_end" in refuse:
            semaine &= ~WEEK_END
        if not semaine:
            raisons.append("demi-journées : il n'en reste aucune")
        debut, fin = self._dates(dits, raisons)
        titre = dits["titre"] or (titre_du_temps(semaine) if nature == Nature.TEMPS else "")
        if not titre:
            raisons.append("dites ce qui est proposé")
        etiquettes = [m.strip().lower() for m in mots.SEPARATEURS.split(dits["etiquettes"])]
        if any(len(mot) > 40 for mot in etiquettes):
            raisons.append("mots : 40 lettres au plus chacun")
        textes = ("envies", "contraintes", "lieu", "conditions", "etat_connu")
        offre = {nom: dits[nom] for nom in textes} | {
            "nature": nature, "titre": titre, "rayon": rayon, "semaine": semaine, "refuse": refuse,
            "debut": debut, "fin": fin, "etiquettes": list(dict.fromkeys(filter(None, etiquettes)))[:12],
        }  # fmt: skip
        return offre, self._genres(dits["genres"], raisons)

    def _dates(self, dits: dict[str, str], raisons: list[str]) -> tuple[dt.date, dt.date | None]:
        debut = self._lire(lambda m: mots.jour(m, "début"), dits["debut"], self.jour, raisons)
        fin = self._lire(lambda m: mots.jour(m, "fin"), dits["fin"], None, raisons)
        if fin and fin < debut:
            raisons.append("la fin vient avant le début")
        if fin and fin < self.jour:
            raisons.append("la fin est déjà passée")
        return debut, fin

    def _genres(self, dits: str, raisons: list[str]) -> list[GenreMission]:
        cites = [m.strip() for m in mots.SEPARATEURS.split(dits) if m.strip()]
        inconnus = [m for m in cites if simplifie(m) not in self.genres]
        if inconnus:
            raisons.append(f"genres : « {inconnus[0][:40]} » n'est pas dans la liste du dispositif")
        if len(cites) > self.dispositif.genres_preferes:
            raisons.append(f"genres : {self.dispositif.genres_preferes} au plus")
        return [self.genres[simplifie(m)] for m in cites if simplifie(m) in self.genres]

    @staticmethod
    def _mot(choix: dict[Any, Any], mot: str, defaut: str, quoi: str, raisons: list[str]) -> str:
        return str(Lecteur._lire(lambda m: mots.parmi(choix, m, quoi), mot, defaut, raisons))

    @staticmethod
    def _lire(lecteur: Any, dit: str, defaut: Any, raisons: list[str]) -> Any:
        """The value of a cell; ``defaut`` when it is blank, or not understood (and then said)."""
        try:
            return lecteur(dit) if dit else defaut
        except mots.MotInconnu as inconnu:
            raisons.append(str(inconnu))
            return defaut


def _cellule(texte: str) -> str:
    """As it was before a file of ours, or a spreadsheet program, put an apostrophe before a formula."""
    if texte.startswith("'") and texte[1:].startswith(FORMULES):
        texte = texte[1:]
    return texte.strip()
