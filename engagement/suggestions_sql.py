"""The one question behind suggestions: every offer beside every need, with what fits and what does not as columns.

Three uses share it: the offers of one need (or of all of a dispositif), the needs of one offer, and one need
beside offers somebody chose, whatever excludes them. Columns are turned into words by engagement/raisons.py; the
order is documented in docs/suggestions.md.
"""

# The half-days of a need ``b``; a loan that names none takes both of each day of its period.
DEMI_JOURNEES = """(
      SELECT c.jour, c.moment FROM engagement_creneau c WHERE c.besoin_id = b.id
      UNION ALL
      SELECT b.debut + n, moment FROM generate_series(0, b.fin - b.debut) n
      CROSS JOIN (VALUES (0::smallint), (1::smallint)) m (moment)
      WHERE b.nature <> 'temps'
        AND NOT EXISTS (SELECT 1 FROM engagement_creneau c WHERE c.besoin_id = b.id))"""

# What a need says, read once: where, which half-days are still to come, which words.
BESOINS = f"""
besoins AS MATERIALIZED (
  SELECT b.id, b.nature, b.debut, b.fin, b.demandeur_id, b.demande, b.genre_id, t.id AS territoire_id,
    CASE WHEN t.niveau = 'epci' THEN t.id ELSE t.epci_id END AS epci_id,
    CASE WHEN t.niveau = 'departement' THEN t.id ELSE t.departement_id END AS departement_id,
    coalesce(b.ouvert_le, b.cree_le) AS depuis, s.tous, s.masque, s.premier, s.dernier, s.jours, s.moments,
    m.lexemes, array_to_string(m.lexemes, ' | ')::tsquery AS requete
  FROM engagement_besoin b
  JOIN comptes_territoire t ON t.id = b.territoire_id
  LEFT JOIN engagement_genremission g ON g.id = b.genre_id
  CROSS JOIN LATERAL (
    SELECT count(*) AS tous, array_agg(c.jour) FILTER (WHERE c.jour >= %(jour)s) AS jours,
      array_agg(c.moment) FILTER (WHERE c.jour >= %(jour)s) AS moments,
      min(c.jour) FILTER (WHERE c.jour >= %(jour)s) AS premier,
      max(c.jour) FILTER (WHERE c.jour >= %(jour)s) AS dernier,
      coalesce(bit_or(1 << (2 * (extract(isodow FROM c.jour)::int - 1) + c.moment))
        FILTER (WHERE c.jour >= %(jour)s), 0) AS masque
    FROM {DEMI_JOURNEES} c) s
  CROSS JOIN LATERAL (
    SELECT array_agg(l) AS lexemes FROM unnest(tsvector_to_array(
      b.recherche || to_tsvector('french'::regconfig, sans_accents(coalesce(g.libelle, ''))))) l
    WHERE l ~ '^[a-z0-9]{{3,}}$'
      AND l <> ALL (tsvector_to_array(to_tsvector('french'::regconfig, %(vides)s)))) m
  WHERE {{besoins}}
)"""  # noqa: S608 - ours

# What an offer and its person say, whatever the need. ``absences``, ``prises``: its days are to be looked at.
OFFRES = """
{nom} AS MATERIALIZED (
  SELECT o.id, o.personne_id, o.nature, o.territoire_id, o.epci_id, o.departement_id, o.debut, o.fin,
    o.semaine, o.refuse, p.cle, p.derniere_sollicitation_le, p.cree_le AS arrivee_le,
    d.par_semaine, d.par_mois, d.sollicitations,
    o.rayon,
    o.recherche,
    ARRAY(SELECT g.genremission_id FROM engagement_offre_genres g WHERE g.offre_id = o.id) AS genres,
    CASE WHEN v.a_fait THEN ARRAY(SELECT f.genre_id FROM engagement_miseenrelation m
      JOIN engagement_besoin f ON f.id = m.besoin_id
      WHERE m.personne_id = p.id AND m.etat IN ('en_mission', 'retour', 'close')) END AS faits,
    v.en_cours,
    a.absente AND a.depuis <= %(jour)s AS absente, coalesce(a.absente, false) AS absences,
    CASE WHEN o.nature = 'temps' THEN EXISTS (SELECT 1 FROM engagement_demijournee j
        WHERE j.cle = p.cle AND j.etat <> 'annulee'
        AND j.jour >= date_trunc('month', %(jour)s::date)::date - 6)
      ELSE EXISTS (SELECT 1 FROM engagement_pret r WHERE r.offre_id = o.id
        AND r.etat IN ('prevu', 'sorti')) END AS prises
  FROM engagement_offre o
  JOIN engagement_dispositif d ON d.id = o.dispositif_id
  -- OFFSET 0: a person is found by their key, never by reading everybody.
  CROSS JOIN LATERAL (SELECT * FROM engagement_personne p WHERE p.id = o.personne_id OFFSET 0) p
  CROSS JOIN LATERAL (SELECT
      count(*) FILTER (WHERE m.etat IN ('proposee', 'en_discussion', 'rencontree')) AS en_cours,
      bool_or(m.etat IN ('en_mission', 'retour', 'close')) AS a_fait
    FROM engagement_miseenrelation m WHERE m.personne_id = p.id) v
  LEFT JOIN LATERAL (SELECT true AS absente, min(a.debut) AS depuis FROM engagement_absence a
    WHERE a.personne_id = p.id AND a.fin >= %(jour)s HAVING count(*) > 0) a ON true
  WHERE o.dispositif_id = %(dispositif)s AND {offres}
)"""

