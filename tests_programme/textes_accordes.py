"""The exact text people agree to, and its fingerprint: everything material is in it."""

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests_programme.models import Critere, Test


def texte_a_accorder(test: "Test", objet: str) -> str:
    """The exact text shown to the parties, in plain paragraphs. Two queries, none when prefetched."""
    demandees = test.prolongations.all() if objet == "prolongation" else []
    prolongation = next(iter(demandees), None)
    date = prolongation.nouvelle_date if prolongation else test.date_peremption
    lignes = [
        f"Test : {test.titre}",
        f"Hypothèse : {test.hypothese}",
        *_si_dit("Ce qui change par rapport au test précédent", test.changement),
        f"Jusqu'au : {date:%d/%m/%Y}" if date else "Jusqu'au : date à fixer",
        f"Comment on revient en arrière : {test.retour_arriere}",
        f"Comment on verra que c'est provisoire : {test.signe_provisoire}",
        *_si_dit("Qui on écoutera", test.ecoute_qui),
        f"Comment on entendra les usager·ères : {test.ecoute_prevue}",
        *_si_dit("Quand on les écoutera", test.ecoute_quand),
        *_si_dit("Points réguliers de l'équipe", _rythme(test)),
        *[f"On observe : {_critere_en_mots(critere)}" for critere in test.criteres.all()],
    ]
    if prolongation:
        lignes.append(f"Prolongé parce que : {prolongation.motif}")
    return "\n\n".join(lignes)


def _si_dit(titre: str, texte: str) -> list[str]:
    """A line only when there is something to say: a text agreed to before the question existed stays the same."""
    return [f"{titre} : {texte}"] if texte.strip() else []


def _rythme(test: "Test") -> str:
    return str(test.get_rythme_points_display()).lower() if test.rythme_points else ""


def _critere_en_mots(critere: "Critere") -> str:
    """What is observed and against what; who chose it with whom binds nobody, and is left out."""
    details = [
        ("en", critere.unite),
        ("au départ :", critere.valeur_depart),
        ("attendu :", critere.attendu),
        ("ce qui surprendrait :", critere.surprise),
    ]
    dits = [f"{mot} {valeur}" for mot, valeur in details if valeur]
    return f"{critere.libelle} ({' ; '.join(dits)})" if dits else critere.libelle


def empreinte(texte: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(texte.encode()).hexdigest()
