"""The mails about tests: one writer a kind, run at the moment the mail leaves.

Each returns None when its reason is gone. A later reminder of the same kind makes an earlier one that is
late pointless: nobody is told twice the same morning.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from rappels.calendrier import instant_d_envoi
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, PieceJointe, redige
from tests_programme.agenda import ics_du_test
from tests_programme.destinataires import porteurs, referents
from tests_programme.echeances import APRES, AVANT, avant_la_fin, dernier_jour
from tests_programme.transitions import lecture_de

if TYPE_CHECKING:
    from rappels.models import Message
    from tests_programme.models import Test

GABARITS = "tests_programme/courriels"


def _test(message: "Message") -> "Test | None":
    from tests_programme.models import Test

    tests = Test.objects.select_related(
        "organisation__territoire__departement", "cree_par"
    ).prefetch_related("parties")
    return tests.filter(pk=message.numero).first()


def _peremption(message: "Message") -> Courriel | None:
    """Tells those who bear a running test when it stops, with the date for their calendar."""
    test = _test(message)
    if test is None or test.date_peremption is None or test.etat_au() != "en_cours":
        return None
    restants = (test.date_peremption - jour_de()).days
    # After an outage the nearest reminder says it all: the ones it overtakes stay silent.
    depasse = any(
        instant <= timezone.now() and AVANT[genre] < AVANT[message.genre]
        for genre, _, instant in avant_la_fin(test.date_peremption, test.organisation.lieu)
    )
    if depasse or not _concerne(message, test.date_peremption, porteurs(test)):
        return None
    contexte = {
        "test": test,
        "date": jour_en_mots(test.date_peremption),
        "dans": _dans(restants),
        "restants": restants,
        "prolongeable": not test.prolongations.exists(),
        "lien": lien(test.get_absolute_url()),
    }
    return rediger(
        message,
        objet=f"Fin du test {_dans(restants)} : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/peremption",
        contexte=contexte,
        pieces=(PieceJointe("fin-du-test.ics", ics_du_test(test), "text/calendar"),),
    )


def _dans(jours: int) -> str:
    return {0: "aujourd'hui", 1: "demain"}.get(jours, f"dans {jours} jours")


def _evaluation(message: "Message") -> Courriel | None:
    """Reminds those who bore an ended test that it waits for its évaluation."""
    test = _test(message)
    contexte = _a_evaluer(test, message)
    if (
        test is None
        or contexte is None
        or not _concerne(message, contexte["dernier"], porteurs(test))
    ):
        return None
    suivants = [jours for jours in APRES.values() if jours > APRES[message.genre]]
    lieu = test.organisation.lieu
    echus = (
        instant_d_envoi(contexte["dernier"] + dt.timedelta(days=jours), lieu=lieu)
        for jours in suivants
    )
    if any(instant <= timezone.now() for instant in echus):
        return None
    fois = {"evaluation_1": "À évaluer", "evaluation_7": "Évaluation attendue"}
    objet = fois.get(message.genre, "Dernier rappel, évaluation en retard")
    contexte["dernier_rappel"] = message.genre == "evaluation_21"
    contexte["referent_prevenu"] = contexte["dernier_rappel"] and bool(referents(test))
    return rediger(
        message,
        objet=f"{objet} : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/evaluation",
        contexte=contexte,
    )


@redige(
    "evaluation_21_referent",
    libelle="Évaluation attendue depuis 21 jours, aux référent·es",
    aux_heures_ouvrees=True,
)
def evaluation_21_referent(message: "Message") -> Courriel | None:
    """Tells the organisation's référent·es that an évaluation is three weeks late."""
    test = _test(message)
    contexte = _a_evaluer(test, message)
    if (
        test is None
        or contexte is None
        or not _concerne(message, contexte["dernier"], referents(test))
        or message.destinataire.lower() in porteurs(test)  # told as one who bears it
    ):
        return None
    contexte["porteurs"] = [p.fonction for p in test.parties.all() if p.role == "porteur"]
    return rediger(
        message,
        objet=f"Un test attend son évaluation : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/evaluation_referent",
        contexte=contexte,
    )


def _a_evaluer(test: "Test | None", message: "Message") -> dict[str, Any] | None:
    dernier = dernier_jour(test) if test else None
    if test is None or dernier is None or test.etat_au() != "a_evaluer":
        return None
    if lecture_de(test) == "soumise":  # the team has done its part
        return None
    return {
        "test": test,
        "dernier": dernier,
        "date": jour_en_mots(dernier),
        "lien": lien(reverse("tests_programme:evaluation", args=[test.pk])),
    }


def _concerne(message: "Message", annonce: dt.date, adresses: list[str]) -> bool:
    """Whether the date is still the one announced, and the person still the one to tell."""
    dite = message.donnees.get("annonce")
    return dite == annonce.isoformat() and message.destinataire.lower() in adresses


# What one may not miss: the test ends today, it has ended.
A_SAVOIR = {"peremption_0", "evaluation_1"}
for _genre, _jours in AVANT.items():
    redige(
        _genre,
        libelle=f"Fin du test {_dans(_jours)}",
        indispensable=_genre in A_SAVOIR,
        aux_heures_ouvrees=True,
    )(_peremption)
for _genre, _jours in APRES.items():
    _depuis = f"{_jours} jour{'s' if _jours > 1 else ''}"
    redige(
        _genre,
        libelle=f"Évaluation attendue depuis {_depuis}",
        indispensable=_genre in A_SAVOIR,
        aux_heures_ouvrees=True,
    )(_evaluation)
