"""What a file would bring: good lines, broken ones, people and offers that are there already. Writes nothing."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import Lower

from config.tableur_lu import lire, simplifie
from engagement.import_offres.colonnes import COLONNES, OBLIGATOIRES
from engagement.import_offres.lecture import Lecteur, OffreLue, Refusee

if TYPE_CHECKING:
    from engagement.models import Dispositif, Personne


@dataclasses.dataclass
class Apercu:
    """``connues``: people of this dispositif, by how a line names them."""

    bonnes: list[OffreLue]
    refusees: list[Refusee]
    inconnues: list[str]
    connues: "dict[tuple[str, ...], Personne]"

    @property
    def a_corriger(self) -> list[Refusee]:
        """The broken lines; those that are there already need nothing."""
        return [ligne for ligne in self.refusees if ligne.a_corriger]

    @property
    def deja_la(self) -> list[Refusee]:
        """The same line twice, or an offer that is there already."""
        return [ligne for ligne in self.refusees if not ligne.a_corriger]

    @property
    def de_connus(self) -> int:
        """Good lines of people who are there already: their offer joins theirs."""
        return sum(ligne.qui in self.connues for ligne in self.bonnes)

    @property
    def avec_adresse(self) -> int:
        """Good lines somebody may be written to about."""
        return sum(bool(ligne.personne["email"]) for ligne in self.bonnes)


def apercevoir(dispositif: "Dispositif", contenu: bytes, at: dt.datetime | None = None) -> Apercu:
    """Read a file. Four queries, however long it is. Raises TableurRefuse."""
    tableur = lire(contenu, COLONNES, obligatoires=OBLIGATOIRES)
    lecteur = Lecteur(dispositif, tableur.lignes, at)
    apercu = Apercu([], [], tableur.inconnues, {})
    apercu.refusees += [Refusee(r.numero, r.raison, {}, r.texte) for r in tableur.refusees]
    lues = [lecteur.lire(ligne) for ligne in tableur.lignes]
    bonnes = [lue for lue in lues if isinstance(lue, OffreLue)]
    apercu.refusees += [lue for lue in lues if isinstance(lue, Refusee)]
    apercu.connues, offres = _deja_la(dispositif, bonnes)
    valeurs = {ligne.numero: ligne.valeurs for ligne in tableur.lignes}
    _trier(apercu, bonnes, offres, valeurs)
    apercu.refusees.sort(key=lambda ligne: ligne.numero)
    return apercu


def _trier(
    apercu: Apercu, bonnes: list[OffreLue], offres: set[Any], valeurs: dict[int, dict[str, str]]
) -> None:
    vues: dict[Any, int] = {}
    noms = {qui: simplifie(p.nom) for qui, p in apercu.connues.items()}
    for ligne in bonnes:
        cle, nom = (ligne.qui, ligne.quoi), simplifie(ligne.personne["nom"])
        dites = valeurs[ligne.numero]
        if noms.setdefault(ligne.qui, nom) != nom:
            raison = (
                "cette adresse est déjà celle de quelqu'un d'autre, ici ou dans le fichier : une adresse, "
                "une personne"
            )
            apercu.refusees.append(Refusee(ligne.numero, raison, dites))
        elif cle in vues:
            raison = f"la même offre est à la ligne {vues[cle]}"
            apercu.refusees.append(Refusee(ligne.numero, raison, dites, a_corriger=False))
        elif cle in offres:
            raison = "cette offre de cette personne est déjà là"
            apercu.refusees.append(Refusee(ligne.numero, raison, dites, a_corriger=False))
        else:
            vues[cle] = ligne.numero
            apercu.bonnes.append(ligne)


def _deja_la(
    dispositif: "Dispositif", bonnes: list[OffreLue]
) -> tuple[dict[tuple[str, ...], "Personne"], set[Any]]:
    """The people and the offers that are there already. Three queries."""
    from engagement.models import Offre, Personne

    emails = {ligne.personne["email"] for ligne in bonnes} - {""}
    telephones = {ligne.personne["telephone"] for ligne in bonnes} - {""}
    ici = Personne.objects.filter(dispositif=dispositif, effacee_le=None)
    connues: dict[tuple[str, ...], Personne] = {}
    for personne in ici.annotate(_email=Lower("email")).filter(_email__in=emails):
        connues["@", personne.email.lower()] = personne
    muets = [
        ligne.personne["nom"]
        for ligne in bonnes
        if not (ligne.personne["email"] or ligne.personne["telephone"])
    ]
    sans_adresse = Q(telephone__in=telephones) | Q(telephone="", nom__in=muets)
    for personne in ici.filter(sans_adresse, email=""):
        connues["", simplifie(personne.nom), personne.telephone] = personne
    par_pk = {personne.pk: qui for qui, personne in connues.items()}
    offres = Offre.objects.filter(personne__in=par_pk).exclude(etat="terminee")
    lues = offres.values_list("personne", "nature", "titre", "envies", "territoire", "semaine")
    return connues, {
        (par_pk[p], (nature, titre.casefold(), envies, commune, semaine))
        for p, nature, titre, envies, commune, semaine in lues
    }
