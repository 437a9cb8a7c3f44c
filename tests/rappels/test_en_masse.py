"""Planning many messages at once says what planning them one by one says."""

import datetime as dt

import pytest
from django.utils import timezone

from rappels import boite
from rappels.en_masse import LOT, Prevision
from rappels.models import Message

pytestmark = pytest.mark.django_db

Etat = Message.Etat
CHAMPS = [
    "cle",
    "genre",
    "sujet",
    "destinataire",
    "donnees",
    "etat",
    "tentatives",
    "derniere_erreur",
]
CHAMPS += ["premier_essai_le", "reporte_au", "bail", "bail_jusqua"]


def _prevision(n, **champs):
    base = {"genre": "essai", "sujet": f"essai:{n}", "destinataire": f"p{n}@exemple.fr"}
    return Prevision(**{**base, "cle": f"essai:{n}", "donnees": {"objet": "100 % neuf"}, **champs})


@pytest.mark.parametrize("avec_instant", [True, False])
def test_in_every_state_both_ways_of_planning_leave_the_same_row(avec_instant):
    hier, demain = (timezone.now() + dt.timedelta(days=j) for j in (-1, 1))
    resultats = []
    for facon in ("un", "masse"):
        Message.objects.all().delete()
        boite.planifier_en_masse(_prevision(n, prevu_le=hier, donnees={}) for n in range(len(Etat)))
        for n, etat in enumerate(Etat):
            Message.objects.filter(cle=f"essai:{n}").update(
                etat=etat,
                tentatives=3,
                reporte_au=demain,
                premier_essai_le=hier,
                derniere_erreur="451",
            )
        previsions = [
            _prevision(n, prevu_le=demain if avec_instant else None) for n in range(len(Etat) + 1)
        ]
        if facon == "masse":
            assert boite.planifier_en_masse(previsions) == len(previsions)
        else:
            for p in previsions:
                boite.planifier(
                    genre=p.genre,
                    sujet=p.sujet,
                    destinataire=p.destinataire,
                    cle=p.cle,
                    prevu_le=p.prevu_le,
                    donnees=p.donnees,
                )
        lignes = Message.objects.order_by("cle").values_list(*CHAMPS)
        instants = [m.prevu_le.date() for m in Message.objects.order_by("cle")]
        resultats.append((list(lignes), instants))
    assert resultats[0] == resultats[1]


def test_the_last_word_on_a_key_said_twice_wins():
    demain = timezone.now() + dt.timedelta(days=1)
    boite.planifier_en_masse(
        [
            _prevision(1, prevu_le=demain, donnees={"objet": "un"}),
            _prevision(1, donnees={"objet": "deux"}),
        ]
    )
    message = Message.objects.get()
    assert (message.donnees, message.prevu_le) == ({"objet": "deux"}, demain)


def test_many_messages_ring_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sonneries:
        boite.planifier_en_masse(_prevision(n) for n in range(LOT + 1))
    assert len(sonneries) == 1
    assert Message.objects.dus().count() == LOT + 1


def test_a_batch_is_written_before_the_next_one_is_read():
    """So that planning a million costs the memory of a thousand."""
    ecrits = []

    def lire():
        for n in range(2 * LOT):
            if n == LOT:
                ecrits.append(Message.objects.count())
            yield _prevision(n)

    boite.planifier_en_masse(lire())
    assert ecrits == [LOT]


def test_the_future_does_not_ring(django_capture_on_commit_callbacks):
    demain = timezone.now() + dt.timedelta(days=1)
    with django_capture_on_commit_callbacks() as sonneries:
        assert boite.planifier_en_masse([_prevision(1, prevu_le=demain)]) == 1
        assert boite.planifier_en_masse([]) == 0
    assert sonneries == []
