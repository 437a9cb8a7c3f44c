"""Suggestions: what the machine may do. It suggests and explains; a human introduces (DOMAIN).

No number is shown and none is hidden: first what has the most reasons to fit, then the fewest against, then who
has waited longest to be asked. A hard limit excludes. docs/suggestions.md says it at length.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import connection

from comptes.models import Territoire
from config.jours import jour_de
from engagement import raisons
from engagement import suggestions_abords as abords
from engagement import suggestions_sql as sql
from engagement.models.besoin import Besoin
from engagement.models.offre import Offre
from engagement.obstacles import absente, de_l_offre, obstacles, trop_sollicitee
from engagement.raisons import Faits
from engagement.semaine import EN_SEMAINE

PREMIERES = 20
# How many offers of a need are looked at wholly before one knows which others deserve it.
LOT = 200
POSSIBLES = "(possible IS NULL OR possible <> 0)"
ORDRE_EN_MOTS = (
    "D'abord les offres qui ont le plus de raisons de convenir, puis celles qui en ont le moins contre. À égalité, "
    "les personnes qui attendent depuis le plus longtemps d'être sollicitées."
)
ORDRE_DES_BESOINS_EN_MOTS = (
    "D'abord les besoins auxquels cette offre a le plus de raisons de convenir, puis ceux où elle en a le moins "
    "contre. À égalité, ceux qui attendent depuis le plus longtemps."
)


@dataclasses.dataclass(frozen=True)
class Rapprochement:
    """One offer beside one need, with its reasons in words."""

    besoin: Besoin
    offre: Offre
    faits: Faits

    @cached_property
    def convient(self) -> list[str]:
        """What fits."""
        return raisons.convient(self.faits, self.besoin, self.offre)

    @cached_property
    def manque(self) -> list[str]:
        """What does not, and forbids nothing."""
        return raisons.manque(self.faits, self.besoin, self.offre)

    @cached_property
    def obstacles(self) -> list[str]:
        """What forbids to propose it; of an offer chosen with ``entre`` only."""
        return obstacles(self.faits, self.besoin, self.offre)


def pour_besoin(besoin: Besoin, at: dt.datetime | None = None) -> list[Rapprochement]:
    """The best twenty offers for a need. Two queries."""
    if besoin.etat != Besoin.Etat.OUVERT:
        return []
    communes, epci, departements = lieux(besoin)
    lus = _lire(
        _offres_d_un_besoin(),
        at, besoins="b.id = %(besoin)s", besoin=besoin.pk, dispositif=besoin.dispositif_id,
        communes=communes, epci=epci, tout_epci=not communes and epci is not None,
        departements=departements, nature=besoin.nature, demande=besoin.demande,
        premieres=PREMIERES, lot=max(LOT, PREMIERES),
    )  # fmt: skip
    return _avec_les_offres(lus, {besoin.pk: besoin})


def pour_offre(offre: Offre, at: dt.datetime | None = None) -> list[Rapprochement]:
    """The best twenty open needs for an offer, if it may be proposed today. Two queries."""
    lus = _lire(
        _besoins_d_une_offre(),
        at, besoins="b.dispositif_id = %(dispositif)s AND b.etat = 'ouvert' AND b.nature = %(nature)s "
        "AND (t.id IN (%(commune)s, %(epci)s, %(departement)s) OR t.departement_id = %(departement)s "
        "OR t.epci_id = %(epci)s)",
        dispositif=offre.dispositif_id, offre=offre.pk, nature=offre.nature, commune=offre.territoire_id,
        epci=offre.epci_id, departement=offre.departement_id,
    )  # fmt: skip
    besoins = Besoin.objects.select_related("territoire", "genre", "dispositif")
    trouves = besoins.in_bulk([faits.besoin_id for faits in lus])
    return [Rapprochement(trouves[faits.besoin_id], offre, faits) for faits in lus]


def de_tout_un_dispositif(dispositif_id: int, at: dt.datetime | None = None) -> list[Rapprochement]:
    """The best twenty offers for each open need, all at once. Three queries."""
    lus = _lire(
        f"{_offres_de_chaque_besoin()} ORDER BY besoin_id, place", at,
        besoins="b.dispositif_id = %(dispositif)s AND b.etat = 'ouvert'", dispositif=dispositif_id,
    )  # fmt: skip
    besoins = Besoin.objects.filter(dispositif=dispositif_id, etat="ouvert").select_related("genre")
    return _avec_les_offres(lus, besoins.in_bulk())


def entre(
    besoin: Besoin, offres: Iterable[Offre], at: dt.datetime | None = None
) -> dict[int, Rapprochement]:
    """One need beside offers somebody chose, excluded or not, by the offer's key. One query."""
    par_cle = {offre.pk: offre for offre in offres}
    lus = _lire(
        _offres_choisies(), at, besoins="b.id = %(besoin)s", besoin=besoin.pk,
        dispositif=besoin.dispositif_id, offres=list(par_cle),
    )  # fmt: skip
    return {f.offre_id: Rapprochement(besoin, par_cle[f.offre_id], f) for f in lus}


