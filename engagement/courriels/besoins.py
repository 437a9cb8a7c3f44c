"""The mails about needs."""

from typing import TYPE_CHECKING

from django.urls import reverse

from engagement.confirmation_besoin import jeton_de_confirmation
from engagement.destinataires import de_la_personne
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import Besoin
    from rappels.models import Message

GABARITS = "engagement/courriels"


def _besoin(message: "Message", *etats: str) -> "Besoin | None":
    """The need, in one of these states still, and for the person who asked still."""
    from engagement.models import Besoin

    besoins = Besoin.objects.select_related("dispositif", "demandeur", "territoire")
    besoin: Besoin | None = besoins.filter(pk=message.numero, etat__in=etats).first()
    if besoin is None or message.destinataire.lower() not in de_la_personne(besoin.demandeur):
        return None
    return besoin


def _rediger(message: "Message", besoin: "Besoin", objet: str, **contexte: object) -> Courriel:
    tout = {
        "besoin": besoin,
        "dispositif": besoin.dispositif,
        "lien": lien(reverse("engagement:suivre_besoin", args=[besoin.jeton])),
        **contexte,
    }
    gabarit = f"{GABARITS}/{message.genre}"
    return rediger(message, objet=objet, gabarit=gabarit, contexte=tout)


@redige("besoin_a_confirmer", libelle="Besoin à confirmer par son adresse", indispensable=True)
def besoin_a_confirmer(message: "Message") -> Courriel | None:
    """The link by which an address says that the need is its own."""
    from engagement.models import Besoin

    besoins = Besoin.objects.select_related("dispositif", "demandeur")
    besoin = besoins.filter(pk=message.numero, etat=Besoin.Etat.A_CONFIRMER).first()
    if besoin is None or besoin.demandeur.email.lower() != message.destinataire.lower():
        return None
    chemin = reverse("engagement:confirmer_besoin", args=[jeton_de_confirmation(besoin)])
    return _rediger(message, besoin, "Ce besoin est-il le vôtre ?", lien=lien(chemin))


@redige("besoin_recu", libelle="Besoin reçu", indispensable=True)
def besoin_recu(message: "Message") -> Courriel | None:
    """We have it; what comes next; the link to follow it."""
    besoin = _besoin(message, "a_qualifier", "ouvert")
    return (
        _rediger(message, besoin, f"Besoin bien reçu : {en_bref(besoin.titre)}") if besoin else None
    )


@redige("besoin_ouvert", libelle="Besoin ouvert")
def besoin_ouvert(message: "Message") -> Courriel | None:
    """The cellule looks for somebody."""
    besoin = _besoin(message, "ouvert")
    return (
        _rediger(message, besoin, f"Nous cherchons : {en_bref(besoin.titre)}") if besoin else None
    )


@redige("besoin_ecarte", libelle="Besoin écarté, avec la raison", indispensable=True)
def besoin_ecarte(message: "Message") -> Courriel | None:
    """It will not open; the reason in the cellule's words."""
    besoin = _besoin(message, "ecarte")
    return _rediger(message, besoin, f"Votre besoin : {en_bref(besoin.titre)}") if besoin else None


@redige("besoin_clos", libelle="Besoin fermé, avec la raison", indispensable=True)
def besoin_clos(message: "Message") -> Courriel | None:
    """Nobody is looked for any more."""
    besoin = _besoin(message, "clos")
    return _rediger(message, besoin, f"Besoin fermé : {en_bref(besoin.titre)}") if besoin else None


@redige("besoin_trouve", libelle="Quelqu'un est trouvé pour un besoin", indispensable=True)
def besoin_trouve(message: "Message") -> Courriel | None:
    """Somebody has agreed to come, and everybody with them."""
    besoin = _besoin(message, "ouvert", "clos")
    if besoin is None:
        return None
    numero = int(message.cle.rpartition(":")[2])
    mise = besoin.mises_en_relation.filter(pk=numero, etat="en_mission").first()
    if mise is None:
        return None
    premiere = mise.demi_journees.exclude(etat="annulee").order_by("jour", "moment").first()
    quand = jour_en_mots(premiere.jour) if premiere else ""
    objet = f"Quelqu'un est trouvé : {en_bref(besoin.titre)}"
    return _rediger(message, besoin, objet, quand=quand)


@redige("creneau_retire", libelle="Demi-journée retirée par l'accueil", indispensable=True)
def creneau_retire(message: "Message") -> Courriel | None:
    """A half-day that somebody had is no more."""
    from engagement.models import MiseEnRelation

    mises = MiseEnRelation.objects.select_related(
        "besoin__dispositif", "besoin__demandeur", "personne"
    )
    mise = mises.filter(pk=message.numero).first()
    if mise is None or message.destinataire.lower() not in de_la_personne(mise.personne):
        return None
    contexte = {
        "besoin": mise.besoin,
        "dispositif": mise.besoin.dispositif,
        "demi_journee": message.donnees.get("demi_journee", ""),
        "motif": message.donnees.get("motif", ""),
    }
    objet = f"Une demi-journée est retirée : {en_bref(mise.besoin.titre)}"
    return rediger(message, objet=objet, gabarit=f"{GABARITS}/creneau_retire", contexte=contexte)