# Those one may propose today, to whatever need.
PROPOSABLES = """o.etat = 'active' AND (o.fin IS NULL OR o.fin >= %(jour)s)
    AND p.effacee_le IS NULL AND p.en_pause_depuis IS NULL
    AND (p.consentement <> 'en_ligne' OR p.confirmee_le IS NOT NULL OR p.utilisateur_id IS NOT NULL)
    AND CASE p.statut WHEN 'agent' THEN d.aux_agents WHEN 'habitant' THEN d.aux_habitants
      ELSE d.aux_organisations END
    AND CASE o.nature WHEN 'temps' THEN d.du_temps WHEN 'lieu' THEN d.des_lieux ELSE d.du_materiel END
    AND NOT coalesce(a.depuis <= %(jour)s, false)
    AND v.en_cours < d.sollicitations"""
# How far they go: a département is not its intercommunalité, which may lie over several.
ATTEINT = """coalesce(c.territoire_id = b.territoire_id
    OR (c.rayon = 'epci' AND c.epci_id = b.epci_id)
    OR (c.rayon = 'departement' AND (c.departement_id = b.departement_id
      OR (b.departement_id IS NULL AND c.epci_id = b.epci_id))), false)"""

PROCHE = """CASE WHEN c.territoire_id = b.territoire_id THEN 3 WHEN c.epci_id = b.epci_id THEN 2
            WHEN c.departement_id = b.departement_id THEN 1 ELSE 0 END"""

# The two counts of the order (docs/suggestions.md).
CONVIENT = "(proche >= 2)::int + (commun <> 0)::int + prefere::int + fait::int + parle::int"
MANQUE = """(proche < 2)::int + (tous > 0 AND commun = 0)::int + (commun <> 0 AND commun <> masque)::int
      + autres_genres::int + jamais_fait::int + (en_cours > 0)::int
      + coalesce(reste_semaine <= 2, false)::int + coalesce(reste_mois <= 2, false)::int"""
# Both as one number, the higher the better: never sixteen things that do not fit.
POINTS = f"16 * ({CONVIENT}) - ({MANQUE})"

# Slot by slot: which half-days of the week stay possible, what is left of the budget, and what forbids all.
CRENEAUX = """(SELECT ARRAY[
    coalesce(bit_or(1 << (2 * (extract(isodow FROM s.jour)::int - 1) + s.moment)) FILTER (WHERE v.libre), 0),
    min(c.par_semaine - n.semaine) FILTER (WHERE v.libre AND c.nature = 'temps' AND n.semaine > 0),
    min(c.par_mois - n.mois) FILTER (WHERE v.libre AND c.nature = 'temps' AND n.mois > 0),
    bool_and(v.dehors)::int, bool_and(v.week_end)::int, bool_and(v.absente)::int, bool_and(v.prise)::int,
    bool_and(v.plein)::int]
  FROM unnest(b.jours, b.moments) AS s (jour, moment)
  CROSS JOIN LATERAL (SELECT
      count(*) FILTER (WHERE date_trunc('week', j.jour) = date_trunc('week', s.jour))::int AS semaine,
      count(*) FILTER (WHERE date_trunc('month', j.jour) = date_trunc('month', s.jour))::int AS mois
    FROM engagement_demijournee j WHERE c.prises AND j.personne_id = c.personne_id AND j.etat <> 'annulee'
      AND j.jour BETWEEN s.jour - 31 AND s.jour + 31) n
  CROSS JOIN LATERAL (SELECT w.*, NOT (dehors OR week_end OR absente OR prise OR plein) AS libre FROM (SELECT
      s.jour < c.debut OR coalesce(s.jour > c.fin, false) AS dehors,
      'week_end' = ANY (c.refuse) AND extract(isodow FROM s.jour) >= 6 AS week_end,
      c.absences AND EXISTS (SELECT 1 FROM engagement_absence a WHERE a.personne_id = c.personne_id
        AND s.jour BETWEEN a.debut AND a.fin) AS absente,
      c.prises AND CASE WHEN c.nature = 'temps' THEN EXISTS (SELECT 1 FROM engagement_demijournee j
          WHERE j.cle = c.cle AND j.jour = s.jour AND j.moment = s.moment AND j.etat <> 'annulee')
        ELSE EXISTS (SELECT 1 FROM engagement_pret r WHERE r.offre_id = c.id AND r.etat IN ('prevu', 'sorti')
          AND r.periode && tstzrange(
            (s.jour + interval '12 hours' * s.moment) AT TIME ZONE 'Europe/Paris',
            (s.jour + interval '12 hours' * (s.moment + 1)) AT TIME ZONE 'Europe/Paris')) END AS prise,
      c.nature = 'temps' AND (coalesce(n.semaine >= c.par_semaine, false)
        OR coalesce(n.mois >= c.par_mois, false)) AS plein OFFSET 0) w) v)"""

