"""The whole reading of ENSEMBLE: its pistes with constat and levers, and what it is unsure of."""

import re
from urllib.parse import urlsplit

from pistes.carnet.blocs import lignes_de
from pistes.carnet.contexte import vocabulaire
from pistes.carnet.erreurs import CarnetIllisible
from pistes.carnet.mots import mots_du_titre, ressemblance
from pistes.ensemble.decoupe import Section, sections_de, sommaire_de
from pistes.ensemble.prose import Paragraphe, paragraphes
from pistes.lu import DouteLu, Lecture, PieceLue
from pistes.redaction import DetailEcrit, InspirationEcrite, TextePiste

_MAXIMUM = 200
_LIEN = re.compile(r"^https?://\S+$")
_ETIQUETTE = re.compile(r"^Lien vers\b", re.IGNORECASE)
_NOTE = re.compile(r"^\(\d+\)\s")


def analyser(texte: str) -> Lecture:
    """Read the document. Raises CarnetIllisible when it holds no piste, or far too many."""
    lignes = lignes_de(texte)
    sections = sections_de(lignes)
    if not 0 < len(sections) <= _MAXIMUM:
        raise CarnetIllisible(
            f"Ce texte contient {len(sections)} listes de leviers ; il en faut de 1 à {_MAXIMUM}.",
            "Vérifiez que c'est bien le recueil « Ensemble & autrement », et lui seul.",
        )
    lecteur = _Lecteur(lignes, vocabulaire(texte))
    pieces = [lecteur.lire(section, rang) for rang, section in enumerate(sections, 1)]
    lecteur.signaler_le_debut(sections[0])
    doutes = sorted(set(lecteur.doutes), key=lambda doute: (doute.ligne, doute.message))
    return Lecture("ensemble", pieces, doutes)


class _Lecteur:
    def __init__(self, lignes: list[str], mots: frozenset[str]) -> None:
        self.lignes, self.mots = lignes, mots
        self.doutes: list[DouteLu] = []
        premiere = sections_de(lignes)[0].debut
        self.sommaire = sommaire_de(lignes, premiere)

    def douter(self, ligne: int, message: str) -> None:
        self.doutes.append(DouteLu(ligne, message))

    def lire(self, section: Section, rang: int) -> PieceLue:
        numero = self._numero(section, rang)
        titre, autres = self._titres(section, numero)
        constat = self._paragraphes(section.constat, section.leviers - 1)
        suite = self._paragraphes(section.puces, section.fin)
        leviers, notes = self._leviers(suite, section)
        liens = self._liens([*constat, *notes], section)
        reste = [p.texte for p in notes if not _est_un_lien(p, liens)]
        if reste:
            leviers.append(DetailEcrit("Notes", "\n\n".join(reste)))
        self.douter(
            section.debut,
            "Ce recueil ne donne ni accroche ni levier en une phrase : les deux restent vides.",
        )
        texte = TextePiste(
            titre=titre,
            autres_titres=autres,
            constat="\n\n".join(p.texte for p in constat if not _est_un_lien(p, liens)),
            source=f"ENSEMBLE, piste {numero}",
            details=leviers,
            inspirations=liens,
        )
        if not texte.constat:
            self.douter(
                section.debut, "Aucun constat n'a été trouvé entre le titre et les leviers."
            )
        return PieceLue(numero, titre, section.debut, section.fin, texte)

    def signaler_le_debut(self, premiere: Section) -> None:
        """What stands before the first piste is not one."""
        if premiere.debut > 1 and any(ligne.strip() for ligne in self.lignes[: premiere.debut - 1]):
            fin = premiere.debut - 1
            message = (
                f"Lignes 1 à {fin} : édito, avant-propos, sommaire. Ce texte n'est pas importé."
            )
            self.doutes.append(DouteLu(1, message, fin))

    def _paragraphes(self, debut: int, fin: int) -> list[Paragraphe]:
        return paragraphes(self.lignes, debut, fin, self.mots, self.douter)

    def _numero(self, section: Section, rang: int) -> int:
        if section.numero is not None:
            return section.numero
        trouves = [
            (ressemblance(section.titre, titre), n) for n, (_, titre) in self.sommaire.items()
        ]
        note, numero = max(trouves, default=(0.0, rang))
        numero = numero if note >= 0.5 else rang
        d_ou = "de son titre dans le sommaire" if note >= 0.5 else "de son rang dans le document"
        self.douter(section.debut, f"Cette piste n'a pas de numéro : le {numero} vient {d_ou}.")
        return numero

    def _titres(self, section: Section, numero: int) -> tuple[str, list[str]]:
        """The contents' title, which has its small letters; the page's beside it when it differs."""
        page = " ".join(section.titre.split()).capitalize()
        ligne, annonce = self.sommaire.get(numero, (0, ""))
        if not annonce:
            self.douter(section.debut, f"Titre lu en capitales, remis en minuscules : « {page} ».")
            return page or f"Piste {numero}", []
        if not page:
            self.douter(
                section.debut, f"Titre absent ; celui du sommaire est gardé : « {annonce} »."
            )
            return annonce, []
        if mots_du_titre(page) == mots_du_titre(annonce):
            return annonce, []
        self.douter(
            section.debut,
            f"Titre de la page : « {page} » ; du sommaire (ligne {ligne}) : « {annonce} ». "
            "Le second est gardé, le premier est noté à côté.",
        )
        return annonce, [page]

    def _leviers(
        self, suite: list[Paragraphe], section: Section
    ) -> tuple[list[DetailEcrit], list[Paragraphe]]:
        """Each bullet with the paragraphs that go on from it; then notes and links."""
        leviers: list[DetailEcrit] = []
        notes: list[Paragraphe] = []
        for p in suite:
            if p.puce:
                leviers.append(DetailEcrit(f"Levier {len(leviers) + 1}", p.texte))
            elif _NOTE.match(p.texte) or _ETIQUETTE.match(p.texte) or _LIEN.match(p.texte):
                notes.append(p)
            elif leviers and not notes:
                leviers[-1].texte += f"\n\n{p.texte}"
                self.douter(p.ligne, "Paragraphe sans puce, rattaché au levier qui précède.")
            else:
                notes.append(p)
        if not leviers:
            self.douter(section.leviers, "Aucun levier n'a été trouvé sous ce titre.")
        return leviers, notes

    def _liens(
        self, paragraphes_lus: list[Paragraphe], section: Section
    ) -> list[InspirationEcrite]:
        adresses = [p for p in paragraphes_lus if _LIEN.match(p.texte)]
        etiquettes = [p for p in paragraphes_lus if _ETIQUETTE.match(p.texte)]
        liens = []
        for rang, p in enumerate(adresses):
            titre = etiquettes[rang].texte if rang < len(etiquettes) else ""
            if titre:
                self.douter(p.ligne, f"Adresse rapprochée de « {titre[:60]} » par sa place.")
            else:
                self.douter(p.ligne, "Adresse sans titre : le nom du site en tient lieu.")
            liens.append(InspirationEcrite(titre or _site(p.texte), lien=p.texte))
        return liens


def _site(adresse: str) -> str:
    try:
        return urlsplit(adresse).hostname or adresse[:120]
    except ValueError:
        return adresse[:120]


def _est_un_lien(p: Paragraphe, liens: list[InspirationEcrite]) -> bool:
    return any(p.texte in (lien.titre, lien.lien) for lien in liens)
