"""The communes a file names, all found at once: a query a line would take minutes."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Func, Q, TextField, Value

from comptes.models import Territoire
from config.recherche import SansAccents
from config.tableur_lu import simplifie

if TYPE_CHECKING:
    from engagement.models import Dispositif

CODE = re.compile(r"\(?\b(\d[\dAB]\d{3}|\d{4})\b\)?", re.ASCII)
SAINTS = {"st": "saint", "ste": "sainte"}


class Commune(NamedTuple):
    """What an offer keeps of it."""

    pk: int
    nom: str
    epci: int | None
    departement: int | None
    region: int | None
    codes: frozenset[str]


class Demande(NamedTuple):
    """What a line asks for: the name without its signs ("" when only a code is given), the code."""

    nom: str
    code: str


class Annuaire:
    """The communes that a file may mean. One query, however long the file is."""

    def __init__(self, dispositif: "Dispositif", saisies: Iterable[tuple[str, str]]) -> None:
        ici = dispositif.territoire
        # From the nearest: the territory itself, then its département, then its région.
        self.autour = [ici.pk, ici.epci_id, ici.departement_id, ici.region_id]
        self.par_nom: dict[str, list[Commune]] = {}
        self.par_code: dict[str, list[Commune]] = {}
        demandes = {_demande(*saisie) for saisie in saisies}
        for commune in _lire(demandes):
            self.par_nom.setdefault(_cle(commune.nom), []).append(commune)
            for code in commune.codes:
                self.par_code.setdefault(code, []).append(commune)

    def trouver(self, saisie: str, code_postal: str = "") -> Commune | str:
        """The commune, or why it is not known. Of several of one name: by the code, then the nearest."""
        nom, code = _demande(saisie, code_postal)
        candidates = self.par_nom.get(nom, []) if nom else self.par_code.get(code, [])
        if code and len(candidates) > 1:
            candidates = [c for c in candidates if code in c.codes]
        for lieu in self.autour if len(candidates) > 1 else []:
            voisines = [
                c for c in candidates if lieu and lieu in (c.pk, c.epci, c.departement, c.region)
            ]
            if voisines:
                candidates = voisines
                break
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            return f"plusieurs communes répondent à « {saisie[:60]} » : ajoutez le code postal"
        return f"aucune commune ne répond à « {saisie[:60]} »"


def _lire(demandes: set[Demande]) -> Iterable[Commune]:
    nu = Func(
        SansAccents("nom"),
        Value("[^a-z0-9]"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )
    seuls = {code for nom, code in demandes if not nom and code}
    voulues = Q(_nu__in={nom for nom, _ in demandes if nom}) | Q(code__in=seuls)
    for code in list(seuls)[:200]:
        voulues |= Q(codes_postaux__contains=code)
    lues = Territoire.objects.filter(niveau="commune").annotate(_nu=nu).filter(voulues)
    champs = ("pk", "nom", "epci_id", "departement_id", "region_id", "code", "codes_postaux")
    for pk, nom, epci, departement, region, code, postaux in lues.values_list(*champs):
        codes = frozenset([code, *postaux.split()])
        yield Commune(pk, nom, epci, departement, region, codes)


def _demande(saisie: str, code_postal: str) -> Demande:
    """« Lille (59000) », « St Denis », « 59350 »: as people write them; a spreadsheet drops the zero that leads."""
    colle = CODE.search(saisie)
    code = "".join(code_postal.split()) or (colle.group(1) if colle else "")
    mots = CODE.sub(" ", saisie).replace("-", " ").split()
    return Demande(
        _cle(" ".join(SAINTS.get(mot.lower(), mot) for mot in mots)), code.zfill(5) if code else ""
    )


def _cle(nom: str) -> str:
    return simplifie(nom).replace("œ", "oe").replace("æ", "ae")