# What makes the person or the host not to be asked again about this need.
DEJA = """engagement_miseenrelation x WHERE x.besoin_id = b.id AND x.personne_id = {qui}.personne_id
    AND (x.etat IN ('proposee', 'en_discussion', 'rencontree', 'en_mission', 'interrompue')
      OR (x.etat = 'declinee' AND x.declinee_par <> 'cellule'))"""

# One offer beside one need. ``possible`` is NULL when the need names no half-day at all.
PAIRE = """
  SELECT f.*, {convient} AS convient,
    {manque} AS manque
  FROM (
    SELECT e.*, coalesce(possible & semaine, 0) AS commun, detail[2] AS reste_semaine, detail[3] AS reste_mois,
      coalesce(genre_id = ANY (genres), false) AS prefere,
      genre_id IS NOT NULL AND cardinality(genres) > 0 AND NOT genre_id = ANY (genres) AS autres_genres,
      coalesce(genre_id = ANY (faits), false) AS fait,
      genre_id IS NOT NULL AND nature = 'temps' AND NOT coalesce(genre_id = ANY (faits), false) AS jamais_fait,
      coalesce(recherche @@ requete, false) AS parle
    FROM (
      SELECT q.*, CASE WHEN tous = 0 THEN NULL WHEN detail IS NOT NULL THEN detail[1]
        WHEN 'week_end' = ANY (refuse) THEN masque & {en_semaine} ELSE masque END AS possible
      FROM (
        SELECT c.id AS offre_id, c.personne_id, c.nature, c.semaine, c.refuse, c.genres, c.faits, c.en_cours,
          c.recherche, c.derniere_sollicitation_le, c.arrivee_le, c.sollicitations, c.absente,
          {atteint} AS atteint, b.genre_id, b.tous, b.masque, b.requete, b.lexemes, b.demande,
          {proche} AS proche,
          CASE WHEN b.masque <> 0 AND ({verifier})
            THEN {creneaux} END AS detail
        FROM {source} c WHERE {paires} OFFSET 0
      ) q OFFSET 0
    ) e WHERE {possibles}
  ) f"""
A_VERIFIER = "c.absences OR c.prises OR c.debut > b.premier OR c.fin < b.dernier"
MEME_NATURE = "c.nature = b.nature AND c.personne_id <> b.demandeur_id"
PERMISES = f"""{MEME_NATURE} AND NOT c.refuse && b.demande AND (b.tous = 0 OR b.masque <> 0)
    AND {ATTEINT}
    AND NOT EXISTS (SELECT 1 FROM {DEJA.format(qui="c")})"""  # noqa: S608 - ours

ORDRE_DES_OFFRES = (
    "convient DESC, manque, derniere_sollicitation_le NULLS FIRST, arrivee_le, offre_id"
)
ORDRE_DES_BESOINS = "k.convient DESC, k.manque, b.depuis, b.id"
COLONNES = """b.id AS besoin_id, k.offre_id, k.proche, k.masque, k.possible, k.commun, k.prefere, k.autres_genres,
  k.fait, k.jamais_fait, k.parle, k.en_cours, k.reste_semaine, k.reste_mois, k.detail, k.atteint, k.tous,
  k.sollicitations, k.absente, b.demandeur_id = k.personne_id AS demande,
  CASE WHEN k.parle THEN ARRAY(SELECT unnest(tsvector_to_array(k.recherche)) INTERSECT SELECT unnest(b.lexemes))
    END AS lexemes"""
# For an offer somebody chose: what already stands between these two.
ET_DEJA = f", (SELECT x.etat FROM {DEJA.format(qui='k')} ORDER BY x.id DESC LIMIT 1) AS deja"  # noqa: S608 - ours
