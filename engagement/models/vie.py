"""The life of a mise en relation: one named method a transition (engagement/transitions.py)."""

from engagement.models.fin import FinDeMiseEnRelation


class VieDeLaMiseEnRelation(FinDeMiseEnRelation):
    """What MiseEnRelation is made of."""

    class Meta:
        abstract = True
