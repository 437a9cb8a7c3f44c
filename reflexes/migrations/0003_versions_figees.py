"""A published version is frozen by the database itself, whatever code or console writes to it."""

from django.db import migrations

# The lock waits for a publication under way, then the second statement sees what it committed.
FIGER = """
CREATE FUNCTION reflexes_refuser_fige() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  publiee text;
BEGIN
  PERFORM 1 FROM reflexes_versioncartographie v WHERE v.id IN (OLD.version_id, NEW.version_id) FOR SHARE;
  SELECT v.titre INTO publiee FROM reflexes_versioncartographie v
    WHERE v.id IN (OLD.version_id, NEW.version_id) AND v.publiee_le IS NOT NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'La version « % » de la cartographie est publiée : elle ne change plus.', publiee
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER reflexes_controverse_figee BEFORE INSERT OR UPDATE OR DELETE ON reflexes_controversefigee
  FOR EACH ROW EXECUTE FUNCTION reflexes_refuser_fige();
CREATE TRIGGER reflexes_terrain_fige BEFORE INSERT OR UPDATE OR DELETE ON reflexes_terrainfige
  FOR EACH ROW EXECUTE FUNCTION reflexes_refuser_fige();

CREATE FUNCTION reflexes_refuser_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'La version « % » de la cartographie est publiée : elle ne change plus.', OLD.titre
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER reflexes_version_figee BEFORE UPDATE OR DELETE ON reflexes_versioncartographie
  FOR EACH ROW WHEN (OLD.publiee_le IS NOT NULL) EXECUTE FUNCTION reflexes_refuser_version();
"""

LIBERER = """
DROP TRIGGER reflexes_version_figee ON reflexes_versioncartographie;
DROP FUNCTION reflexes_refuser_version();
DROP TRIGGER reflexes_terrain_fige ON reflexes_terrainfige;
DROP TRIGGER reflexes_controverse_figee ON reflexes_controversefigee;
DROP FUNCTION reflexes_refuser_fige();
"""


class Migration(migrations.Migration):

    dependencies = [("reflexes", "0002_empreinte_livree")]

    operations = [migrations.RunSQL(FIGER, LIBERER)]
