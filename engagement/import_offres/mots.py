"""Cells in words: who, what, half-days, limits, dates. Each reader returns a value, or raises MotInconnu."""

import datetime as dt
import re

from config.tableur_lu import simplifie
from engagement.limites import Limite
from engagement.models import Nature, Offre, Personne
from engagement.semaine import EN_SEMAINE, JOURS, SEMAINE_ENTIERE, WEEK_END, bit

SEPARATEURS = re.compile(r"[,;/|+\n]| et ")
STATUTS = {
    "agent": Personne.Statut.AGENT, "agente": Personne.Statut.AGENT, "agentpublic": Personne.Statut.AGENT,
    "habitant": Personne.Statut.HABITANT, "habitante": Personne.Statut.HABITANT,
    "particulier": Personne.Statut.HABITANT, "benevole": Personne.Statut.HABITANT,
    "organisation": Personne.Statut.ORGANISATION, "association": Personne.Statut.ORGANISATION,
    "entreprise": Personne.Statut.ORGANISATION, "structure": Personne.Statut.ORGANISATION,
}  # fmt: skip
NATURES = {
    "temps": Nature.TEMPS, "dutemps": Nature.TEMPS, "lieu": Nature.LIEU, "unlieu": Nature.LIEU,
    "salle": Nature.LIEU, "local": Nature.LIEU, "materiel": Nature.MATERIEL, "dumateriel": Nature.MATERIEL,
}  # fmt: skip
RAYONS = {
    "commune": Offre.Rayon.COMMUNE, "macommune": Offre.Rayon.COMMUNE, "ville": Offre.Rayon.COMMUNE,
    "epci": Offre.Rayon.EPCI, "intercommunalite": Offre.Rayon.EPCI, "monintercommunalite": Offre.Rayon.EPCI,
    "agglomeration": Offre.Rayon.EPCI, "metropole": Offre.Rayon.EPCI,
    "departement": Offre.Rayon.DEPARTEMENT, "mondepartement": Offre.Rayon.DEPARTEMENT,
}  # fmt: skip
PERIODES = {
    "touteslesdemijournees": SEMAINE_ENTIERE, "toutelasemaine": SEMAINE_ENTIERE, "tout": SEMAINE_ENTIERE,
    "touslesjours": SEMAINE_ENTIERE, "toujours": SEMAINE_ENTIERE, "semaine": EN_SEMAINE,
    "ensemaine": EN_SEMAINE, "dulundiauvendredi": EN_SEMAINE, "lundiauvendredi": EN_SEMAINE,
    "weekend": WEEK_END, "leweekend": WEEK_END, "weekends": WEEK_END,
    "matin": sum(bit(j, 0) for j in range(5)), "matins": sum(bit(j, 0) for j in range(5)),
    "touslesmatins": sum(bit(j, 0) for j in range(5)),
    "apresmidi": sum(bit(j, 1) for j in range(5)), "touslesapresmidi": sum(bit(j, 1) for j in range(5)),
}  # fmt: skip
LIMITES = {
    simplifie(ecriture): limite.value
    for limite in Limite
    for ecriture in (limite.value, limite.label, limite.label.removeprefix("Pas de ").removeprefix("Pas d'"))
} | {"weekend": "week_end", "lesweekends": "week_end", "pasdeweekend": "week_end"}  # fmt: skip
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")


class MotInconnu(Exception):
    """What is not understood, in words."""


def parmi(choix: dict[str, str], mot: str, quoi: str) -> str:
    """One of a few words, however it is written."""
    trouve = choix.get(simplifie(mot))
    if trouve is None:
        raise MotInconnu(f"{quoi} : « {mot[:40]} » n'est pas compris")
    return str(trouve)


def semaine(mots: str) -> int:
    """« lundi matin, mardi, samedi après-midi », « du lundi au vendredi », « week-end »."""
    resultat = 0
    for mot in filter(None, (m.strip() for m in SEPARATEURS.split(mots))):
        cle = simplifie(mot)
        if cle in PERIODES:
            resultat |= PERIODES[cle]
            continue
        jour = next((n for n, nom in enumerate(JOURS) if nom in cle), None)
        if jour is None:
            raise MotInconnu(f"demi-journées : « {mot[:40]} » n'est pas compris")
        moment = {"matin": (0,), "apresmidi": (1,), "aprem": (1,), "am": (0,), "pm": (1,)}
        reste = cle.replace(JOURS[jour], "").removeprefix("s").removesuffix("s")
        moities = moment.get(reste, (0, 1)) if reste in moment or not reste else None
        if moities is None:
            raise MotInconnu(f"demi-journées : « {mot[:40]} » n'est pas compris")
        for moitie in moities:
            resultat |= bit(jour, moitie)
    return resultat


def limites(mots: str) -> list[str]:
    """Hard limits: one that is not understood must not be lost, since it is never overridden."""
    lues = []
    for mot in filter(None, (m.strip() for m in SEPARATEURS.split(mots))):
        limite = LIMITES.get(simplifie(mot))
        if limite is None:
            raise MotInconnu(
                f"limites : « {mot[:40]} » n'est pas dans la liste (écrivez-la dans les contraintes)"
            )
        lues.append(limite)
    return list(dict.fromkeys(lues))


def jour(saisie: str, quoi: str) -> dt.date:
    """31/02/2027 is no day."""
    for ecriture in DATES:
        try:
            lu = dt.datetime.strptime(saisie.strip(), ecriture).date()  # noqa: DTZ007
        except ValueError:
            continue
        if 2000 <= lu.year <= 2099:
            return lu
    raise MotInconnu(f"{quoi} : « {saisie[:20]} » n'est pas une date (28/02/2027)")
