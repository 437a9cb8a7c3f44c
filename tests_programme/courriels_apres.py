"""The mails of an ended test: its second reading, what is very late, and whether what was to last still stands.

Each writer returns None when its reason is gone, as in courriels.py.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse

from config.jours import jour_de
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige
from tests_programme import echeances_apres, seconde_lecture
from tests_programme.destinataires import animateurs, porteurs
from tests_programme.echeances import dernier_jour
from tests_programme.transitions import lecture_de

if TYPE_CHECKING:
    from rappels.models import Message
    from tests_programme.models import Test

GABARITS = "tests_programme/courriels"


def _test(message: "Message") -> "Test | None":
    from tests_programme.models import Test

    tests = Test.objects.select_related(
        "organisation__territoire__departement",
        "programme",
        "cree_par",
        "evaluation__soumise_par",
        "evaluation__publiee_par",
    ).prefetch_related("parties")
    return tests.filter(pk=message.numero).first()


def _est_lue_par(message: "Message", test: "Test") -> bool:
    """Whether what was submitted that day still waits, and this person may still read it."""
    if test.etat_au() != "a_evaluer" or lecture_de(test) != "soumise":
        return False
    soumise = test.evaluation.soumise_le
    assert soumise is not None
    if message.genre == seconde_lecture.DEMANDE:
        dite = message.donnees.get("soumise_le") == soumise.isoformat()
    else:
        dite = message.donnees.get("annonce") == jour_de(soumise).isoformat()
    return dite and message.destinataire.lower() in echeances_apres.qui_relit(test, message.genre)


def _a_relire(message: "Message") -> Courriel | None:
    """Asks for the second reading, at once, then a week and three weeks later."""
    test = _test(message)
    if test is None or not _est_lue_par(message, test):
        return None
    auteur = test.evaluation.soumise_par
    contexte = {
        "test": test,
        "rappel": message.genre != seconde_lecture.DEMANDE,
        "date": jour_en_mots(jour_de(test.evaluation.soumise_le)),
        "auteur": auteur.nom_public if auteur else test.organisation.nom,
        "lien": lien(reverse("tests_programme:evaluation", args=[test.pk])),
    }
    fois = "Toujours à relire" if contexte["rappel"] else "Une évaluation attend votre lecture"
    return rediger(
        message,
        objet=f"{fois} : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/evaluation_a_relire",
        contexte=contexte,
    )


redige(seconde_lecture.DEMANDE, libelle="Évaluation à relire")(_a_relire)
for _genre, _jours in echeances_apres.RELECTURE.items():
    redige(_genre, libelle=f"Évaluation à relire depuis {_jours} jours", aux_heures_ouvrees=True)(
        _a_relire
    )


def _en_est_encore(message: "Message", test: "Test") -> bool:
    """Whether who submitted it belongs to the organisation today: who has left is told nothing more."""
    membres = test.organisation.adhesions.actives()
    return membres.filter(utilisateur__email__iexact=message.destinataire).exists()


@redige("evaluation_rendue", libelle="Évaluation rendue avec une remarque")
def evaluation_rendue(message: "Message") -> Courriel | None:
    """Tells who submitted it that it came back, with the remark."""
    test = _test(message)
    if test is None or test.etat_au() != "a_evaluer" or lecture_de(test) == "soumise":
        return None
    if not _en_est_encore(message, test):
        return None
    contexte = {
        "test": test,
        "remarque": test.evaluation.remarque,
        "lien": lien(reverse("tests_programme:evaluation", args=[test.pk])),
    }
    return rediger(
        message,
        objet=f"Évaluation à revoir : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/evaluation_rendue",
        contexte=contexte,
    )


@redige("evaluation_publiee", libelle="Évaluation publiée")
def evaluation_publiee(message: "Message") -> Courriel | None:
    """Tells who submitted it that everybody may read it."""
    test = _test(message)
    if test is None or test.etat != "evalue" or not _en_est_encore(message, test):
        return None
    return rediger(
        message,
        objet=f"Évaluation publiée : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/evaluation_publiee",
        contexte={
            "test": test,
            "itere": test.evaluation.suites == "iterer",
            "lien": lien(test.get_absolute_url()),
        },
    )


@redige(
    echeances_apres.ANIMATION,
    libelle="Évaluation très en retard, à l'animation",
    aux_heures_ouvrees=True,
)
def evaluation_animation(message: "Message") -> Courriel | None:
    """Tells who animates the programme that an évaluation is late, every fortnight."""
    test = _test(message)
    dernier = dernier_jour(test) if test else None
    if test is None or dernier is None or test.etat_au() != "a_evaluer":
        return None
    if (
        message.donnees.get("annonce") != dernier.isoformat()
        or message.destinataire.lower() not in animateurs(test)
        or echeances_apres.alerte_depassee(_jour_prevu(message), test.organisation.lieu)
    ):
        return None
    contexte = {
        "test": test,
        "date": jour_en_mots(dernier),
        "semaines": (jour_de() - dernier).days // 7,
        "soumise": lecture_de(test) == "soumise",
        "porteurs": [p.fonction for p in test.parties.all() if p.role == "porteur"],
        "lien": lien(test.get_absolute_url()),
        "lien_retards": lien(reverse("tests_programme:en_retard")),
    }
    return rediger(
        message,
        objet=f"Sans évaluation depuis {contexte['semaines']} semaines : {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/evaluation_animation",
        contexte=contexte,
    )


def _jour_prevu(message: "Message") -> dt.date:
    """The day this alert was meant for: the last part of its key."""
    return dt.date.fromisoformat(message.cle[-10:])


def _perennite(message: "Message") -> Courriel | None:
    """Asks those who bore the test whether what was to last still stands."""
    test = _test(message)
    if test is None or test.etat != "evalue" or test.est_recit:
        return None
    question = test.evaluation.jour_de_la_question
    if (
        question is None
        or test.evaluation.tient_dit_le is not None
        or message.donnees.get("annonce") != question.isoformat()
        or message.destinataire.lower() not in porteurs(test)
    ):
        return None
    return rediger(
        message,
        objet=f"Cela tient-il toujours ? {en_bref(test.titre)}",
        gabarit=f"{GABARITS}/perennite",
        contexte={
            "test": test,
            "evaluation": test.evaluation,
            "rappel": message.genre == "perennite_rappel",
            "lien": lien(reverse("tests_programme:perennite", args=[test.pk])),
        },
    )


for _genre, _rappel in zip(echeances_apres.PERENNITE, ("", " (rappel)"), strict=True):
    _libelle = f"Six mois après : cela tient-il toujours ?{_rappel}"
    redige(_genre, libelle=_libelle, aux_heures_ouvrees=True)(_perennite)
