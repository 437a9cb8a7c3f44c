"""What the crowd of bench/foule_guichet.py asks for, and what was begun between people: made by the database."""

from django.db import connection

from bench.foule import inserer
from engagement import models as m

PHRASES = 500  # texts to draw from (the table phrase_guichet)


def besoins(dispositif: int, nombre: int) -> None:
    """One to six slots each, in the two months to come; one in ten closed, one in twenty to qualify."""
    table, creneau = m.Besoin._meta.db_table, m.Creneau._meta.db_table
    inserer(
        m.Personne, f"FROM generate_series(0, {nombre - 1}) n",
        dispositif=str(dispositif), statut="'organisation'", nom="'Association ' || n",
        email="'association' || n || '@example.org'", consentement="'en_ligne'", cle="-1 - n",
        confirmee_le="now()",
    )  # fmt: skip
    inserer(
        m.Besoin,
        f"""FROM generate_series(0, {nombre - 1}) t(n) JOIN commune_tiree c ON c.n = (t.n * 7 + 3) % {nombre}
        JOIN phrase_guichet a ON a.n = (t.n * 3) % {PHRASES}
        CROSS JOIN (SELECT min(id) AS premiere FROM {m.Personne._meta.db_table} WHERE cle < 0) p
        CROSS JOIN (SELECT min(id) AS premier FROM {m.GenreMission._meta.db_table}) g ORDER BY t.n""",
        dispositif=str(dispositif),
        demandeur="p.premiere + t.n",
        nature="CASE WHEN t.n % 12 < 10 THEN 'temps' WHEN t.n % 12 = 10 THEN 'lieu' ELSE 'materiel' END",
        etat="CASE WHEN t.n % 20 < 17 THEN 'ouvert' WHEN t.n % 20 < 19 THEN 'clos' ELSE 'a_qualifier' END",
        titre="'Besoin de ' || a.court",
        description="a.long",
        territoire="c.commune",
        genre="CASE WHEN t.n % 6 < 5 THEN g.premier + t.n % 5 END",
        places="1 + t.n % 3",
        demande="(ARRAY['{port_de_charge}', '{public}', '{}', '{}'])[1 + t.n % 4]::varchar[]",
        urgence="(1 + t.n % 3)::text",
        accueil_fonction="'responsable'",
        cree_le="now() - (t.n % 60) * interval '1 day'",
        ouvert_le="CASE WHEN t.n % 20 < 19 THEN now() - (t.n % 60) * interval '1 day' END",
    )
    inserer(
        m.Creneau,
        f"FROM {table} b CROSS JOIN generate_series(0, 5) g(n) WHERE g.n <= b.id % 6",
        besoin="b.id", jour="current_date + 3 + ((b.id * 5 + g.n * 7) % 60)::int", moment="g.n % 2",
    )  # fmt: skip
    with connection.cursor() as curseur:
        curseur.execute(
            f"""UPDATE {table} b SET debut = c.debut, fin = c.fin, semaine = c.semaine FROM (
              SELECT besoin_id, min(jour) AS debut, max(jour) AS fin,
                     bit_or(1 << (2 * (extract(isodow FROM jour)::int - 1) + moment)) AS semaine
              FROM {creneau} GROUP BY besoin_id) c WHERE c.besoin_id = b.id"""
        )


def relations(cellule: list[int]) -> None:
    """Two for three open needs, in every state, of the cellule's five; half-days of those in mission."""
    etats = "(ARRAY['proposee', 'en_discussion', 'rencontree', 'en_mission', 'declinee', 'close'])[1 + g.n]"
    premier = min(cellule)
    mises = m.MiseEnRelation._meta.db_table
    inserer(
        m.MiseEnRelation,
        f"""FROM {m.Besoin._meta.db_table} b CROSS JOIN LATERAL (SELECT (b.id / 3 % 6)::int AS n) g
        JOIN LATERAL (SELECT o.id, o.personne_id FROM {m.Offre._meta.db_table} o
          WHERE o.dispositif_id = b.dispositif_id AND o.etat = 'active' AND o.nature = b.nature
          AND o.departement_id = (SELECT departement_id FROM comptes_territoire t WHERE t.id = b.territoire_id)
          ORDER BY o.id LIMIT 1 OFFSET b.id % 400) o ON true
        WHERE b.etat = 'ouvert' AND b.id % 3 < 2 ORDER BY b.id""",
        dispositif="b.dispositif_id",
        besoin="b.id",
        offre="o.id",
        personne="o.personne_id",
        etat=etats,
        mediateur=f"{premier} + b.id % {len(cellule)}",
        attend="(ARRAY['personne', 'accueil', 'cellule'])[1 + b.id % 3]",
        proposee_le="now() - (b.id % 50) * interval '1 day'",
        attend_depuis="now() - (b.id % 50) * interval '1 day'",
        declinee_par="CASE WHEN g.n = 4 THEN 'personne' ELSE '' END",
        terminee_le="CASE WHEN g.n >= 4 THEN now() END",
    )
    inserer(
        m.DemiJournee,
        f"""FROM {mises} r JOIN {m.Creneau._meta.db_table} c ON c.besoin_id = r.besoin_id
        JOIN {m.Personne._meta.db_table} p ON p.id = r.personne_id
        WHERE r.etat IN ('en_mission', 'close') ON CONFLICT DO NOTHING""",
        mise_en_relation="r.id", creneau="c.id", personne="p.id", cle="p.cle",
        jour="c.jour", moment="c.moment", numero="1",
        etat="CASE WHEN r.etat = 'close' THEN 'faite' ELSE 'prevue' END",
    )  # fmt: skip
