"""The mails about accords: asked, asked again of those still missing, and what the porteur·euses must know."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from rappels.models import Message
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige
from tests_programme.accords import obstacle_a_la_reponse
from tests_programme.changements import changements_pour
from tests_programme.destinataires import porteurs
from tests_programme.pauses import GENRE
from tests_programme.relances import RELANCES

if TYPE_CHECKING:
    from tests_programme.models import Accord, Test

GABARITS = "tests_programme/courriels"


def _accord(message: Message) -> "Accord | None":
    from tests_programme.models import Accord

    accords = Accord.objects.select_related("partie__test__organisation", "partie__test__cree_par")
    return accords.filter(pk=message.numero).first()


@redige("accord_demande", libelle="Accord demandé", indispensable=True)
def accord_demande(message: Message) -> Courriel | None:
    """Asks a party for their accord on the exact text, by a personal link."""
    return _demande(message, "Votre accord pour")


def _relance(message: Message) -> Courriel | None:
    """Asks once more those who have not answered, with the same link.

    Not while the asking itself has not arrived, nor, after an outage, when the next reminder is due too.
    """
    du_meme = Message.objects.filter(sujet=message.sujet)
    demande = du_meme.filter(genre=GENRE).exclude(etat=Message.Etat.ANNULE).order_by("pk").last()
    veille = timezone.now() - dt.timedelta(hours=12)
    if demande is None or demande.envoye_le is None or demande.envoye_le > veille:
        return None
    suivantes = du_meme.filter(genre__in=RELANCES, prevu_le__gt=message.prevu_le)
    if suivantes.filter(prevu_le__lte=timezone.now()).exclude(etat=Message.Etat.ANNULE).exists():
        return None
    return _demande(message, "Toujours attendu, votre accord pour")


for _rang, _genre in enumerate(RELANCES, 1):
    redige(_genre, libelle=f"Accord toujours attendu, rappel {_rang}", aux_heures_ouvrees=True)(
        _relance
    )


def _demande(message: Message, debut: str) -> Courriel | None:
    accord = _accord(message)
    if accord is None or not _demande_tient(accord, message):
        return None
    test = accord.partie.test
    prolongation = test.prolongations.first() if accord.objet == "prolongation" else None
    contexte: dict[str, Any] = {
        "accord": accord,
        "test": test,
        "demandeur": _demandeur(test),
        "date": jour_en_mots(prolongation.nouvelle_date) if prolongation else "",
        "lien": lien(reverse("tests_programme:accord", args=[accord.jeton])),
        "changements": changements_pour(accord),
        "relance": jour_en_mots(jour_de(accord.demande_le)) if message.genre in RELANCES else "",
    }
    return rediger(
        message,
        objet=f"{debut} {'prolonger' if prolongation else 'lancer'} un test : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/accord_demande",
        contexte=contexte,
    )


def _demande_tient(accord: "Accord", message: Message) -> bool:
    """Whether the answer still waits, on today's text, from the person at this address."""
    return (
        accord.attend_une_reponse
        and accord.partie.email.lower() == message.destinataire.lower()
        and not obstacle_a_la_reponse(accord)
    )


def _demandeur(test: "Test") -> str:
    """Who asks, as people would say it: the person if we know them, then their organisation."""
    auteur, organisation = test.cree_par, test.organisation.nom
    if auteur is None or not auteur.is_active or not auteur.nom:
        return organisation
    return f"{auteur.nom} ({', '.join(mot for mot in (auteur.fonction, organisation) if mot)})"


@redige("accord_refuse", libelle="Accord refusé")
def accord_refuse(message: Message) -> Courriel | None:
    """Tells those who bear the test that somebody refuses, and why if they said so."""
    return _reponse(message, "refuse", "Accord refusé")


@redige("accord_retire", libelle="Accord retiré", indispensable=True)
def accord_retire(message: Message) -> Courriel | None:
    """Tells those who bear the test that somebody takes their accord back. It stops nothing by itself."""
    return _reponse(message, "retire", "Accord retiré")


def _reponse(message: Message, etat: str, dit: str) -> Courriel | None:
    accord = _accord(message)
    if accord is None or accord.etat != etat or accord.repondu_le is None:
        return None
    test = accord.partie.test
    if message.destinataire.lower() not in porteurs(test):
        return None
    contexte = {
        "accord": accord,
        "test": test,
        "dit": dit,
        "le": jour_en_mots(jour_de(accord.repondu_le)),
        "suite": _suite(accord),
        "lien": lien(test.get_absolute_url()),
    }
    return rediger(
        message,
        objet=f"{dit} : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/accord_reponse",
        contexte=contexte,
    )


def _suite(accord: "Accord") -> str:
    """What the answer changes, and does not."""
    if accord.objet == "prolongation":
        return "Sans cet accord, le test n'est pas prolongé : il s'arrête à sa date."
    if accord.partie.test.tourne:
        return (
            "Le test ne s'arrête pas pour autant : parlez-en avec cette personne, puis décidez. "
            "Vous pouvez l'arrêter avant sa date."
        )
    return (
        "Tant que cet accord manque, le test ne démarre pas. Parlez-en avec cette personne : elle peut "
        "changer d'avis par le même lien."
    )
