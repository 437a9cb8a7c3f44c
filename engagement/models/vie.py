"""The life of a mise en relation: one named method a transition (engagement/transitions.py)."""

from engagement.models.pas import PasDeMiseEnRelation


class VieDeLaMiseEnRelation(PasDeMiseEnRelation):
    """What MiseEnRelation is made of."""

    class Meta:
        abstract = True