def obstacles_de_l_offre(offre: Offre, at: dt.datetime | None = None) -> list[str]:
    """Why an offer may not be proposed today, to any need. Two queries."""
    personne, dits = offre.personne, de_l_offre(offre, at)
    jour = jour_de(at)
    if personne.absences.filter(debut__lte=jour, fin__gte=jour).exists():
        dits.append(absente())
    en_cours = personne.mises_en_relation.actives().count()
    return [*dits, *trop_sollicitee(en_cours, offre.dispositif.sollicitations)]


def lieux(besoin: Besoin) -> tuple[list[int], int | None, list[int]]:
    """The commune, intercommunalité and départements where offers for this need may be."""
    lieu = besoin.territoire
    if lieu.niveau == Territoire.Niveau.EPCI:
        return [], lieu.pk, [lieu.departement_id] if lieu.departement_id else []
    if lieu.niveau == Territoire.Niveau.DEPARTEMENT:
        return [], None, [lieu.pk]
    return [lieu.pk], lieu.epci_id, [lieu.departement_id] if lieu.departement_id else []


def _avec_les_offres(lus: list[Faits], besoins: dict[int, Besoin]) -> list[Rapprochement]:
    offres = Offre.objects.select_related("personne", "territoire", "dispositif").defer("recherche")
    trouvees = offres.in_bulk({faits.offre_id for faits in lus})
    return [Rapprochement(besoins[f.besoin_id], trouvees[f.offre_id], f) for f in lus]


def _lire(question: str, at: dt.datetime | None, *, besoins: str, **parametres: Any) -> list[Faits]:
    valeurs = {"jour": jour_de(at), "vides": raisons.VIDES, **parametres}
    with connection.cursor() as curseur:
        # Many steps of few rows: compiling them would take longer than the answer.
        sans_compiler = f"SET LOCAL jit = off; {question}"
        curseur.execute(sans_compiler.replace("{besoins}", besoins), valeurs)
        noms = [colonne.name for colonne in curseur.description or []]
        lignes = [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
    champs = {champ.name for champ in dataclasses.fields(Faits)}
    return [Faits(**{n: v for n, v in ligne.items() if n in champs}) for ligne in lignes]


def _paire(
    *,
    paires: str = sql.PERMISES,
    possibles: str = POSSIBLES,
    verifier: str = sql.A_VERIFIER,
    source: str = "offres",
) -> str:
    return sql.PAIRE.format(
        source=source,
        paires=paires,
        possibles=possibles,
        verifier=verifier,
        creneaux=sql.CRENEAUX,
        atteint=sql.ATTEINT,
        proche=sql.PROCHE,
        convient=sql.CONVIENT,
        manque=sql.MANQUE,
        en_semaine=EN_SEMAINE,
    )


def _les_offres(lesquelles: str, nom: str = "offres") -> str:
    return sql.OFFRES.replace("{nom}", nom).replace("{offres}", lesquelles)


def _offres_d_un_besoin() -> str:
    """In two stages, so that thousands of people are not looked up for twenty."""
    rangees = f"ORDER BY {sql.ORDRE_DES_OFFRES} LIMIT {PREMIERES}"
    d_abord = _les_offres(f"{sql.PROPOSABLES} AND o.id = ANY ({abords.PROMETTEUSES})")
    ensuite = _les_offres(f"{sql.PROPOSABLES} AND o.id = ANY ({abords.RATTRAPANTES})", "suite")
    return f"""WITH {sql.BESOINS}, {abords.ABORDS}, {abords.LOT}, {d_abord},
    vues AS MATERIALIZED (SELECT k.* FROM besoins b CROSS JOIN LATERAL ({_paire()}) k {rangees}),
    {abords.DERNIERE}, {ensuite}
    SELECT {sql.COLONNES} FROM besoins b CROSS JOIN LATERAL (
      SELECT * FROM vues UNION ALL ({_paire(source="suite")})) k {rangees}"""  # noqa: S608 - ours


def _offres_de_chaque_besoin() -> str:
    return f"""WITH {sql.BESOINS}, {_les_offres(sql.PROPOSABLES)}
    SELECT {sql.COLONNES}, k.place FROM besoins b CROSS JOIN LATERAL (
      SELECT r.*, row_number() OVER () AS place FROM (
        SELECT * FROM ({_paire()}) p ORDER BY {sql.ORDRE_DES_OFFRES} LIMIT {PREMIERES}) r) k"""  # noqa: S608 - ours


def _besoins_d_une_offre() -> str:
    return f"""WITH {sql.BESOINS}, {_les_offres(f"{sql.PROPOSABLES} AND o.id = %(offre)s")}
    SELECT {sql.COLONNES} FROM besoins b CROSS JOIN LATERAL ({_paire()}) k
    ORDER BY {sql.ORDRE_DES_BESOINS} LIMIT {PREMIERES}"""  # noqa: S608 - ours


def _offres_choisies() -> str:
    paire = _paire(paires="c.nature = b.nature", possibles="true", verifier="true")
    return f"""WITH {sql.BESOINS}, {_les_offres("o.id = ANY (%(offres)s)")}
    SELECT {sql.COLONNES}{sql.ET_DEJA} FROM besoins b CROSS JOIN LATERAL ({paire}) k"""  # noqa: S608 - ours
