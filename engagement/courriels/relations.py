"""The mails about mises en relation: proposals, words, meetings, refusals."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from engagement.agenda import rencontre_en_ics
from engagement.destinataires import adresse_de, du_mediateur, nom_de
from engagement.lettre import creneaux_de, instant_en_mots
from engagement.liens import lien_de_conversation
from engagement.presentation import lieu_montre
from engagement.semaine import MOMENTS
from engagement.semaine import en_mots as semaine_en_mots
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, PieceJointe, redige

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation
    from rappels.models import Message

GABARITS = "engagement/courriels"


def mise_du_message(message: "Message") -> "MiseEnRelation | None":
    """The mise en relation a message is about, its person not erased."""
    from engagement.models import MiseEnRelation

    mises = MiseEnRelation.objects.avec_tout().filter(personne__effacee_le=None)
    mise: MiseEnRelation | None = mises.filter(pk=message.numero).first()
    return mise


def a_un_cote(
    message: "Message",
    mise: "MiseEnRelation",
    objet: str,
    *,
    gabarit: str = "",
    pieces: tuple[PieceJointe, ...] = (),
    **contexte: Any,
) -> Courriel | None:
    """A mail to one side with its personal link; None when that side is no longer at this address."""
    cote = message.donnees.get("cote", "personne")
    if adresse_de(mise, cote).lower() != message.destinataire.lower():
        return None
    tout = {
        **commun(mise),
        "cote": cote,
        "nom": nom_de(mise, cote),
        "lien": lien_de_conversation(mise, cote),
        **contexte,
    }
    return rediger(
        message,
        objet=objet,
        gabarit=gabarit or f"{GABARITS}/{message.genre}",
        contexte=tout,
        pieces=pieces,
    )


def a_la_cellule(
    message: "Message", mise: "MiseEnRelation", objet: str, *, gabarit: str = "", **contexte: Any
) -> Courriel | None:
    """A mail to whoever follows it; None when they left the cellule, or it was handed over."""
    if message.destinataire.lower() not in du_mediateur(mise):
        return None
    tout = {**commun(mise), "lien": lien(mise.get_absolute_url()), **contexte}
    gabarit = gabarit or f"{GABARITS}/{message.genre}"
    return rediger(message, objet=objet, gabarit=gabarit, contexte=tout)


def commun(mise: "MiseEnRelation") -> dict[str, Any]:
    """What every template of these mails reads."""
    return {"mise": mise, "besoin": mise.besoin, "dispositif": mise.dispositif}


def quand(mise: "MiseEnRelation") -> str:
    """Its half-days, or the days of the loan, in a line."""
    if mise.offre.est_un_pret:
        fin = instant_en_mots(mise.pret_fin)
        return f"du {instant_en_mots(mise.pret_debut)} au {fin}" if mise.pret_debut else ""
    return " ; ".join(f"{jour_en_mots(c.jour)}, {MOMENTS[c.moment]}" for c in creneaux_de(mise))


@redige("proposition", libelle="Besoin proposé à une personne", indispensable=True)
def proposition(message: "Message") -> Courriel | None:
    """Asks somebody what they think of a need, and why them."""
    mise = mise_du_message(message)
    if mise is None or mise.etat != "proposee" or mise.besoin.etat != "ouvert":
        return None
    besoin = mise.besoin
    periode = ""
    if besoin.debut and besoin.fin:
        periode = f"{semaine_en_mots(besoin.semaine)}, du {jour_en_mots(besoin.debut)} au {jour_en_mots(besoin.fin)}"
        if besoin.debut == besoin.fin:
            periode = f"{jour_en_mots(besoin.debut)} ({semaine_en_mots(besoin.semaine)})"
    premiers = mise.echanges.filter(canal="courriel", de="cellule", a="personne").order_by(
        "le", "pk"
    )
    mot = premiers.values_list("texte", flat=True).first() or ""
    return a_un_cote(
        message,
        mise,
        f"Cela pourrait vous aller : {en_bref(besoin.titre)}",
        mot=mot,
        ou=lieu_montre(mise),
        quand=periode,
        raisons=" · ".join(mise.raisons),
    )


@redige("mot_du_guichet", libelle="Message de la cellule", indispensable=True, discret=True)
def mot_du_guichet(message: "Message") -> Courriel | None:
    """What somebody of the cellule typed at the desk."""
    mise = mise_du_message(message)
    if mise is None:
        return None
    echange = mise.echanges.filter(pk=message.donnees.get("echange")).first()
    if echange is None:
        return None
    objet = f"Au sujet de : {en_bref(mise.besoin.titre)}"
    return a_un_cote(message, mise, objet, texte=echange.texte)


@redige("reponse_recue", libelle="Réponse reçue par le lien")
def reponse_recue(message: "Message") -> Courriel | None:
    """Whoever follows it hears that a side answered."""
    mise = mise_du_message(message)
    if mise is None:
        return None
    qui = {"personne": "La personne qui offre", "accueil": "L'accueil"}
    objet = f"Réponse reçue : {en_bref(mise.besoin.titre)}"
    return a_la_cellule(message, mise, objet, qui=qui.get(message.donnees.get("cote"), "Quelqu'un"))


DECLINE = {
    "personne": "La personne qui offre préfère ne pas donner suite.",
    "accueil": "L'accueil préfère ne pas donner suite.",
    "cellule": "La cellule a refermé cette proposition.",
}


@redige("mise_declinee", libelle="Mise en relation déclinée", indispensable=True)
def mise_declinee(message: "Message") -> Courriel | None:
    """The other side hears it, with what was said for them; never what was told to the cellule alone."""
    mise = mise_du_message(message)
    if mise is None or mise.etat != "declinee":
        return None
    cote, prevue = message.donnees["cote"], message.donnees.get("rencontre")
    le = dt.datetime.fromisoformat(prevue) if prevue else None
    jour, heure = instant_en_mots(le).rsplit(", ", 1) if le else ("", "")
    pieces = (
        (rencontre_en_ics(mise, cote, le=le, lieu=mise.rencontre_lieu, annulee=True),) if le else ()
    )
    return a_un_cote(
        message,
        mise,
        f"Sans suite : {en_bref(mise.besoin.titre)}",
        pieces=pieces,
        qui=DECLINE.get(mise.declinee_par, DECLINE["cellule"]),
        motif=mise.motif,
        rencontre=bool(le),
        jour=jour,
        heure=heure,
    )


@redige("mise_declinee_cellule", libelle="Mise en relation déclinée, pour la cellule")
def mise_declinee_cellule(message: "Message") -> Courriel | None:
    """Whoever follows it hears that a side says no."""
    mise = mise_du_message(message)
    if mise is None or mise.etat != "declinee":
        return None
    objet = f"Déclinée : {en_bref(mise.besoin.titre)}"
    qui = DECLINE.get(mise.declinee_par, DECLINE["cellule"])
    return a_la_cellule(message, mise, objet, qui=qui, motif=mise.motif)
