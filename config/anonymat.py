"""What in somebody's words might tell who they are: shown before it is published.

A help for people, not a proof: what it lets through is for whoever reads the text before the public does.
"""

import re

# Begins at the sign itself: a long text without one costs nothing. « nom (at) ville.fr » is an address too.
EMAIL = re.compile(
    r"[\w.+-]\s?(?:@|[(\[]\s?(?:at|arobase|chez)\s?[)\]])\s?[\w-]{1,63}(?:\.[\w-]{1,63})+", re.I
)
# Ten French digits by pairs, or +33, or a foreign number.
TELEPHONE = re.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)\s?33\s?(?:\(0\)\s?)?|0)[1-9](?:[\s.\-/]{0,2}\d{2}){4}(?!\d)"
    r"|(?<!\d)\+\d{1,3}(?:[\s.\-()]{0,2}\d){7,12}(?!\d)"
)
# Words that begin a sentence, or go before a name of place or of service: no first name.
PAS_UN_PRENOM = (
    r"(?:L[ae]s?|Une?|Des?|Du|Aux?|À|En|Et|Ou|Dans|Pour|Par|Sur|Sous|Chez|Avec|Sans|Vers|Depuis|Entre|"
    r"Nous|Vous|On|Ils?|Elles?|Je|Tu|Ce|Cet|Cette|Ces|Mon|Ma|Mes|Notre|Nos|Votre|Vos|Leurs?|Son|Sa|Ses|"
    r"Mais|Donc|Quand|Si|Comme|Puis|Alors|Ici|Saint|Sainte|Ville|Mairie|Métropole|Région|Département|"
    r"Conseil|Maison|Centre|Pôle|Service|Direction|Préfecture|Communauté|Agglomération|Office|"
    r"Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche)\b"
)
CIVILITE = r"(?:[Mm]adame|[Mm]onsieur|[Mm]ademoiselle|[Dd]octeur|[Mm]aître|Mme|Mlle|Mr|Dr|Me|M)"
LETTRES = r"[\w'’-]{1,40}"
PRENOM = r"[A-ZÀ-Ý][a-zà-ÿ]{1,40}(?:-[A-ZÀ-Ý]?[a-zà-ÿ]{1,40})?"
NOM = re.compile(
    rf"\b{CIVILITE}\.?\s+[A-ZÀ-Ý]{LETTRES}"
    rf"|\b[Jj]e m['’]appelle\s+[A-ZÀ-Ý]{LETTRES}|\b[Mm]on nom est\s+[A-ZÀ-Ý]{LETTRES}"
    # Two words with a capital: a first name and a name, most often.
    rf"|\b(?!{PAS_UN_PRENOM}){PRENOM} [A-ZÀ-Ý]{LETTRES}"
)


def moyens_de_joindre(texte: str) -> list[str]:
    """The e-mail addresses and phone numbers found, as they were written."""
    adresses = [_debut(texte, trouve) + trouve.group() for trouve in EMAIL.finditer(texte)]
    return adresses + [trouve.group().strip() for trouve in TELEPHONE.finditer(texte)]


def _debut(texte: str, adresse: re.Match[str]) -> str:
    """What stands before the last letter of an address's name."""
    avant = re.search(r"[\w.+-]*$", texte[max(0, adresse.start() - 64) : adresse.start()])
    return avant.group() if avant else ""


def noms_possibles(texte: str) -> list[str]:
    """What looks like somebody's name, as it was written, each once."""
    return list(dict.fromkeys(trouve.group() for trouve in NOM.finditer(texte)))


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
