"""The database itself refuses to change or delete a line of history.

One exception: the author of a line becomes unknown when their account is erased.
"""

from django.db import migrations

CREER = """
CREATE FUNCTION tests_programme_historique_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.par_id IS NULL
     AND to_jsonb(NEW) - 'par_id' = to_jsonb(OLD) - 'par_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A line of history is never changed nor deleted.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tests_programme_historique_inalterable
  BEFORE UPDATE OR DELETE ON tests_programme_entreejournal
  FOR EACH ROW EXECUTE FUNCTION tests_programme_historique_inalterable();
"""
SUPPRIMER = """
DROP TRIGGER tests_programme_historique_inalterable ON tests_programme_entreejournal;
DROP FUNCTION tests_programme_historique_inalterable();
"""


class Migration(migrations.Migration):
    dependencies = [("tests_programme", "0002_recits_livres")]

    operations = [migrations.RunSQL(CREER, SUPPRIMER)]
