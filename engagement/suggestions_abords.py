"""Which offers of one need deserve to be looked at wholly: near a large city thousands answer, and twenty are shown.

Two stages of one statement. Each offer gets the points it can have at best, from what is cheap to read; the most
promising are looked at; then those that can still come before the twentieth. The answer is that of looking at all.
"""

from engagement import suggestions_sql as sql

# Where the offers of one need may be, as indexes are asked: the rest is ATTEINT.
PROCHES = """c.nature = %(nature)s AND NOT c.refuse && %(demande)s::varchar[]
    AND (c.territoire_id = ANY (%(communes)s)
      OR (c.epci_id = %(epci)s AND (c.rayon = 'epci' OR (%(tout_epci)s AND c.rayon = 'departement')))
      OR (c.departement_id = ANY (%(departements)s) AND c.rayon = 'departement'))"""

# How many points each offer near one need can have at best: as if it preferred this kind of mission, nothing were under
# way and nobody away. What is looked up later takes points, and never gives any.
ABORDS = f"""
abords AS MATERIALIZED (
  SELECT id, personne_id, cree_le, {sql.POINTS} AS au_mieux FROM (
    SELECT c.id, c.personne_id, c.cree_le, b.tous, b.masque, c.semaine & b.masque AS commun, {sql.PROCHE} AS proche,
      b.genre_id IS NOT NULL AS prefere, false AS autres_genres,
      f.fait, b.genre_id IS NOT NULL AND c.nature = 'temps' AND NOT f.fait AS jamais_fait,
      coalesce(c.recherche @@ b.requete, false) AS parle,
      0 AS en_cours, NULL::int AS reste_semaine, NULL::int AS reste_mois
    FROM besoins b
    JOIN engagement_offre c ON {PROCHES}
    CROSS JOIN LATERAL (SELECT count(*) > 0 AS fait FROM engagement_miseenrelation m
      JOIN engagement_besoin f ON f.id = m.besoin_id WHERE f.genre_id = b.genre_id
      AND m.personne_id = c.personne_id AND m.etat IN ('en_mission', 'retour', 'close')) f
    WHERE c.dispositif_id = %(dispositif)s AND c.etat = 'active' OFFSET 0) a
)"""  # noqa: S608 - ours
# First, the most promising are looked at wholly; among them the oldest, whose people have probably waited longest.
LOT = """
lot AS MATERIALIZED (SELECT id FROM abords ORDER BY au_mieux DESC, cree_le, id LIMIT %(lot)s)"""
PROMETTEUSES = "ARRAY(SELECT id FROM lot)"
# The twentieth of them: whoever cannot come before is not looked at.
DERNIERE = f"""
derniere AS MATERIALIZED (
  SELECT offre_id, {sql.POINTS} AS points, coalesce(derniere_sollicitation_le, '-infinity') AS sollicitee, arrivee_le
  FROM vues ORDER BY {sql.ORDRE_DES_OFFRES} OFFSET %(premieres)s - 1
)"""  # noqa: S608 - ours
# Then the others that could: by their points once their preferences are known or, with as many, by their waiting.
RATTRAPANTES = """ARRAY(
  SELECT a.id FROM abords a LEFT JOIN derniere s ON true CROSS JOIN besoins b
  CROSS JOIN LATERAL (SELECT CASE WHEN b.genre_id IS NULL OR bool_or(g.genremission_id = b.genre_id) THEN a.au_mieux
      ELSE a.au_mieux - 16 - (count(*) > 0)::int END AS points
    FROM engagement_offre_genres g WHERE g.offre_id = a.id) g
  WHERE a.au_mieux >= coalesce(s.points, -100) AND a.id NOT IN (SELECT id FROM lot)
    AND (s.points IS NULL OR g.points > s.points OR (g.points = s.points AND EXISTS (
      SELECT 1 FROM engagement_personne p WHERE p.id = a.personne_id
      AND (coalesce(p.derniere_sollicitation_le, '-infinity'), p.cree_le, a.id)
        < (s.sollicitee, s.arrivee_le, s.offre_id)))))"""
