"""Who is written to at the desk: addresses in lower case, each once; nobody erased, nobody unconfirmed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engagement.models import Dispositif, MiseEnRelation, Personne


def de_la_personne(personne: "Personne") -> list[str]:
    """Their confirmed address, if they have one: some are only reached by phone, through the cellule."""
    return [personne.email.lower()] if personne.joignable and personne.effacee_le is None else []


def de_l_accueil(mise: "MiseEnRelation") -> list[str]:
    """Whoever welcomes: the address of the need, else that of who asked."""
    if mise.besoin.demandeur.effacee_le is not None:
        return []
    if mise.besoin.accueil_email:
        return [mise.besoin.accueil_email.lower()]
    return de_la_personne(mise.besoin.demandeur)


def du_manager(mise: "MiseEnRelation") -> list[str]:
    """The manager of origin of an agent, when the dispositif asks for their accord (engagement/accords.py).

    Else they know nothing of it, and hear nothing from us.
    """
    concerne = mise.dispositif.accord_manager and mise.personne.est_agent
    if not concerne or mise.offre.est_un_pret or not mise.personne.manager_email:
        return []
    return [mise.personne.manager_email.lower()]


def de_la_cellule(dispositif: "Dispositif") -> list[str]:
    """All of the cellule today. One query."""
    places = dispositif.mediations.filter(jusqu_au=None, utilisateur__is_active=True)
    return sorted({e.lower() for e in places.values_list("utilisateur__email", flat=True)})


def du_mediateur(mise: "MiseEnRelation") -> list[str]:
    """Who follows it, while of the cellule; else the whole cellule. One query."""
    cellule = de_la_cellule(mise.dispositif)
    mediateur = mise.mediateur.email.lower() if mise.mediateur else ""
    return [mediateur] if mediateur in cellule else cellule


def adresse_de(mise: "MiseEnRelation", cote: str) -> str:
    """The address of one side; "" when nobody can be written to there: the cellule then calls."""
    trouver = {
        "personne": lambda: de_la_personne(mise.personne),
        "accueil": lambda: de_l_accueil(mise),
        "manager": lambda: du_manager(mise),
    }
    return next(iter(trouver[cote]()), "") if cote in trouver else ""


def nom_de(mise: "MiseEnRelation", cote: str) -> str:
    """How a mail or a letter calls that side; "" when nobody said."""
    noms = {
        "personne": mise.personne.nom,
        "accueil": mise.besoin.accueil_nom or mise.besoin.demandeur.nom,
        "manager": mise.personne.manager_nom,
    }
    return noms.get(cote, "")
