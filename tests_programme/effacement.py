"""What this room forgets: a year after a test has ended, or its draft was left, nobody is named with it."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import Max, Q
from django.utils import timezone

from config.jours import jour_de
from tests_programme.models import Accord, LecteurMiroir, PartiePrenante, Test, ValeurReponse, Voix

CONSERVATION = relativedelta(months=12)
TERMINES = ["a_evaluer", "evalue", "abandonne"]


def effacer_les_parties(at: dt.datetime | None = None) -> int:
    """Erase names, addresses and reasons of the parties of tests over for 12 months; return how many parties.

    A test's last line of history says since when it is over (its date, when no worker has recorded it);
    a draft's last saved step, since when it is left. Roles, functions and answers stay with the team.
    """
    limite = (at or timezone.now()) - CONSERVATION
    anciens = (
        Test.objects.annotate(derniere_ligne=Max("journal__le"))
        .filter(
            Q(etat__in=TERMINES, derniere_ligne__lt=limite)
            | Q(etat="en_cours", date_peremption__lt=jour_de(limite))
            | Q(etat="preparation", modifie_le__lt=limite)
        )
        .order_by()
        .values("pk")
    )
    Accord.objects.filter(partie__test__in=anciens).exclude(motif="").update(motif="")
    parties = PartiePrenante.objects.filter(test__in=anciens).exclude(nom="", email="")
    return parties.update(nom="", email="")


def effacer_les_paroles(at: dt.datetime | None = None) -> int:
    """Erase what was written to the team alone, 12 months after the évaluation; return how many texts.

    Free texts of the questionnaires, voices not to be quoted; also of tests over for 12 months that nobody
    evaluated. What was ticked and the positions keep counting; the published voices stay.
    """
    limite = (at or timezone.now()) - CONSERVATION
    anciens = (
        Test.objects.annotate(derniere_ligne=Max("journal__le"))
        .filter(
            Q(etat="evalue", evaluation__publiee_le__lt=limite)
            | Q(etat__in=["a_evaluer", "abandonne"], derniere_ligne__lt=limite)
            | Q(etat="en_cours", date_peremption__lt=jour_de(limite))
        )
        .order_by()
        .values("pk")
    )
    tues = Voix.objects.filter(test__in=anciens, consentement=False)
    notees, _ = tues.filter(note__isnull=False).delete()
    voix = tues.exclude(texte="").update(texte="", fonction="", etiquettes=[])
    textes = ValeurReponse.objects.filter(question__questionnaire__test__in=anciens)
    return notees + voix + textes.exclude(texte="").update(texte="", etiquettes=[])


def effacer_les_lecteurs(at: dt.datetime | None = None) -> int:
    """Erase who was invited to a groupe miroir, a year after its end or theirs; return how many.

    Their comments stay, signed by a function.
    """
    nombre, _ = LecteurMiroir.objects.a_effacer(at).delete()
    return nombre
