"""What may never be, whatever the code does: held by the database.

A half-day copies its person's key and its slot's date itself; it is refused beyond the places of its need, on a
week-end its person refused, and beyond the budget of its dispositif. The person's row is locked while theirs are
counted: two accords given at the same instant are counted one after the other. The history is never changed.
"""

from django.db import migrations

CREER = """
CREATE FUNCTION engagement_demi_journee_tenue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  le_besoin record;
  la_personne record;
  regle record;
  combien integer;
BEGIN
  SELECT c.jour, c.moment, b.places, b.dispositif_id INTO le_besoin
    FROM engagement_creneau c JOIN engagement_besoin b ON b.id = c.besoin_id WHERE c.id = NEW.creneau_id;
  SELECT p.cle INTO la_personne FROM engagement_personne p WHERE p.id = NEW.personne_id FOR NO KEY UPDATE;
  NEW.cle := la_personne.cle;
  NEW.jour := le_besoin.jour;
  NEW.moment := le_besoin.moment;
  IF NEW.etat = 'annulee' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.etat <> 'annulee' AND OLD.creneau_id = NEW.creneau_id
     AND OLD.numero = NEW.numero AND OLD.personne_id = NEW.personne_id THEN
    RETURN NEW;
  END IF;
  IF NEW.numero < 1 OR NEW.numero > le_besoin.places THEN
    RAISE EXCEPTION 'Toutes les places de cette demi-journée sont prises.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'engagement_demi_journee_places';
  END IF;
  IF extract(isodow FROM NEW.jour) >= 6 AND EXISTS (
      SELECT 1 FROM engagement_miseenrelation m JOIN engagement_offre o ON o.id = m.offre_id
      WHERE m.id = NEW.mise_en_relation_id AND 'week_end' = ANY (o.refuse)) THEN
    RAISE EXCEPTION 'Cette personne a dit : pas le week-end.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'engagement_demi_journee_week_end';
  END IF;
  SELECT d.par_semaine, d.par_mois INTO regle FROM engagement_dispositif d WHERE d.id = le_besoin.dispositif_id;
  IF regle.par_semaine IS NOT NULL THEN
    SELECT count(*) INTO combien FROM engagement_demijournee j
      WHERE j.personne_id = NEW.personne_id AND j.etat <> 'annulee' AND j.id IS DISTINCT FROM NEW.id
      AND j.jour >= date_trunc('week', NEW.jour)::date AND j.jour < date_trunc('week', NEW.jour)::date + 7;
    IF combien >= regle.par_semaine THEN
      RAISE EXCEPTION 'Le dispositif ne permet pas plus de % demi-journées par semaine.', regle.par_semaine
        USING ERRCODE = 'check_violation', CONSTRAINT = 'engagement_demi_journee_semaine';
    END IF;
  END IF;
  IF regle.par_mois IS NOT NULL THEN
    SELECT count(*) INTO combien FROM engagement_demijournee j
      WHERE j.personne_id = NEW.personne_id AND j.etat <> 'annulee' AND j.id IS DISTINCT FROM NEW.id
      AND j.jour >= date_trunc('month', NEW.jour)::date
      AND j.jour < (date_trunc('month', NEW.jour) + interval '1 month')::date;
    IF combien >= regle.par_mois THEN
      RAISE EXCEPTION 'Le dispositif ne permet pas plus de % demi-journées par mois.', regle.par_mois
        USING ERRCODE = 'check_violation', CONSTRAINT = 'engagement_demi_journee_mois';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER engagement_demi_journee_tenue BEFORE INSERT OR UPDATE ON engagement_demijournee
  FOR EACH ROW EXECUTE FUNCTION engagement_demi_journee_tenue();

CREATE FUNCTION engagement_historique_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.par_id IS NULL
     AND to_jsonb(NEW) - 'par_id' = to_jsonb(OLD) - 'par_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A line of history is never changed nor deleted.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER engagement_historique_inalterable BEFORE UPDATE OR DELETE ON engagement_ligne
  FOR EACH ROW EXECUTE FUNCTION engagement_historique_inalterable();
"""
SUPPRIMER = """
DROP TRIGGER engagement_historique_inalterable ON engagement_ligne;
DROP FUNCTION engagement_historique_inalterable();
DROP TRIGGER engagement_demi_journee_tenue ON engagement_demijournee;
DROP FUNCTION engagement_demi_journee_tenue();
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0001_initial")]

    operations = [migrations.RunSQL(CREER, SUPPRIMER)]
