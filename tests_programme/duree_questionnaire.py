"""How long a questionnaire takes: under two minutes, or people stop half-way."""

from collections.abc import Iterable

QUESTIONS_MAXIMUM = 8
SECONDES_MAXIMUM = 120
# Reading the head of the page, the two questions that always end it, sending.
TOUJOURS = 40
# A rough rate of a reader on a phone, by kind of question.
PAR_QUESTION = {"echelle": 8, "choix": 10, "texte": 25}


def secondes(types: Iterable[str]) -> int:
    """The time somebody needs for questions of these types, everything included."""
    return TOUJOURS + sum(PAR_QUESTION.get(type_, 10) for type_ in types)


def en_mots(duree: int) -> str:
    """« environ 1 minute 30 »: to the next ten seconds."""
    minutes, reste = divmod(-(-duree // 10) * 10, 60)
    if not minutes:
        return f"environ {reste} secondes"
    return f"environ {minutes} minute{'s' if minutes > 1 else ''}{f' {reste}' if reste else ''}"
