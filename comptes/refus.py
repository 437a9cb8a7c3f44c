"""How this room says no to something the person had the right to try."""


class DecisionImpossible(Exception):
    """A decision that cannot be taken (any more). The message, in French, is for the person."""
