"""Hundreds of thousands of invented tests, made by the database itself: some two minutes for 500 000.

Six years of tests, organisations of very different sizes, programmes small and large, and what surrounds a
test: criteria, parties, history, journal de bord, questionnaire, évaluation, voices, lessons.
"""

import dataclasses
import random
from typing import Any

from django.db import connection, models
from django.utils import timezone

from bench import donnees
from comptes.models import Adhesion, Utilisateur
from tests_programme import models as m

ORGANISATIONS = 3000
TESTS_PAR_PROGRAMME = 250
# One large programme: beyond what its panorama shows at once.
GRAND_PROGRAMME = 600
PHRASES = 500

ETAT = """CASE WHEN t.source <> '' THEN 'evalue' WHEN d < 0.08 THEN 'preparation'
 WHEN d < 0.14 THEN 'abandonne' WHEN age < 60 THEN 'en_cours' WHEN d < 0.17 THEN 'a_evaluer'
 WHEN d < 0.18 THEN 'en_cours' ELSE 'evalue' END"""


@dataclasses.dataclass(frozen=True)
class Foule:
    """Who reads: a person of the largest organisation and of two others, and a curateur·rice."""

    membre: Utilisateur
    curateur: Utilisateur


def remplir(nombre: int) -> Foule:
    """Fill an empty database with that many tests."""
    pistes = donnees._pistes(27)
    organisations = donnees.organisations(ORGANISATIONS)
    foule = Foule(
        Utilisateur.objects.create_user("membre@example.org"),
        Utilisateur.objects.create_user("curateur@example.org", role="curateur"),
    )
    for organisation in (organisations[0], organisations[1000], organisations[2000]):
        Adhesion.objects.create(
            utilisateur=foule.membre, organisation=organisation, role="agent", etat="active"
        )
    with connection.cursor() as curseur:
        # Constraints hold by construction; checking each row again would take longer than writing it.
        curseur.execute("SET session_replication_role = replica")
    _phrases()
    _programmes(max(1, nombre // TESTS_PAR_PROGRAMME))
    with connection.schema_editor() as editeur:
        lents = [i for modele in (m.Test, m.Enseignement) for i in _index_de_mots(modele)]
        for modele, index in lents:
            editeur.remove_index(modele, index)
    _tests(nombre, [p.pk for p in pistes], [o.pk for o in organisations])
    _autour()
    with connection.schema_editor() as editeur:
        for modele, index in lents:
            editeur.add_index(modele, index)
    with connection.cursor() as curseur:
        curseur.execute("SET session_replication_role = DEFAULT")
        curseur.execute("VACUUM ANALYZE")
    return foule


def inserer(modele: type[models.Model], depuis: str, **colonnes: str) -> None:
    """``INSERT … SELECT``: the given columns by expression, the others by the model's own default."""
    noms, valeurs, parametres = [], [], []
    for champ in modele._meta.concrete_fields:
        if champ.generated or champ.primary_key:
            continue
        noms.append(connection.ops.quote_name(str(champ.column)))
        if champ.name in colonnes:
            valeurs.append(colonnes.pop(champ.name).replace("%", "%%"))
        else:
            valeurs.append("%s")
            parametres.append(_defaut(champ))
    if colonnes:
        raise ValueError(f"{modele.__name__} has no {', '.join(colonnes)}")
    sql = f"INSERT INTO {modele._meta.db_table} ({', '.join(noms)}) SELECT {', '.join(valeurs)} "
    with connection.cursor() as curseur:
        curseur.execute(sql + depuis.replace("%", "%%"), parametres)


def _defaut(champ: Any) -> Any:
    if getattr(champ, "auto_now", False) or getattr(champ, "auto_now_add", False):
        return timezone.now()
    return champ.get_db_prep_save(champ.get_default(), connection)


def _index_de_mots(modele: type[models.Model]) -> list[tuple[type[models.Model], models.Index]]:
    """What is quicker made once at the end."""
    return [(modele, i) for i in modele._meta.indexes if i.fields == ["recherche"]]


def _phrases() -> None:
    """Texts to draw from: a dozen words, forty words."""
    tirage = random.Random(27)
    lignes = [(n, donnees._phrase(tirage, 12), donnees._phrase(tirage, 40)) for n in range(PHRASES)]
    with connection.cursor() as curseur:
        curseur.execute("SELECT setseed(0.27)")
        curseur.execute("CREATE TEMP TABLE phrase (n int PRIMARY KEY, court text, long text)")
        curseur.executemany("INSERT INTO phrase VALUES (%s, %s, %s)", lignes)


def _programmes(nombre: int) -> None:
    inserer(
        m.Programme,
        f"FROM generate_series(0, {nombre - 1}) g(n)",
        cle="'bench-' || n",
        titre="'Programme ' || n",
        debut="date '2020-01-06' + (n % 2000)",
    )


def _tests(nombre: int, pistes: list[int], organisations: list[int]) -> None:
    """A third in a programme; the organisations' shares go from one in fifty to one in six thousand."""
    premier = m.Programme.objects.order_by("pk").values_list("pk", flat=True)[0]
    combien = m.Programme.objects.count()
    tirage = f"""
    FROM (
      SELECT n, random() AS d, random() AS o, random() AS r, random() AS v,
             2200.0 * (1 - n::float / {nombre}) + random() * 30 AS age,
             CASE WHEN random() < 0.01 THEN 'Un guide' ELSE '' END AS source
      FROM generate_series(1, {nombre}) n OFFSET 0
    ) t JOIN phrase a ON a.n = t.n % {PHRASES} JOIN phrase b ON b.n = (t.n / 7) % {PHRASES}
    CROSS JOIN LATERAL (SELECT {ETAT} AS etat, now() - age * interval '1 day' AS debut) e"""
    commence = "e.etat NOT IN ('preparation', 'abandonne') AND t.source = ''"
    inserer(
        m.Test,
        tirage,
        titre="initcap(left(a.court, 60)) || ' ' || t.n",
        organisation=f"{_tableau(organisations)}[1 + floor({ORGANISATIONS} * o * o)::int]",
        piste=f"{_tableau(pistes)}[1 + (t.n * 7 + floor(r * 3)::int) % {len(pistes)}]",
        programme=f"CASE WHEN t.n > {nombre - GRAND_PROGRAMME} THEN {premier} "
        f"WHEN r < 0.3 THEN {premier} + floor(v * {combien})::int END",
        etat="e.etat",
        source="t.source",
        visibilite="CASE WHEN v < 0.05 THEN 'prive' ELSE 'public' END",
        contexte="b.long",
        hypothese="a.long",
        echec="b.court",
        retour_arriere="a.court",
        signe_provisoire="b.court",
        ecoute_prevue="a.court",
        cree_le="e.debut - interval '20 days'",
        demarre_le=f"CASE WHEN {commence} THEN e.debut END",
        date_peremption="CASE WHEN e.etat <> 'preparation' THEN "
        "(e.debut + (CASE WHEN age < 60 AND d < 0.98 THEN interval '90 days' ELSE interval '45 days' END))::date END",
        termine_le=f"CASE WHEN {commence} AND e.etat IN ('a_evaluer', 'evalue') THEN e.debut + interval '46 days' END",
    )


def _autour() -> None:
    """What surrounds each test."""
    test = m.Test._meta.db_table
    textes = (
        f"JOIN phrase a ON a.n = t.id % {PHRASES} JOIN phrase b ON b.n = (t.id / 3) % {PHRASES}"
    )
    tous = f"FROM {test} t {textes}"
    evalues = f"{tous} WHERE t.etat = 'evalue'"
    lies = {"test": "t.id"}
    inserer(
        m.Critere, f"{tous} CROSS JOIN generate_series(1, 2) g(rang)",
        **lies, rang="g.rang", libelle="left(a.court, 80)",
    )  # fmt: skip
    inserer(
        m.PartiePrenante,
        f"FROM {test} t CROSS JOIN (VALUES ('porteur'), ('manager')) g(role)",
        **lies, role="g.role", fonction="'responsable'", email="g.role || t.id || '@example.org'",
    )  # fmt: skip
    inserer(
        m.EntreeJournal, f"FROM {test} t CROSS JOIN generate_series(1, 4) g(n)",
        **lies, action="'modifier'", vers="t.etat", libelle="'Une étape'", le="t.cree_le + g.n * interval '1 day'",
    )  # fmt: skip
    inserer(
        m.Note, f"{tous} CROSS JOIN generate_series(1, 2) g(n) WHERE t.id % 3 = 0",
        **lies, texte="b.long", portee="CASE WHEN g.n = 1 THEN 'public' ELSE 'equipe' END",
        le="(t.cree_le + g.n * interval '7 days')::date", envoi="gen_random_uuid()",
    )  # fmt: skip
    inserer(
        m.Questionnaire, f"FROM {test} t WHERE t.id % 10 = 0",
        **lies, jeton="'bench' || t.id", ferme_le="current_date + 30",
    )  # fmt: skip
    inserer(
        m.Evaluation, evalues, **lies, verdict="'confirmee'", reponse="a.long", inattendu="b.court",
        suites="(ARRAY['abandonner', 'iterer', 'perenniser'])[1 + t.id % 3]",
        publiee_le="COALESCE(t.termine_le, t.cree_le) + interval '9 days'",
    )  # fmt: skip
    inserer(m.Voix, evalues, **lies, fonction="'usagère'", texte="a.court", consentement="true")
    inserer(
        m.Enseignement, evalues, **lies, piste="t.piste_id", texte="b.court || ' ' || a.court",
        type="(ARRAY['condition', 'obstacle', 'effet_inattendu', 'savoir_faire'])[1 + t.id % 4]",
    )  # fmt: skip


def _tableau(cles: list[int]) -> str:
    return "('{" + ",".join(map(str, cles)) + "}'::bigint[])"
