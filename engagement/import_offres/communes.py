"""The communes a file names, all found at once: a query a line would take minutes."""

from typing import TYPE_CHECKING, NamedTuple

from comptes.models import Territoire
from config.tableur_lu import simplifie

if TYPE_CHECKING:
    from engagement.models import Dispositif


class Commune(NamedTuple):
    """What an offer keeps of it."""

    pk: int
    nom: str
    epci: int | None
    departement: int | None
    region: int | None
    codes: frozenset[str]


class Annuaire:
    """Every commune by its simplified name and by its codes. One query of 35 000 short rows, once a file."""

    def __init__(self, dispositif: "Dispositif") -> None:
        self.ici = dispositif.territoire_id
        self.par_nom: dict[str, list[Commune]] = {}
        self.par_code: dict[str, list[Commune]] = {}
        lues = Territoire.objects.filter(niveau="commune").values_list(
            "pk", "nom", "epci_id", "departement_id", "region_id", "code", "codes_postaux"
        )
        for pk, nom, epci, departement, region, code, postaux in lues.iterator(chunk_size=5_000):
            codes = frozenset([code, *postaux.split()])
            commune = Commune(pk, nom, epci, departement, region, codes)
            self.par_nom.setdefault(simplifie(nom), []).append(commune)
            for un_code in codes:
                self.par_code.setdefault(un_code, []).append(commune)

    def trouver(self, saisie: str, code_postal: str = "") -> Commune | str:
        """The commune, or why it is not known. Of several of one name: by the postcode, then the one that is near."""
        code = "".join(code_postal.split()).zfill(5) if code_postal.strip() else ""
        mots = saisie.split()
        colles = [mot.strip("()") for mot in mots if mot.strip("()").isdigit()]
        code = code or (colles[-1] if colles and len(mots) > 1 else "")
        nom = simplifie(" ".join(mot for mot in mots if mot.strip("()") != code))
        candidates = self.par_nom.get(nom) or self.par_nom.get(simplifie(_sans_saint(saisie)), [])
        if not candidates and not nom.strip():
            candidates = self.par_code.get(code, [])
        if not candidates and saisie.strip() in self.par_code:
            candidates = self.par_code[saisie.strip()]
        if code and len(candidates) > 1:
            candidates = [c for c in candidates if code in c.codes]
        if len(candidates) > 1:
            voisines = [
                c for c in candidates if self.ici in (c.pk, c.epci, c.departement, c.region)
            ]
            candidates = voisines or candidates
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            return f"plusieurs communes répondent à « {saisie[:60]} » : ajoutez le code postal"
        return f"aucune commune ne s'appelle « {saisie[:60]} »"


def _sans_saint(saisie: str) -> str:
    """« St-Denis », « Ste Marie »: as people write them."""
    mots = saisie.replace("-", " ").split()
    entiers = {"st": "saint", "ste": "sainte"}
    return " ".join(entiers.get(mot.lower(), mot) for mot in mots if not mot.isdigit())
