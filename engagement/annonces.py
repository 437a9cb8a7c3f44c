"""What a mise en relation tells people, by the outbox. Inside the transaction of the cause.

Only who, when and about what: the words are written when the mail leaves (engagement/courriels/).
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from config.jours import jour_de
from engagement.destinataires import adresse_de, du_mediateur
from rappels import boite
from rappels.calendrier import apres_jours_ouvres, instant_d_envoi
from rappels.en_masse import Prevision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engagement.models import AccordMission, Attente, Echange, MiseEnRelation

# Working days after the asking.
RELANCES = {"accord_mission_relance_1": 3, "accord_mission_relance_2": 8}
DEUX_COTES = ("personne", "accueil")


def _dire(
    mise: "MiseEnRelation",
    genre: str,
    cotes: "Iterable[str]",
    quand: dt.datetime | str | int,
    donnees: dict[str, Any] | None = None,
) -> None:
    """One message to each of these sides that can be written to. ``quand``: what makes it the same message."""
    marque = f"{quand.timestamp():.0f}" if isinstance(quand, dt.datetime) else str(quand)
    boite.planifier_en_masse(
        Prevision(
            genre=genre,
            sujet=f"mise_en_relation:{mise.pk}",
            destinataire=adresse,
            cle=f"{genre}:{mise.pk}:{cote}:{marque}",
            donnees={"cote": cote, **(donnees or {})},
        )
        for cote in cotes
        if (adresse := adresse_de(mise, cote))
    )


def _dire_a_la_cellule(
    mise: "MiseEnRelation", genre: str, quand: object, donnees: dict[str, Any] | None = None
) -> None:
    for adresse in du_mediateur(mise):
        boite.planifier(
            genre=genre,
            sujet=f"mise_en_relation:{mise.pk}",
            destinataire=adresse,
            cle=f"{genre}:{mise.pk}:{adresse}:{quand}",
            donnees=donnees,
        )


def proposition(mise: "MiseEnRelation") -> None:
    """The person reads what is proposed, and answers by their link."""
    _dire(mise, "proposition", ["personne"], "1")


def reponse_recue(mise: "MiseEnRelation", cote: str) -> None:
    """Whoever follows it hears that a side answered: once a day and a side."""
    _dire_a_la_cellule(mise, "reponse_recue", f"{cote}:{jour_de():%Y%m%d}", {"cote": cote})


def mot_du_guichet(echange: "Echange") -> None:
    """A message typed at the desk leaves for one side, which answers by its link."""
    donnees = {"echange": echange.pk}
    _dire(echange.mise_en_relation, "mot_du_guichet", [echange.a], echange.pk, donnees)


def rencontre_fixee(mise: "MiseEnRelation") -> None:
    """Both sides get the day, the hour, the place and an entry for their calendar."""
    _oublier(mise, ["rencontre_fixee", "rencontre_annulee"])
    assert mise.rencontre_le is not None
    donnees = {"le": mise.rencontre_le.isoformat()}
    _dire(mise, "rencontre_fixee", DEUX_COTES, _nombre_de_rencontres(mise), donnees)


def rencontre_annulee(mise: "MiseEnRelation", le: dt.datetime, lieu: str) -> None:
    """Both sides hear it, with what takes the entry out of their calendar."""
    _oublier(mise, ["rencontre_fixee", "rencontre_annulee"])
    donnees = {"le": le.isoformat(), "lieu": lieu}
    _dire(mise, "rencontre_annulee", DEUX_COTES, _nombre_de_rencontres(mise), donnees)


def _nombre_de_rencontres(mise: "MiseEnRelation") -> int:
    from engagement.historique import compter

    return compter(f"mise_en_relation:{mise.pk}", ["fixer_rencontre", "annuler_rencontre"])


def _oublier(mise: "MiseEnRelation", genres: list[str]) -> None:
    boite.annuler(sujet=f"mise_en_relation:{mise.pk}", genres=genres)


def plus_rien_a_dire(mise: "MiseEnRelation") -> None:
    """What waits about it no longer leaves: it has ended."""
    boite.annuler(sujet=f"mise_en_relation:{mise.pk}")
    plus_d_accord_a_demander(list(mise.accords.values_list("pk", flat=True)))


def plus_d_accord_a_demander(accords: list[int]) -> None:
    """Their asking and reminders no longer leave."""
    for pk in accords:
        boite.annuler(sujet=f"accord_mission:{pk}")


def accord_demande(accord: "AccordMission") -> None:
    """The asking and its two reminders; an answer cancels what has not left, by its subject."""
    if not accord.email:
        return
    lieu = accord.mise_en_relation.dispositif.organisation.lieu
    genres: dict[str, dt.datetime | None] = {"accord_mission_demande": None}
    for genre, jours in RELANCES.items():
        jour = apres_jours_ouvres(jour_de(accord.demande_le), jours, lieu=lieu)
        genres[genre] = instant_d_envoi(jour, lieu=lieu)
    boite.planifier_en_masse(
        Prevision(
            genre=genre,
            sujet=f"accord_mission:{accord.pk}",
            destinataire=accord.email,
            cle=f"{genre}:{accord.pk}:{accord.demande_le.timestamp():.0f}",
            prevu_le=instant,
            donnees={"lieu": lieu},
        )
        for genre, instant in genres.items()
    )


def accord_refuse(accord: "AccordMission") -> None:
    """Whoever follows it hears that a party refuses."""
    quand = f"{accord.pk}:{accord.repondu_le:%Y%m%d%H%M%S}"
    _dire_a_la_cellule(
        accord.mise_en_relation, "accord_mission_refuse", quand, {"accord": accord.pk}
    )


def accord_recueilli(accord: "AccordMission") -> None:
    """Somebody who can be written to hears what the cellule noted in their name."""
    quand = f"{accord.pk}:{accord.repondu_le:%Y%m%d%H%M%S}"
    _dire(accord.mise_en_relation, "accord_recueilli", [accord.cote], quand, {"accord": accord.pk})


def mission_convenue(mise: "MiseEnRelation") -> None:
    """Everybody who agreed hears that it is settled, and so does who asked."""
    from engagement import annonces_besoins, missions
    from engagement.accords import parties

    _dire(mise, "mission_convenue", parties(mise), "1")
    annonces_besoins.trouve(mise)
    missions.prevoir(mise)


def mission_empechee(mise: "MiseEnRelation", obstacle: str, at: dt.datetime) -> None:
    """Whoever follows it hears what prevents it, although everybody agreed."""
    quand = f"{at:%Y%m%d%H%M%S}"
    _dire_a_la_cellule(mise, "mission_empechee", quand, {"obstacle": obstacle})


def mise_en_attente(mise: "MiseEnRelation") -> None:
    """The person hears that no place is left, and which rank is theirs."""
    _dire(mise, "mise_en_attente", ["personne"], mise.attente.rang)


def place_gardee(attente: "Attente", at: dt.datetime) -> None:
    """A place is held for them: 48 hours to say yes. Without an address, the cellule calls."""
    mise = attente.mise_en_relation
    _dire(mise, "place_gardee", ["personne"], at)
    if not adresse_de(mise, "personne"):
        _dire_a_la_cellule(mise, "place_gardee_a_dire", f"{at:%Y%m%d%H%M%S}")


def place_passee(attente: "Attente", at: dt.datetime) -> None:
    """The hold ran out: they are told, without reproach."""
    mise = attente.mise_en_relation
    mise._noter("place_passee", "La place gardée 48 heures n'a pas été confirmée", at=at)
    _dire(mise, "place_passee", ["personne"], at)


def mise_declinee(mise: "MiseEnRelation", at: dt.datetime) -> None:
    """The other side hears it, if it had heard of the proposal; and whoever follows it."""
    rencontre = mise.rencontre_le if mise.rencontre_le and mise.rencontre_le > at else None
    donnees = {"rencontre": rencontre.isoformat() if rencontre else ""}
    cotes = [c for c in DEUX_COTES if c != mise.declinee_par and _est_au_courant(mise, c)]
    _dire(mise, "mise_declinee", cotes, "1", donnees)
    if mise.declinee_par != "cellule":
        _dire_a_la_cellule(mise, "mise_declinee_cellule", "1")


def _est_au_courant(mise: "MiseEnRelation", cote: str) -> bool:
    """The person is, from the proposal on; whoever welcomes once somebody told them of it."""
    if cote == "personne" or mise.rencontre_le is not None or mise.etat == "rencontree":
        return True
    return mise.echanges.filter(a="accueil").exists() or mise.echanges.filter(de=cote).exists()
