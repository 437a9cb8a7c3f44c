"""The life of a mise en relation: one named method a transition (engagement/transitions.py)."""

from engagement.models.conclusion import ConclusionDeLaMise
from engagement.models.conversation import ConversationDeLaMise
from engagement.models.fin import FinDeMiseEnRelation
from engagement.models.proposition import PropositionDeMiseEnRelation
from engagement.models.redaction import RedactionDeLaLettre
from engagement.models.rencontre import RencontreDeLaMise


class VieDeLaMiseEnRelation(
    PropositionDeMiseEnRelation,
    ConversationDeLaMise,
    RencontreDeLaMise,
    RedactionDeLaLettre,
    ConclusionDeLaMise,
    FinDeMiseEnRelation,
):
    """What MiseEnRelation is made of."""

    class Meta:
        abstract = True
