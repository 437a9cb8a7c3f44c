"""The mails of a running test's daily life: its regular points, its thread with those who animate."""

from typing import TYPE_CHECKING

from django.urls import reverse

from config.jours import jour_de
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige
from tests_programme.destinataires import porteurs

if TYPE_CHECKING:
    from rappels.models import Message
    from tests_programme.models import PointRegulier

GABARITS = "tests_programme/courriels"


def _point(message: "Message") -> "PointRegulier | None":
    """The point the message speaks of, while it still waits and its test runs."""
    from tests_programme.models import PointRegulier

    points = PointRegulier.objects.select_related(
        "test__organisation__territoire__departement", "test__cree_par"
    ).prefetch_related("test__parties")
    point: PointRegulier | None = points.filter(
        test=message.numero, prevu_le=message.donnees.get("annonce"), tenu_le=None
    ).first()
    if point is None or point.test.etat_au() != "en_cours":
        return None
    return point if message.destinataire.lower() in porteurs(point.test) else None


@redige("point_prevu", libelle="Point régulier du jour", aux_heures_ouvrees=True)
def point_prevu(message: "Message") -> Courriel | None:
    """Invites the team, on the morning of the point. The day after, it says nothing."""
    point = _point(message)
    if point is None or point.prevu_le != jour_de():
        return None
    return _rediger(message, point, f"Le point d'aujourd'hui : {en_bref(point.test.titre)}")


@redige("point_manque", libelle="Point régulier qui n'a pas été noté", aux_heures_ouvrees=True)
def point_manque(message: "Message") -> Courriel | None:
    """Reminds once of a point that was not held, unless another one has come since."""
    point = _point(message)
    if point is None or point.prevu_le >= jour_de():
        return None
    depuis = point.test.points.filter(prevu_le__gt=point.prevu_le, prevu_le__lte=jour_de())
    if depuis.exists():
        return None
    return _rediger(message, point, f"Un point n'a pas été noté : {en_bref(point.test.titre)}")


def _rediger(message: "Message", point: "PointRegulier", objet: str) -> Courriel:
    assert point.test.date_peremption is not None
    contexte = {
        "test": point.test,
        "point": point,
        "date": jour_en_mots(point.prevu_le),
        "fin": jour_en_mots(point.test.date_peremption),
        "lien": lien(reverse("tests_programme:points", args=[point.test_id])),
    }
    return rediger(message, objet=objet, gabarit=f"{GABARITS}/{message.genre}", contexte=contexte)


def _entraide(message: "Message") -> Courriel | None:
    """Brings a message of the thread to the other side, to who may still read it."""
    from tests_programme.models import Echange

    echanges = Echange.objects.select_related(
        "auteur", "test__organisation__territoire__departement", "test__programme", "test__cree_par"
    ).prefetch_related("test__parties")
    echange: Echange | None = echanges.filter(pk=message.numero).first()
    if echange is None or message.destinataire.lower() not in echange.a_prevenir():
        return None
    debut = "Réponse" if echange.de_l_animation else "Question d'une équipe"
    contexte = {
        "echange": echange,
        "test": echange.test,
        "lien": lien(reverse("tests_programme:entraide", args=[echange.test_id])),
    }
    return rediger(
        message,
        objet=f"{debut} : {en_bref(echange.test.titre)}",
        gabarit=f"{GABARITS}/{message.genre}",
        contexte=contexte,
    )


redige("entraide_question", libelle="Question d'une équipe à l'animation")(_entraide)
redige("entraide_reponse", libelle="Réponse de l'animation à une équipe")(_entraide)
