"""What in somebody's words might tell who they are: shown before it is published."""

import re

# Read from the @ outwards, and no further than addresses go: a text without spaces is looked through once.
EMAIL = re.compile(r"(?<=[\w.+-])@[\w-]{1,63}\.[\w.-]")
TELEPHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.]?[1-9](?:[\s.\-]?\d{2}){4}(?!\d)")
NOM = re.compile(
    r"\b(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Docteur|Dr)\s+[A-ZÀ-Ý][\w'’-]+"
    r"|\b[Jj]e m['’]appelle\s+[A-ZÀ-Ý][\w'’-]+|\b[Mm]on nom est\s+[A-ZÀ-Ý][\w'’-]+"
    # Two capitalised words in the middle of a sentence: a first name and a name, most often.
    r"|(?<=[a-zà-ÿ,;] )[A-ZÀ-Ý][a-zà-ÿ-]+ [A-ZÀ-Ý][A-Za-zÀ-ÿ'’-]+"
)


def ce_qui_designe(texte: str) -> list[str]:
    """What looks like an e-mail address, a phone number or a name, in words; empty when nothing does."""
    trouves = []
    if EMAIL.search(texte):
        trouves.append("une adresse e-mail")
    if TELEPHONE.search(texte):
        trouves.append("un numéro de téléphone")
    if NOM.search(texte):
        trouves.append("le nom d'une personne")
    return trouves


def permet_de_joindre(texte: str) -> bool:
    """Whether these words hold a way to reach somebody: they are never published as they are."""
    return bool(EMAIL.search(texte) or TELEPHONE.search(texte))
